"""Rule: every video has captions."""

from collections.abc import Iterator
from pathlib import Path

from kanal.errors import KanalError
from kanal.message import Message, msg
from kanal.model import Picture, Problem
from kanal.rules import Sort, Subject, rule
from kanal.text.cues import Cue, cues

_LATE = 1.0
"""Seconds by which the last caption may outlast its video: editors let it stand until the fade-out is over."""


@rule("error", when="video")
def check(subject: Subject) -> Iterator[Problem]:
    """Every video has a file with captions, in the form WebVTT (.vtt) or SubRip (.srt).

    People who cannot hear see only moving lips, and most people watch without sound. A video without speech needs
    captions, too: they say that there is music, or that nothing is said.

    Write `captions: media/film.de.vtt` beside the video. Most video programs export such a file. Each caption ends
    after it began, and none comes after the end of the video: that is how a file looks which belongs to another version
    of the film. The length of the video is known where the optional package PyAV is installed.

    Source: § 12a (8) BGG; Bundesfachstelle Barrierefreiheit (captions are a must); WebVTT (W3C)

    Good:
        id: example
        channels: [mastodon]
        text: Die Linden werden nachgepflanzt.
        media:
          - file: film.mp4
            alt: Zwei Gärtnerinnen setzen eine Linde
            credit: Landkreis Musterland
            licence: CC BY 4.0
            captions: film.de.vtt
    Bad:
        id: example
        channels: [mastodon]
        text: So werden Linden gepflanzt.
        media:
          - {file: film.mp4, alt: Zwei Gärtnerinnen setzen eine Linde, credit: Landkreis Musterland, licence: CC BY 4.0}
    """
    read = {passage.field: passage.text for passage in subject.passages if passage.sort is Sort.CAPTIONS}
    for field, picture in subject.pictures():
        if picture.is_video:
            complaint = _complaint(read.get(f"{field}.captions"), picture.captions, _seconds(subject, picture))
            if complaint:
                yield Problem(f"{field}.captions", complaint)


def _complaint(captions: str | None, file: Path | None, seconds: float | None) -> Message | None:
    if captions is None or file is None:
        return msg("The video has no captions. Name a file with captions (.vtt or .srt) under “captions”.")
    if not captions.strip():
        return msg(
            "The file with the captions is not there, or it is empty. Export it once more from the video program."
        )
    found = list(cues(captions))
    if not found or file.suffix.lower() not in {".vtt", ".srt"}:
        return msg("There are no captions in this file. It must be in the form WebVTT (.vtt) or SubRip (.srt).")
    if file.suffix.lower() == ".vtt" and not captions.startswith("WEBVTT"):
        return msg("The file is called .vtt, but does not begin with “WEBVTT”. Export it once more, or call it .srt.")
    return _mistimed(found, seconds)


def _mistimed(found: list[Cue], seconds: float | None) -> Message | None:
    backwards = next((cue for cue in found if cue.end <= cue.start), None)
    if backwards:
        return msg("The caption in line {line} ends before it begins. Correct its times.", line=backwards.line)
    late = next((cue for cue in found if seconds is not None and cue.end > seconds + _LATE), None)
    if late:
        return msg(
            "The caption in line {line} lasts until second {end}, but the video ends after {seconds} seconds."
            " Do these captions belong to another version of it?",
            line=late.line,
            end=f"{late.end:.1f}",
            seconds=f"{seconds:.1f}",
        )
    return None


def _seconds(subject: Subject, video: Picture) -> float | None:
    """How long the video is, where that can be known."""
    try:
        facts = subject.gallery.video(video.file)
    except KanalError:
        return None  # references/media-file says what is wrong with it
    return facts.seconds if facts else None
