"""Rule: no number plate goes out together with a picture."""

from collections.abc import Iterator

from kanal.detect.plates import plates
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", when="media", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No number plate of a vehicle stands in the words of a draft that also shows a picture.

    A plate leads to the owner, and the picture adds where the vehicle stood and what it did: that is a pillory. Take
    the plate out of the words, and make it unreadable in the picture. For a vehicle of the office's own, write a
    waiver.

    Without a picture, `privacy/plate` warns. Whoever finds an error too hard sets this rule to `warning`; switched off,
    nobody speaks about plates in drafts with pictures.

    Source: kanal's own advice (a plate relates to the owner of the vehicle).

    Good:
        id: example
        channels: [mastodon]
        text: Bitte halten Sie die Feuerwehrzufahrt frei.
        media:
          - {file: good.jpg, alt: Ein Auto versperrt eine Zufahrt, credit: Kim Muster, licence: CC0}
    Bad:
        id: example
        channels: [mastodon]
        text: Der Wagen mit dem Kennzeichen HH-AB 1234 versperrt die Feuerwehrzufahrt.
        media:
          - {file: good.jpg, alt: Ein Auto versperrt eine Zufahrt, credit: Kim Muster, licence: CC0}
    """
    if not any(subject.pictures()):
        return
    for passage, span in found(subject, plates, digits=1):
        yield Problem(
            passage.field,
            msg(
                "This looks like the number plate of a vehicle. {remedy} See that no picture shows it either.",
                remedy=remedy(passage),
            ),
            span=span,
        )
