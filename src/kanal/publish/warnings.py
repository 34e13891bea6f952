"""While a warning holds, ordinary posts wait: which warning that is, and for whom it does not count.

It looks at the folder alone: whether the warning is out already does not matter, since it should be.
"""

from collections.abc import Iterable
from datetime import datetime

from kanal.folder import Entry
from kanal.message import msg
from kanal.model import Draft, DraftType, Outcome
from kanal.publish.wait import Wait, Why

NEVER_WAIT = frozenset({DraftType.CRISIS, DraftType.CORRECTION, DraftType.REPLY})


def active_warning(entries: Iterable[Entry], now: datetime) -> Entry | None:
    """The warning that holds at `now` (in the office's zone): from `publish_at` or `starts_at` until `ends_at`."""
    moment = now.replace(tzinfo=None).isoformat()
    for entry in entries:
        begins = min((at for at in (entry.publish_at, entry.starts_at) if at), default=None)
        if entry.type is DraftType.CRISIS and begins and entry.ends_at and begins <= moment < entry.ends_at:
            return entry
    return None


def held_by(warning: Entry | None, draft: Draft, since: datetime | None = None) -> Wait | None:
    """Why the draft waits, if it does; `since` is when it could have gone out otherwise."""
    if warning is None or draft.type in NEVER_WAIT:
        return None
    ends_at = (warning.ends_at or "").replace("T", " ")
    reason = msg("The warning “{draft}” holds until {time}; ordinary posts wait.", draft=warning.id, time=ends_at[:16])
    return Wait(Outcome.HELD, reason, Why.WARNING, since)
