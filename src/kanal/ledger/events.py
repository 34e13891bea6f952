"""From a stored line to the event that it means. Nothing in here touches a store."""

from kanal.ledger import Event, EventKind
from kanal.ledger.chain import Line
from kanal.ledger.record import load
from kanal.message_json import moment


def event_of(line: Line) -> Event:
    """The event behind a line."""
    more = load(line.detail)
    return Event(
        number=line.number,
        at=moment(line.at),
        kind=EventKind(line.kind),
        key=line.key,
        digest=line.digest,
        by=line.by,
        version=line.version,
        previous=line.previous,
        mark=line.mark,
        reason=more.reason,
        receipt=more.receipt,
        prepared=more.prepared,
        retry_at=more.retry_at,
        warrant=more.warrant,
        media=more.media,
        goes_out_at=more.goes_out_at,
        reply=more.reply,
    )
