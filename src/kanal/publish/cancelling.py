"""What was handed over, taken back from its network: the intent, the request, a look whether it is gone, the ledger.

Around its time nobody can be sure: what does not wait any more may be on its way. Then it is not called cancelled
before it would be among the account's posts. It must not publish anything, nor take down what is out.
"""

from dataclasses import dataclass
from datetime import timedelta

from kanal.abilities.scheduling import CanSchedule
from kanal.abilities.sending import CanFind
from kanal.adapter import Adapter
from kanal.alike import CLOCKS_DIFFER
from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.ledger import Ledger, Standing, State
from kanal.message import Message, msg
from kanal.model import Outcome, Prepared, Receipt
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.not_sent import later
from kanal.publish.planning import Step
from kanal.publish.reasons import with_words
from kanal.publish.waiting import Waiting
from kanal.publish.word import Word

CLOSE = timedelta(minutes=1)
"""Until when before its time a clear yes is believed at once."""
LOOK_AGAIN = (timedelta(seconds=1), timedelta(seconds=3))
"""After the request: networks may show for a moment what they have cancelled."""
TRIES = 2
"""Of a request without a clear answer, where it still waits."""
_ONLY_THERE = msg(
    "kanal cannot take this back from the network. Cancel it there, then: the same command with --by-hand"
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What is to be cancelled: `begun` is the number of the event that says so."""

    step: Step
    adapter: CanSchedule
    settles_after: timedelta
    receipt: Receipt
    prepared: Prepared
    begun: int


class Cancelling:
    """Takes back what lies with the network of one channel, on somebody's `word`. Used by one thread."""

    def __init__(self, adapter: Adapter, ledger: Ledger, conditions: Conditions, word: Word, waiting: Waiting) -> None:
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._word = word
        self._waiting = waiting

    def cancel(self, step: Step, standing: Standing) -> Result:
        """`CANCELLED`, or `PUBLISHED` if it came out meanwhile; else why it still lies there, or that nobody knows."""
        adapter, receipt, prepared = self._adapter, standing.receipt, standing.prepared
        if not isinstance(adapter, CanSchedule) or not isinstance(adapter, CanFind) or not receipt or not prepared:
            return Result(step, Outcome.HELD, _ONLY_THERE)
        begun = self._ledger.begin_cancelling(step.key, self._word.cancelling, self._word.name)
        self._on.watch(Moment.CLAIMED, step.key, None)
        what = _Waiting(step, adapter, adapter.settles_after, receipt, prepared, begun)
        return self._take_back(what, in_doubt=standing.state is State.CANCELLING)

    def _take_back(self, what: _Waiting, *, in_doubt: bool) -> Result:
        doubt: Message | None = msg("An earlier attempt was broken off.") if in_doubt else None
        pauses: tuple[timedelta, ...] = LOOK_AGAIN
        seen = False
        for _ in range(TRIES):
            try:
                # Not blindly: of what came out meanwhile, the same request might take down the post.
                seen = what.adapter.waiting(what.receipt) is not None
                if seen:
                    what.adapter.cancel(what.receipt)
                    self._on.watch(Moment.COMMITTED, what.step.key, None)
            except (Rejected, Unavailable) as error:
                return self._not_cancelled(what, error, sure=doubt is None)
            except Uncertain as error:
                doubt, seen, pauses = with_words(error), False, ()
            found = self._look(what, pauses, sure=seen)
            if not isinstance(found, Message):
                return self._out(what, found) if found else self._gone(what)
            doubt = found
        return Result(what.step, Outcome.UNCERTAIN, doubt)

    def _look(self, what: _Waiting, pauses: tuple[timedelta, ...], *, sure: bool) -> Receipt | Message | None:
        """The post, if it came out; None if the network does not have it any more; or why nobody can tell."""
        for pause in (*pauses, None):
            try:
                if what.adapter.waiting(what.receipt) is None:
                    return self._between(what, sure=sure)
            except DeliveryError as error:
                return msg("The network could not be asked: {reason}", reason=error.message)
            still = msg("It still waits there.")
            if pause is None or not self._waiting.until(self._on.now() + pause, what.step.key, still):
                break
        return msg("The network took the request, but the post still waits there.")

    def _between(self, what: _Waiting, *, sure: bool) -> Receipt | Message | None:
        """It does not wait any more. `sure`: it did right before the request, to which the network said yes."""
        now, at = self._on.now(), what.receipt.at
        if sure and now < at - CLOSE:
            return None
        out = what.adapter.came_out(what.receipt, what.prepared)  # at any time: this machine's clock may be wrong
        if out or now < at - CLOCKS_DIFFER or now >= at + what.settles_after:
            return out
        return msg(
            "It was due at {time}. Whether it comes out all the same is known from {until} on; the same command then"
            " finishes it.",
            time=at,
            until=at + what.settles_after,
        )

    def _gone(self, what: _Waiting) -> Result:
        if not self._ledger.end_cancelling(what.step.key, what.begun, self._word.cancelled, self._word.name):
            reason = msg("Somebody else is taking it back, too. See: kanal status")
            return Result(what.step, Outcome.UNCERTAIN, reason)
        self._on.watch(Moment.SETTLED, what.step.key, None)
        return Result(what.step, Outcome.CANCELLED, self._word.cancelled, at=self._on.now())

    def _out(self, what: _Waiting, receipt: Receipt) -> Result:
        reason = msg("It came out before it could be taken back.")
        self._ledger.settle(what.step.key, receipt, self._word.name, reason)
        self._on.watch(Moment.SETTLED, what.step.key, None)
        return Result(what.step, Outcome.PUBLISHED, reason, receipt.url, receipt.at)

    def _not_cancelled(self, what: _Waiting, error: Rejected | Unavailable, *, sure: bool) -> Result:
        """It still waits; unless an earlier attempt is in doubt: this error says nothing of that."""
        reason = with_words(error)
        if not sure or not self._ledger.keep(what.step.key, what.begun, reason, self._word.name):
            return Result(what.step, Outcome.UNCERTAIN, reason)
        self._on.watch(Moment.SETTLED, what.step.key, None)
        reason = msg("{reason} It still lies with the network.", reason=reason)
        if isinstance(error, Unavailable):
            return later(what.step, reason, error.retry_at)
        return Result(what.step, Outcome.REJECTED, reason)
