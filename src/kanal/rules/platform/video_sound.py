"""Rule: a video has sound."""

from collections.abc import Iterator

from kanal.errors import KanalError
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="video")
def check(subject: Subject) -> Iterator[Problem]:
    """A video has a sound track, unless somebody says that it is meant to be silent.

    A track that was forgotten at the export is noticed by nobody who watches the film at the desk without sound. Where
    silence is meant, say so with a waiver; the captions then tell that there is nothing to hear.

    Looked at where the optional package PyAV is installed.

    Source: X API, “Media best practices” (AAC sound); kanal's own advice.

    Good:
        id: example
        channels: [mastodon]
        text: So werden Linden gepflanzt.
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
          - file: silent.mp4
            alt: Zwei Gärtnerinnen setzen eine Linde
            credit: Landkreis Musterland
            licence: CC BY 4.0
            captions: film.de.vtt
    """
    for field, video in subject.pictures():
        if not video.is_video:
            continue
        try:
            facts = subject.gallery.video(video.file)
        except KanalError:
            continue  # references/media-file says what is wrong with it
        if facts and not facts.sound:
            yield Problem(
                f"{field}.file",
                msg(
                    "The video has no sound. Export it once more with its sound, or say with a waiver that it is meant"
                    " to be silent."
                ),
            )
