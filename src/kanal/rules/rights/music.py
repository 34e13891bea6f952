"""Rule: music in a video has a licence."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="media")
def check(subject: Subject) -> Iterator[Problem]:
    """Music in a video says under which licence it is heard.

    A piece of music belongs to several people at once: who wrote it, who plays it, who recorded it. The libraries that
    networks offer to their users are mostly for private accounts. Write under `music`, `licence`, what allows it, such
    as `GEMA, Vertrag 2026/7` or `CC0`; or leave the music out.

    Source: kanal's own advice, from §§ 2, 15, 73 and 85 UrhG.

    Good:
        id: example
        channels: [mastodon]
        text: So arbeitet der Winterdienst.
        media:
          - file: good.jpg
            alt: Ein Räumfahrzeug auf einer verschneiten Straße
            credit: Landkreis Musterland
            licence: eigenes Video
            music: {title: Morgenlied, licence: CC0}
    Bad:
        id: example
        channels: [mastodon]
        text: So arbeitet der Winterdienst.
        media:
          - file: good.jpg
            alt: Ein Räumfahrzeug auf einer verschneiten Straße
            credit: Landkreis Musterland
            licence: eigenes Video
            music: {title: Morgenlied}
    """
    for field, picture in subject.pictures():
        if picture.music is not None and not picture.music.licence:
            yield Problem(
                f"{field}.music.licence",
                msg(
                    "It does not say why this music may be used. Write under music, licence, what allows it, or leave"
                    " the music out."
                ),
            )
