"""Rule: coordinates name public places only."""

from collections.abc import Iterator

from kanal.detect.coordinates import coordinates
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import found, remedy


@rule("error", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """Coordinates stand in a draft only if it says that the place is a public one.

    A telephone adds coordinates by itself, and they lead to a front door. Those of a meeting point or a car park are
    useful: write `public_place: true` into the draft, and this rule is silent.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: "Treffpunkt ist der Parkplatz am Mustersee: 52.51627, 13.37770"
        public_place: true
    Bad:
        id: example
        channels: [mastodon]
        text: "Der Hund wurde hier gefunden: 52.51627, 13.37770"
    """
    if subject.draft.public_place:
        return
    for passage, span in found(subject, coordinates, digits=3):
        yield Problem(
            passage.field,
            msg(
                "These are coordinates of a place. {remedy} If it is a public one, write “public_place: true” into the"
                " draft.",
                remedy=remedy(passage),
            ),
            span=span,
        )
