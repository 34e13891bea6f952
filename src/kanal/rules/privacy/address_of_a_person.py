"""Rule: nobody's name stands together with an address."""

from bisect import bisect_right
from collections.abc import Iterator

from kanal.detect import Hit
from kanal.message import msg
from kanal.model import Problem, Span
from kanal.rules import Subject, rule
from kanal.rules.personal_data import private_addresses, private_people

_FARTHEST_NAME = 80


@rule("error", personal=True)
def check(subject: Subject) -> Iterator[Problem]:
    """No text names a private person and a private address.

    Together they tell strangers where somebody lives. Take one of the two out. If the address is a public place, enter
    it in config/policy.yaml under `registers`, `buildings`; if the person agreed to be named, write under `consent` in
    the draft where that is kept: then only `privacy/address` warns.

    Here, `privacy/person-name` and `privacy/address` are silent, so that everything is said once. Whoever finds an
    error too hard sets this rule to `warning`; switched off, nobody speaks about such texts.

    Source: Art. 5(1)(c) and Art. 6 GDPR; kanal's own advice on what to do.

    Good:
        id: example
        channels: [mastodon]
        text: Landrätin Erika Mustermann empfängt Sie im Kreishaus, Am Kreishaus 3.
    Bad:
        id: example
        channels: [mastodon]
        text: Die Beschwerde kam von Hannelore Wiesinger, Gartenstraße 12.
    """
    for passage in subject.passages:
        addresses = private_addresses(subject, passage)
        people = private_people(subject, passage) if addresses else ()
        for hit in addresses if people else ():
            yield Problem(
                passage.field,
                msg(
                    "The name of a private person and an address stand in the same text. Take one of them out. If the"
                    " address is a public place, enter it under “buildings” in config/policy.yaml; if the person"
                    " agreed, write under “consent” where that is kept."
                ),
                span=_with_name_beside(passage.text, hit, people),
            )


def _with_name_beside(text: str, address: Hit, people: tuple[Hit, ...]) -> Span:
    """The address, together with the nearest name before it on the same line."""
    names = bisect_right(people, address.start, key=lambda hit: hit.end)
    before = people[names - 1].start if names else address.start
    far = address.start - before > _FARTHEST_NAME or "\n" in text[before : address.start]
    return Span(address.start if far else before, address.end)
