"""What the events of a delivery add up to: the one place that says so, for every store.

A store may keep the sum beside the events (SQLite, PostgreSQL) or make it anew from them (git); both end here.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kanal.ledger import WENT_OUT, Event, EventKind, Standing, State
from kanal.ledger.chain import Line

STATE_AFTER = {
    EventKind.CLAIMED: State.CLAIMED,
    EventKind.TAKEN_OVER: State.CLAIMED,
    EventKind.PUBLISHED: State.PUBLISHED,
    EventKind.VOUCHED: State.PUBLISHED,
    EventKind.LOCATED: State.PUBLISHED,
    EventKind.REJECTED: State.REJECTED,
    EventKind.RELEASED: State.RELEASED,
    EventKind.UNCERTAIN: State.UNCERTAIN,
    EventKind.RETRACTING: State.RETRACTING,
    EventKind.RETRACTED: State.RETRACTED,
    EventKind.KEPT: State.PUBLISHED,
    EventKind.CORRECTING: State.CORRECTING,
    EventKind.CORRECTED: State.PUBLISHED,
    EventKind.HANDED_OVER: State.HANDED_OVER,
    EventKind.CANCELLING: State.CANCELLING,
    EventKind.CANCELLED: State.RELEASED,
    EventKind.REPOSTING: State.REPOSTING,
    EventKind.REPLACED: State.REPLACED,
}
TAKEN_DOWN = frozenset({EventKind.RETRACTING, EventKind.RETRACTED})
"""What can still happen to something that gave way to the next revision: then that is not wanted any more."""
AFTERWARDS = TAKEN_DOWN | {
    EventKind.KEPT,
    EventKind.CORRECTING,
    EventKind.CORRECTED,
    EventKind.REPOSTING,
    EventKind.REPLACED,
}
"""What can happen to something that is out."""
FENCED = frozenset({EventKind.REJECTED, EventKind.RELEASED, EventKind.UNCERTAIN})
"""Only who holds the claim may say these: a runner taken for dead must not release what another is sending."""
_WITH_RECEIPT = frozenset({EventKind.PUBLISHED, EventKind.LOCATED, EventKind.CORRECTED, EventKind.HANDED_OVER})
_SENT_ANEW = frozenset({EventKind.CLAIMED, EventKind.RELEASED, EventKind.REJECTED, EventKind.CANCELLED})
"""After these, what a network once answered says nothing about the delivery any more."""


class Sum(NamedTuple):
    """What the events of one delivery add up to.

    `claim`, `last` and `receipt` are numbers of events: the last claim (or the intent of the last correction that came
    about), the newest that changed something, and the newest with a receipt. `by` wrote the event `last`, and so holds
    the delivery while it is claimed.
    """

    state: State
    digest: str
    claim: int | None
    last: int
    receipt: int | None
    by: str


def after(before: Sum | None, line: Line) -> Sum | None:
    """The sum after one more event.

    What somebody says who does not hold the claim any more changes nothing. What went out stays so: only that it is
    taken down or corrected changes its state, and once it is gone, nothing does. A new content counts from the moment
    that it is known to be there. That it is answered changes nothing about it.
    """
    kind = EventKind(line.kind)
    if kind is EventKind.ANSWERING or (kind in FENCED and (before is None or before.by != line.by)):
        return before
    state = _state_after(before, kind)
    return Sum(
        state=state,
        digest=before.digest if before and kind is EventKind.CORRECTING else line.digest,
        claim=_claim(before, kind, line.number),
        last=line.number,
        receipt=_receipt(before, kind, state, line.number),
        by=line.by,
    )


def _receipt(before: Sum | None, kind: EventKind, state: State, number: int) -> int | None:
    if kind is EventKind.HANDED_OVER and state is not State.HANDED_OVER:
        return before and before.receipt  # a late word: it is out meanwhile, and has an address there
    if kind in _WITH_RECEIPT:
        return number
    if kind in _SENT_ANEW and state not in WENT_OUT:
        return None
    return before and before.receipt


def _claim(before: Sum | None, kind: EventKind, number: int) -> int | None:
    if kind is EventKind.CLAIMED:
        return number
    if before and kind is EventKind.CORRECTED and before.state is State.CORRECTING:
        return before.last
    return before and before.claim


def _state_after(before: Sum | None, kind: EventKind) -> State:
    if before is None or before.state not in WENT_OUT:
        taken_back = before and before.state is State.CANCELLING and kind is EventKind.KEPT
        return State.HANDED_OVER if taken_back else STATE_AFTER[kind]
    changing = _CHANGING.get(before.state, AFTERWARDS)
    return STATE_AFTER[kind] if kind in changing else before.state


_CHANGING: Mapping[State, frozenset[EventKind]] = {State.RETRACTED: frozenset(), State.REPLACED: TAKEN_DOWN}
"""What still changes the state of something that is gone."""


def claimable(before: Sum | None, digest: str) -> bool:
    """Whether a delivery may be claimed with `digest`."""
    if before is None or before.state is State.RELEASED:
        return True
    return before.state is State.REJECTED and before.digest != digest


def standing_of(total: Sum, event: Callable[[int], Event]) -> Standing:
    """How the delivery stands; `event` gets an event by its number."""
    end = event(total.last)
    begin = event(total.claim) if total.claim else end
    return Standing(
        key=end.key,
        state=total.state,
        digest=total.digest,
        since=begin.at,
        at=end.at,
        by=end.by,
        last=total.last,
        reason=end.reason,
        receipt=event(total.receipt).receipt if total.receipt else None,
        prepared=begin.prepared,
        retry_at=end.retry_at,
        media=begin.media,
        goes_out_at=begin.goes_out_at,
    )
