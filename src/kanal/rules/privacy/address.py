"""Rule: only addresses of public buildings go out."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.rules.personal_data import private_addresses, private_people, remedy


@rule("warning", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """Every street with a house number that goes out is a building in the office's register.

    A house number may be somebody's home: of a neighbour who complained, of a family after a fire. Enter the office's
    buildings and public places in config/policy.yaml under `registers`, `buildings`, and this rule is silent for them.
    For a home, say the street or the district instead; that is nearly always enough.

    Together with a private person's name, `privacy/address-of-a-person` speaks instead.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        text: "Der Tag der offenen Tür ist im Kreishaus, Am Kreishaus 3, 12345 Musterstadt."
    Bad:
        id: example
        channels: [mastodon]
        text: In der Gartenstraße 12 hat es gestern gebrannt.
    """
    for passage in subject.passages:
        addresses = private_addresses(subject, passage)
        if not addresses or private_people(subject, passage):
            continue
        for hit in addresses:
            yield Problem(
                passage.field,
                msg(
                    "This address is not in the register of buildings. {remedy} If it is a public place, enter it"
                    " under “buildings” in config/policy.yaml.",
                    remedy=remedy(passage),
                ),
                span=Span(hit.start, hit.end),
            )
