"""One channel's posts taken down: the intent, the request that deletes, a look whether it is gone, the ledger.

Deleting twice does no harm, so nobody has to hold anything: whatever came in between, the same again finishes it. It
must not know other channels, nor publish anything.
"""

from collections.abc import Iterable
from datetime import timedelta

from kanal.abilities.changing import CanRetract
from kanal.adapter import Adapter
from kanal.errors import DeliveryError, KanalError, Rejected, Unavailable, Uncertain
from kanal.ledger import AWAY, Ledger, Standing, State
from kanal.message import Message, msg
from kanal.model import Channel, Outcome, Receipt
from kanal.publish.cancelling import Cancelling
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.in_turn import InTurn
from kanal.publish.not_sent import later
from kanal.publish.planning import Step
from kanal.publish.reasons import with_words
from kanal.publish.waiting import Waiting
from kanal.publish.word import BY_HAND, Word

LOOK_AGAIN = (timedelta(seconds=1), timedelta(seconds=3), timedelta(seconds=6))
"""After a deletion: networks may show for a moment what they have deleted."""
TRIES = 2
"""Of a request without a clear answer, where the post is still there."""
_BEGUN = frozenset({State.RETRACTING, State.REPOSTING})
_GONE = frozenset({State.RETRACTED, State.REPLACED})
_MEANWHILE = msg("Somebody else took it down, or began to publish it anew, at the same time. See: kanal log")


class Retracting:
    """Takes down what the steps name, on one channel, on somebody's `word`. Used by one thread.

    With `anew` the next revision is to take its place.
    """

    def __init__(
        self,
        channel: Channel,
        adapter: Adapter,
        ledger: Ledger,
        conditions: Conditions,
        word: Word,
        *,
        anew: bool = False,
    ) -> None:
        self.channel = channel
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._word = word
        self._anew = anew
        self._waiting = Waiting(conditions)
        self._in_turn = InTurn(conditions)
        self._cancelling = Cancelling(adapter, ledger, conditions, word, self._waiting)

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result, in the order of doing."""
        return [self._in_turn.carry_out(step, self._take_down, self._outcome_by_ledger) for step in steps]

    def _take_down(self, step: Step) -> Result:
        standing = self._ledger.standing(step.key)
        if standing and standing.state in AWAY:
            cancelled = self._cancelling.cancel(step, standing)
            if cancelled.outcome is not Outcome.PUBLISHED:
                return cancelled
            standing = self._ledger.standing(step.key)  # it came out meanwhile
        if not isinstance(self._adapter, CanRetract) or standing is None or standing.receipt is None:
            return Result(step, Outcome.HELD, BY_HAND)
        if standing.state is State.REPLACED and not self._anew:
            self._ledger.end_retracting(step.key, self._word.end, self._word.name)
            return Result(step, Outcome.RETRACTED, self._word.end, standing.receipt.url, self._on.now())
        begun = self._begin(step)
        if begun is None:
            return Result(step, Outcome.RETRACTED, standing.reason, standing.receipt.url, standing.at, due=False)
        self._on.watch(Moment.CLAIMED, step.key, None)
        return self._delete(step, self._adapter, standing, standing.receipt, begun)

    def _delete(self, step: Step, adapter: CanRetract, standing: Standing, receipt: Receipt, begun: int) -> Result:
        doubt: Message | None = msg("An earlier attempt was broken off.") if standing.state in _BEGUN else None
        for _ in range(TRIES):
            try:
                adapter.retract(receipt)
            except (Rejected, Unavailable) as error:
                return self._not_deleted(step, error, begun if doubt is None else None)
            except Uncertain as error:
                doubt = with_words(error)
                gone = self._is_gone(step, adapter, receipt, ())
            else:
                self._on.watch(Moment.COMMITTED, step.key, None)
                doubt = msg("The network took the request, but still shows the post.")
                gone = self._is_gone(step, adapter, receipt, LOOK_AGAIN)
            if gone is True:
                return self._gone(step, receipt, begun)
            doubt = gone or doubt
        return Result(step, Outcome.UNCERTAIN, doubt, receipt.url)

    def _is_gone(
        self, step: Step, adapter: CanRetract, receipt: Receipt, pauses: tuple[timedelta, ...]
    ) -> Message | bool:
        """Whether it is gone, after waiting if that may help; or why nobody can tell."""
        for pause in (*pauses, None):
            try:
                if adapter.is_gone(receipt):
                    return True
            except DeliveryError as error:
                return msg("The network could not be asked: {reason}", reason=error.message)
            still = msg("The network still shows it.")
            if pause is None or not self._waiting.until(self._on.now() + pause, step.key, still):
                break
        return False

    def _begin(self, step: Step) -> int | None:
        if self._anew:
            return self._ledger.begin_reposting(step.key, self._word.making_way, self._word.name)
        return self._ledger.begin_retracting(step.key, self._word.intent, self._word.name)

    def _gone(self, step: Step, receipt: Receipt, begun: int) -> Result:
        end, name = self._word.made_way if self._anew else self._word.end, self._word.name
        if not self._anew:
            self._ledger.end_retracting(step.key, end, name)
        elif not self._ledger.end_reposting(step.key, begun, end, name):
            return Result(step, Outcome.UNCERTAIN, _MEANWHILE, receipt.url)
        self._on.watch(Moment.SETTLED, step.key, None)
        return Result(step, Outcome.RETRACTED, end, receipt.url, self._on.now())

    def _not_deleted(self, step: Step, error: Rejected | Unavailable, begun: int | None) -> Result:
        """It is still out; unless an earlier attempt is in doubt (`begun` is None): this error says nothing of that."""
        reason = with_words(error)
        if isinstance(error, Unavailable) and error.channel_wide:
            self._in_turn.rests = reason
        if begun is None or not self._ledger.keep(step.key, begun, reason, self._word.name):
            return Result(step, Outcome.UNCERTAIN, reason)
        self._on.watch(Moment.SETTLED, step.key, None)
        if isinstance(error, Unavailable):
            return later(step, reason, error.retry_at)
        return Result(step, Outcome.REJECTED, reason)

    def _outcome_by_ledger(self, step: Step) -> Outcome:
        """What became of it when something went wrong that nobody foresaw."""
        try:
            standing = self._ledger.standing(step.key)
        except KanalError:
            return Outcome.UNCERTAIN
        if standing and standing.state in {State.PUBLISHED, State.HANDED_OVER, State.RELEASED}:
            return Outcome.DEFERRED
        return Outcome.RETRACTED if standing and standing.state in _GONE else Outcome.UNCERTAIN
