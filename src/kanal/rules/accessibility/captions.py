"""Rule: every video has captions."""

from collections.abc import Iterator

from kanal.message import Message, msg
from kanal.model import Problem
from kanal.rules import Sort, Subject, rule
from kanal.text.pattern import Pattern

# WebVTT, section 4.1 (hours may be missing, a full stop before the milliseconds); SubRip has a comma.
_CUE = Pattern(
    r"(?m)^\s*(?:[0-9]{1,4}:)?[0-9]{2}:[0-9]{2}[.,][0-9]{3}[ \t]+-->[ \t]+(?:[0-9]{1,4}:)?[0-9]{2}:[0-9]{2}[.,][0-9]{3}"
    r"[^\n]*+\n[ \t]*+\S",
)


@rule("error", when="video")
def check(subject: Subject) -> Iterator[Problem]:
    """Every video has a file with captions, in the form WebVTT (.vtt) or SubRip (.srt).

    People who cannot hear see only moving lips, and most people watch without sound. A video without speech needs
    captions, too: they say that there is music, or that nothing is said.

    Write `captions: media/film.vtt` beside the video. Most video programs export such a file.

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
            complaint = _complaint(read.get(f"{field}.captions"))
            if complaint:
                yield Problem(f"{field}.captions", complaint)


def _complaint(captions: str | None) -> Message | None:
    if captions is None:
        return msg("The video has no captions. Name a file with captions (.vtt or .srt) under “captions”.")
    if not captions.strip():
        return msg(
            "The file with the captions is not there, or it is empty. Export it once more from the video program."
        )
    if _CUE.search(captions.replace("\r\n", "\n").replace("\r", "\n")) is None:
        return msg("There are no captions in this file. It must be in the form WebVTT (.vtt) or SubRip (.srt).")
    return None
