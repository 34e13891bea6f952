"""Rule: people are named only if they hold an office or agreed."""

from bisect import bisect_left
from collections.abc import Iterator

from kanal.detect import Hit
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.rules.personal_data import private_addresses, private_people, remedy


@rule("warning", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """Whoever is named holds a public office, is staff that agreed, or gave a consent that the draft refers to.

    A name in a post of an authority is found by every search engine for years. A program cannot know who is who, so
    this is a warning. The registers stand in config/policy.yaml: `office_holders`, and `staff` with a note on where
    each consent is kept. For others, write under `consent` in the draft where the consent is kept; under `people`,
    `consent` of a picture, it counts for the words about that picture.

    Whoever made a picture has a right to be named and is left alone, as are the dead of history and, in a reply, the
    person who is greeted. Candidates of a registered election are left to the rules about elections, a congratulation
    to `privacy/anniversary`, a name together with an address to `privacy/address-of-a-person`.

    Source: Art. 6 GDPR (every publication needs a legal basis).

    Good:
        id: example
        channels: [mastodon]
        text: Landrätin Erika Mustermann eröffnet die Ausstellung, Lena Beispielhaft führt durch die Räume.
    Good:
        id: example
        channels: [mastodon]
        text: Der Vorlesewettbewerb ist entschieden. Gewonnen hat Karla Petersen.
        consent: Schulamt, Mappe 7
    Bad:
        id: example
        channels: [mastodon]
        text: Der Vorlesewettbewerb ist entschieden. Gewonnen hat Karla Petersen.
    """
    for passage in subject.passages:
        people = private_people(subject, passage)
        if not people or private_addresses(subject, passage):
            continue
        for hit in _not_congratulated(passage.text, people):
            yield Problem(
                passage.field,
                msg(
                    "This looks like the name of somebody who is in no register. {remedy} If the person agreed, write"
                    " under “consent” where that is kept.",
                    remedy=remedy(passage),
                ),
                span=Span(hit.start, hit.end),
            )


def _not_congratulated(text: str, people: tuple[Hit, ...]) -> Iterator[Hit]:
    from kanal.detect.birth_dates import congratulations

    celebrated = congratulations(text)
    for hit in people:
        before = bisect_left(celebrated, hit.end, key=lambda other: other.start)
        if not before or celebrated[before - 1].end <= hit.start:
            yield hit
