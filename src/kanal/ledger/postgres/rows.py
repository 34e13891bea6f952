"""Lines and sums in the tables of the ledger in PostgreSQL, many at a time: each of these is one round trip."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from kanal.ledger import Standing, State
from kanal.ledger.chain import Head, Line
from kanal.ledger.events import event_of
from kanal.ledger.folding import Sum, after, standing_of
from kanal.ledger.postgres.wire import Wire
from kanal.model import DeliveryKey

T = TypeVar("T")
AT_ONCE = 2000
"""Rows in one statement; each must be through before the server's time limit."""
_SUMS = """
SELECT channel, draft, part, revision, state, digest, claim, last, receipt, by FROM kanal.delivery
JOIN unnest(%s::text[], %s::text[], %s::integer[], %s::integer[]) AS wanted (channel, draft, part, revision)
USING (channel, draft, part, revision)
"""
_OPEN = """
SELECT state, digest, claim, last, receipt, by FROM kanal.delivery
WHERE state IN ('claimed', 'uncertain') ORDER BY last
"""
_AFTER = """
SELECT number, at, kind, channel, draft, part, revision, digest, by, version, detail, previous, mark FROM kanal.event
WHERE number > %s AND (%s::text IS NULL OR draft = %s) AND (%s::text IS NULL OR channel = %s) ORDER BY number LIMIT %s
"""
_AT = """
SELECT number, at, kind, channel, draft, part, revision, digest, by, version, detail, previous, mark FROM kanal.event
WHERE number = ANY(%s)
"""
_ADD = """
INSERT INTO kanal.event
(number, at, kind, channel, draft, part, revision, digest, by, version, detail, previous, mark)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::integer[], %s::integer[],
%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
"""
_PUT = """
INSERT INTO kanal.delivery (channel, draft, part, revision, state, digest, claim, last, receipt, by)
SELECT * FROM unnest(%s::text[], %s::text[], %s::integer[], %s::integer[], %s::text[], %s::text[], %s::bigint[],
%s::bigint[], %s::bigint[], %s::text[])
ON CONFLICT (channel, draft, part, revision) DO UPDATE SET state = excluded.state, digest = excluded.digest,
claim = excluded.claim, last = excluded.last, receipt = excluded.receipt, by = excluded.by
"""


def sums_of(wire: Wire, keys: Collection[DeliveryKey]) -> dict[DeliveryKey, Sum]:
    """How the deliveries stand, of those that the ledger knows."""
    found: dict[DeliveryKey, Sum] = {}
    for some in _batches(keys):
        rows = wire.ask(_SUMS, _columns([(key.channel, key.draft, key.part, key.revision) for key in some]))
        found |= {DeliveryKey(*row[:4]): Sum(State(row[4]), *row[5:]) for row in rows}
    return found


def sums_open(wire: Wire) -> list[Sum]:
    """How the open deliveries stand, oldest first."""
    return [Sum(State(row[0]), *row[1:]) for row in wire.ask(_OPEN)]


def states(wire: Wire) -> Mapping[DeliveryKey, tuple[State, str]]:
    """State and digest of everything."""
    words = {str(state): state for state in State}
    rows = wire.ask("SELECT channel, draft, part, revision, state, digest FROM kanal.delivery")
    return {DeliveryKey(*row[:4]): (words[row[4]], row[5]) for row in rows}


def lines_after(wire: Wire, number: int, draft: str | None = None, channel: str | None = None) -> list[Line]:
    """The next lines after `number`, at most `AT_ONCE`."""
    return [Line(*row) for row in wire.ask(_AFTER, (number, draft, draft, channel, channel, AT_ONCE))]


def lines_at(wire: Wire, numbers: Collection[int]) -> dict[int, Line]:
    """The lines with these numbers."""
    return {row[0]: Line(*row) for row in wire.ask(_AT, (list(numbers),))}


def add(wire: Wire, lines: Sequence[Line], sums: Mapping[DeliveryKey, Sum]) -> None:
    """Add the lines at the end of the chain, and what follows from them, given the `sums` of their keys until now."""
    for some in _batches(lines):
        wire.ask(_ADD, _columns(some))
    now = dict(sums)
    for line in lines:
        total = after(now.get(line.key), line)
        if total:
            now[line.key] = total
    for changed in _batches([(key, total) for key, total in now.items() if sums.get(key) != total]):
        wire.ask(_PUT, _columns([(k.channel, k.draft, k.part, k.revision, str(s.state), *s[1:]) for k, s in changed]))
    if lines:
        _set_head(wire, lines[-1].head)


def _set_head(wire: Wire, head: Head) -> None:
    wire.ask("UPDATE kanal.ledger SET number = %s, mark = %s", head)


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _batches(items: Collection[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def standings(wire: Wire, sums: Sequence[Sum]) -> list[Standing]:
    """How deliveries stand.

    The events are asked for afterwards, outside of any transaction: those that `sums` name do not change.
    """
    wanted = {number for total in sums for number in (total.claim, total.last, total.receipt) if number}
    lines = lines_at(wire, wanted) if wanted else {}
    return [standing_of(total, lambda number: event_of(lines[number])) for total in sums]


def every_line(wire: Wire) -> Iterator[Line]:
    """The whole record, oldest first."""
    number = 0
    while some := lines_after(wire, number):
        yield from some
        number = some[-1].number
