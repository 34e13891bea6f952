"""Rule: somebody has read automatic captions."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("warning", when="video")
def check(subject: Subject) -> Iterator[Problem]:
    """Captions that a machine wrote are read and corrected by a person before they go out.

    Programs mishear names, places and dialect, and that is what an office talks about.

    Correct the captions, then take the line `captions_checked: false` out.

    Source: guidelines on accessible posts of HTW Berlin (automatic captions must be checked); § 12a (8) BGG

    Good:
        id: example
        channels: [mastodon]
        text: So werden Linden gepflanzt.
        media:
          - file: film.mp4
            alt: Zwei Gärtnerinnen setzen eine Linde
            credit: Landkreis Musterland
            licence: CC BY 4.0
            captions: film.vtt
    Bad:
        id: example
        channels: [mastodon]
        text: So werden Linden gepflanzt.
        media:
          - file: film.mp4
            alt: Zwei Gärtnerinnen setzen eine Linde
            credit: Landkreis Musterland
            licence: CC BY 4.0
            captions: film.vtt
            captions_checked: false
    """
    for field, picture in subject.pictures():
        if picture.captions and not picture.captions_checked:
            yield Problem(
                f"{field}.captions_checked",
                msg("Nobody has read these captions yet. Correct them, then take this line out."),
            )
