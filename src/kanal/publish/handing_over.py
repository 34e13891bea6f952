"""One channel's deliveries, handed over to its network, which publishes them later: prepare, claim, schedule, note.

As in `outlet`, nothing that can fail stands between the network's yes and the ledger's write. A refusal is not kept as
one: what the network does not take for later may well be published in time. It must not know other channels.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from kanal.abilities.scheduling import CanSchedule
from kanal.abilities.sending import TellsProgress
from kanal.adapter import Adapter
from kanal.compose import content_digest
from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.fitting import Fit
from kanal.ledger import AWAY, OPEN, WENT_OUT, Ledger, Standing, State
from kanal.message import Message, msg
from kanal.model import Channel, DeliveryKey, Outcome, Part, Prepared
from kanal.publish.answering import handles
from kanal.publish.cancelling import Cancelling
from kanal.publish.conditions import Conditions, Moment, Result, Uploading
from kanal.publish.holding import hold
from kanal.publish.in_turn import InTurn
from kanal.publish.intents import intent
from kanal.publish.not_sent import later, waits
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.reasons import with_words
from kanal.publish.retries import Retries
from kanal.publish.room import no_room, too_far, too_near
from kanal.publish.settling import Settling
from kanal.publish.unforeseen import outcome_by
from kanal.publish.wait import Why
from kanal.publish.waiting import Waiting
from kanal.publish.word import Word

_NOT_LATER = msg("This network does not publish later by itself.")
RIGHT_NOW = timedelta(minutes=2)
"""How near its time may be when it is replaced: later, the request might take down what readers see already."""
_COMES_OUT = msg("It comes out right now, as it was handed over. Once it is out: kanal correct")
_TOO_LATE = msg("Another run was faster.")


class HandingOver:
    """Hands over what the steps of one channel name, for the time `Step.at`. Used by one thread.

    What lies there already is left alone, unless it is to be replaced (`Why.OTHERWISE`): then it is cancelled first, on
    somebody's `word`.
    """

    def __init__(
        self,
        channel: Channel,
        adapter: Adapter,
        ledger: Ledger,
        conditions: Conditions,
        patience: timedelta | None = None,
        *,
        fit: Fit,
        word: Word,
    ) -> None:
        self.channel = channel
        self._adapter = adapter
        self._fit = fit
        self._ledger = ledger
        self._on = conditions
        waiting = Waiting(conditions)
        self._retries = Retries(conditions, waiting)
        self._cancelling = Cancelling(adapter, ledger, conditions, word, waiting)
        self._doubts = Settling(adapter, ledger, conditions, waiting, patience)
        self._outlet = Outlet(channel, adapter, ledger, conditions, patience, fit=fit)
        self._in_turn = InTurn(conditions)
        self._sent: DeliveryKey | None = None

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result, in the order of doing."""
        return [self._in_turn.carry_out(step, self._carry_out, self._outcome_by_ledger) for step in steps]

    def _outcome_by_ledger(self, step: Step) -> Outcome:
        return outcome_by(self._ledger, step.key, in_doubt=step.doubt or self._sent == step.key)

    def _carry_out(self, step: Step) -> Result:
        if step.doubt and (settled := self._outlet.settle_doubt(step)):
            return settled
        if step.afterwards or step.post is None or step.at is None:
            return waits(step, step.afterwards) if step.afterwards else Result(step, Outcome.SKIPPED, due=False)
        if not isinstance(self._adapter, CanSchedule):
            return Result(step, Outcome.HELD, _NOT_LATER)
        standing = self._ledger.standing(step.key)
        if standing and standing.state in AWAY and step.why is Why.OTHERWISE:
            if standing.comes_out_at and standing.comes_out_at - self._on.now() < RIGHT_NOW:
                return Result(step, Outcome.HELD, _COMES_OUT)
            back = self._cancelling.cancel(step, standing)
            if back.outcome is not Outcome.CANCELLED:
                return back
        return self._hand_over(step, step.post.part, step.at, self._adapter)

    def _hand_over(self, step: Step, part: Part, at: datetime, adapter: CanSchedule) -> Result:
        digest = content_digest(part)
        if hindrance := self._hindrance(step, digest, at, adapter):
            return hindrance
        answered = handles(part, step.key, self._ledger)
        if isinstance(answered, Message):
            return later(step, answered, None)
        found = self._retries.attempt(step.key, lambda: self._attempt(step, part, digest, at, adapter, answered))
        return self._give_up(step, found) if isinstance(found, Unavailable) else found

    def _hindrance(self, step: Step, digest: str, at: datetime, adapter: CanSchedule) -> Result | None:
        standing, now = self._ledger.standing(step.key), self._on.now()
        if standing and standing.state in OPEN | WENT_OUT | AWAY:
            return Result(step, Outcome.SKIPPED, _TOO_LATE)
        if _was_refused(standing, digest):
            return Result(step, Outcome.REJECTED, standing.reason if standing else None)
        limits = adapter.scheduling
        reason = (
            too_near(limits, at, now)
            or too_far(limits, at, now)
            or no_room(limits, self.channel.name, at, now, self._ledger)
        )
        return Result(step, Outcome.HELD, reason) if reason else None

    def _attempt(  # noqa: PLR0917 - all of one delivery
        self,
        step: Step,
        part: Part,
        digest: str,
        at: datetime,
        adapter: CanSchedule,
        answered: Mapping[str, str],
    ) -> Result:
        """One way through prepare, claim, schedule, write down. Raises `Unavailable` when it was not handed over."""
        self._on.watch(Moment.PREPARE, step.key, None)
        if isinstance(adapter, TellsProgress):
            adapter.tell_progress(lambda *sent: self._on.watch(Moment.UPLOADING, step.key, Uploading(*sent)))
        try:
            prepared = adapter.prepare_scheduled(self._fit(part))
        except Rejected as error:
            return Result(step, Outcome.REJECTED, with_words(error))
        prepared = prepared._replace(handles={**prepared.handles, **answered})
        self._on.watch(Moment.PREPARED, step.key, None)
        is_young = hold(self._on)
        meant = replace(intent(step, digest, prepared, part.media), goes_out_at=at)
        if step.key not in self._ledger.claim([meant], self._on.by):
            return Result(step, Outcome.SKIPPED, _TOO_LATE)
        self._on.watch(Moment.CLAIMED, step.key, None)
        if not is_young():
            raise self._let_go(step, msg("This computer slept, or the ledger took too long; nothing was sent."))
        if at - self._on.now() < adapter.scheduling.least:  # its uploads took that long; later it goes out at once
            raise self._let_go(step, msg("Its time is too near by now; nothing was sent."), needs_person=True)
        return self._schedule(step, prepared, at, adapter)

    def _schedule(self, step: Step, prepared: Prepared, at: datetime, adapter: CanSchedule) -> Result:
        self._sent = step.key
        try:
            receipt = adapter.schedule(prepared, at)
        except Rejected as error:
            return self._refused(step, error)
        except Unavailable as error:
            self._ledger.release(step.key, error.message, error.retry_at, self._on.by)
            raise
        except Uncertain as error:
            self._ledger.doubt(step.key, with_words(error), self._on.by)
            result = self._outlet.settle_doubt(step)
            if result is None:
                raise Unavailable(msg("It was not handed over at the first try.")) from error
            return result
        self._on.watch(Moment.COMMITTED, step.key, None)
        self._ledger.hand_over(step.key, receipt, self._on.by)
        self._on.watch(Moment.SETTLED, step.key, None)
        reason = msg("It lies with the network, which publishes it at {time}.", time=receipt.at)
        return Result(step, Outcome.HANDED_OVER, reason, at=receipt.at)

    def _refused(self, step: Step, error: Rejected) -> Result:
        reason = with_words(error)
        if error.duplicate and self._doubts.was_in_doubt(step.key):  # an earlier attempt may lie there after all
            self._ledger.doubt(step.key, reason, self._on.by)
            return Result(step, Outcome.UNCERTAIN, reason)
        self._ledger.release(step.key, reason, None, self._on.by)
        self._on.watch(Moment.SETTLED, step.key, None)
        return Result(step, Outcome.REJECTED, reason)

    def _let_go(self, step: Step, reason: Message, *, needs_person: bool = False) -> Unavailable:
        self._ledger.release(step.key, reason, None, self._on.by)
        return Unavailable(reason, needs_person=needs_person)

    def _give_up(self, step: Step, error: Unavailable) -> Result:
        reason = with_words(error)
        if error.channel_wide:
            self._in_turn.rests = reason
        return later(step, reason, error.retry_at)


def _was_refused(standing: Standing | None, digest: str) -> bool:
    """Whether the network refused to publish just that, so that it need not be asked to do so later."""
    return standing is not None and standing.state is State.REJECTED and standing.digest == digest
