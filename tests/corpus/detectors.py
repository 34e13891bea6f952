"""The detectors that are measured, by group; the one place that knows their names."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from kanal.detect import (
    Hit,
    addresses,
    birth_dates,
    case_numbers,
    contacts,
    coordinates,
    identifiers,
    links,
    people,
    plates,
)
from kanal.detect.tracking import tracking
from kanal.rules.personal_data import with_escapes
from tests.corpus.measure import Detector, Extent


def _bad_links(text: str) -> Iterator[Extent]:
    """A link that is both a redirector and full of tracking is one hit: people have one link to mend."""
    for link in links.links_in(text):
        url = text[link.start : link.end]
        if tracking(url) or links.redirector(url):
            yield link


def _as_rules_do(*detectors: Callable[[str], Iterable[Hit]]) -> tuple[Detector, ...]:
    """What rules look at: the text, and what its links and file names say in escapes."""
    return tuple(partial(with_escapes, detect) for detect in detectors)


DETECTORS: dict[str, tuple[Detector, ...]] = {
    "identifiers": _as_rules_do(
        identifiers.ibans,
        identifiers.tax_ids,
        identifiers.pension_numbers,
        identifiers.health_insurance_numbers,
        identifiers.id_cards,
    ),
    "contacts": _as_rules_do(contacts.emails, contacts.phones),
    "links": (_bad_links,),
    "names-and-addresses": _as_rules_do(people.people, addresses.addresses),
    "others": _as_rules_do(plates.plates, case_numbers.case_numbers, birth_dates.birth_dates, coordinates.coordinates),
}
