"""Rows of the SQLite ledger as values, and back. Nothing in here touches a database."""

from kanal.ledger import Event, EventKind, State
from kanal.ledger.record import load
from kanal.message_json import moment
from kanal.model import DeliveryKey

STATE_AFTER = {
    EventKind.CLAIMED: State.CLAIMED,
    EventKind.TAKEN_OVER: State.CLAIMED,
    EventKind.PUBLISHED: State.PUBLISHED,
    EventKind.VOUCHED: State.PUBLISHED,
    EventKind.LOCATED: State.PUBLISHED,
    EventKind.REJECTED: State.REJECTED,
    EventKind.RELEASED: State.RELEASED,
    EventKind.UNCERTAIN: State.UNCERTAIN,
}


def claimable(row: tuple[str, str, int] | None, digest: str) -> bool:
    """Whether a delivery whose state, digest and last event are in `row` may be claimed with `digest`."""
    if row is None or row[0] == State.RELEASED:
        return True
    return row[0] == State.REJECTED and row[1] != digest


def columns(key: DeliveryKey) -> tuple[str, str, int, int]:
    """The key as it stands in the tables."""
    return key.channel, key.draft, key.part, key.revision


def event_of(row: tuple[int, str, str, str, str, int, int, str, str, str, str]) -> Event:
    """A row of the table `event`."""
    number, at, kind, channel, draft, part, revision, digest, by, version, detail = row
    more = load(detail)
    return Event(
        number=number,
        at=moment(at),
        kind=EventKind(kind),
        key=DeliveryKey(channel, draft, part, revision),
        digest=digest,
        by=by,
        version=version,
        reason=more.reason,
        receipt=more.receipt,
        prepared=more.prepared,
        retry_at=more.retry_at,
        warrant=more.warrant,
    )
