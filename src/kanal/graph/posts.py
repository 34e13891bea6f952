"""Posts that the Graph API lists, compared with what a delivery said, and turned into receipts.

This module must not know HTTP, nor any single network: which fields a network lists comes as `Fields`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from kanal.graph.answers import Answer
from kanal.model import Part, Receipt

PAGE_SIZE = 100
"""The most entries that Graph lists at once (docs/networks.md#facebook-calls)."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What a network calls a post's text, time and public address."""

    text: str
    time: str
    address: str


def since_parameter(since: datetime) -> str:
    """The Unix time from which to list."""
    from kanal.alike import CLOCKS_DIFFER

    return str(int((since - CLOCKS_DIFFER).timestamp()))


def said_since(entries: Iterable[Answer], fields: Fields, part: Part, since: datetime) -> list[Answer]:
    """The entries with the text of `part`, its links included, made since `since` (aware); oldest first."""
    from kanal.alike import CLOCKS_DIFFER

    found = [
        (made, entry)
        for entry in entries
        if (made := moment_of(entry.get(fields.time))) is not None
        and made >= since - CLOCKS_DIFFER
        and says(str(entry.get(fields.text) or ""), part)
    ]
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def says(text: str, part: Part) -> bool:
    """Whether a listed text is that of `part`, its links included."""
    from kanal.alike import links_differ
    from kanal.text import comparable, find_links

    return comparable(text) == comparable(part.text) and not links_differ(part, [link.url for link in find_links(text)])


def receipt_of(entry: Answer, fields: Fields) -> Receipt:
    """The receipt for a listed post."""
    return Receipt(str(entry["id"]), address_of(entry, fields), moment_of(entry.get(fields.time)) or datetime.now(UTC))


def address_of(entry: Answer, fields: Fields) -> str | None:
    """The public address, if the network names it."""
    address = entry.get(fields.address)
    return address if isinstance(address, str) and address else None


def pages_for(posts: int) -> int:
    """How many lists it may take to see this many new posts and a hundred that others made meanwhile."""
    return posts // PAGE_SIZE + 2


def addresses_of(entries: Iterable[Answer], fields: Fields, ids: Sequence[str]) -> Mapping[str, str]:
    """Public address by id, as far as they are among the newest posts.

    Takes no entry more than it needs, as every hundred of `entries` cost a request.
    """
    missing, found = set(ids), dict[str, str]()
    for entry in islice(entries, len(missing) + PAGE_SIZE if missing else 0):
        number, address = str(entry.get("id")), address_of(entry, fields)
        if number in missing and address:
            missing.discard(number)
            found[number] = address
            if not missing:
                break
    return found


def moment_of(value: object) -> datetime | None:
    """A time as Graph writes it, `2026-11-22T17:05:00+0000`, in UTC; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
