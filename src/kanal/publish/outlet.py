"""One channel's deliveries, in order: prepare, claim, commit, settle, and wait where waiting helps.

Nothing that can fail stands between the network's yes and the ledger's write. It must not know other channels; their
troubles stay theirs.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from kanal.adapter import Adapter
from kanal.compose import content_digest
from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.fitting import Fit
from kanal.ledger import AWAY, OPEN, WENT_OUT, Ledger, State
from kanal.message import Message, msg
from kanal.model import Channel, DeliveryKey, Outcome, Part, Prepared, Receipt
from kanal.publish.afterwards import Afterwards
from kanal.publish.answering import handles
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.holding import hold
from kanal.publish.in_turn import InTurn
from kanal.publish.intents import intent
from kanal.publish.not_sent import later, waits, with_network
from kanal.publish.pace import Pace
from kanal.publish.planning import Step
from kanal.publish.reasons import with_words
from kanal.publish.retries import Retries
from kanal.publish.settling import Settled, Settling
from kanal.publish.turns import Turns
from kanal.publish.unforeseen import outcome_by
from kanal.publish.uploads import Uploads
from kanal.publish.waiting import Waiting

_SOMEBODYS = OPEN | WENT_OUT | AWAY
"""What nobody else prepares any more: uploads count against the networks' limits."""


class Outlet:
    """Carries out the steps of one channel, at its `pace` if it has one. Used by one thread."""

    def __init__(
        self,
        channel: Channel,
        adapter: Adapter,
        ledger: Ledger,
        conditions: Conditions,
        patience: timedelta | None = None,
        *,
        fit: Fit,
        pace: Pace | None = None,
    ) -> None:
        self.channel = channel
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._waiting = Waiting(conditions)
        self._retries = Retries(conditions, self._waiting)
        self._doubts = Settling(adapter, ledger, conditions, self._waiting, patience)
        self._pace = pace
        self._in_turn = InTurn(conditions)
        self._turns = Turns((), conditions.by)
        self._sent: DeliveryKey | None = None
        self._afterwards = Afterwards(channel.name, adapter, ledger, conditions)
        self.uploads = Uploads(adapter, fit, conditions, self._afterwards)

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result, in the order of doing; addresses that the network tells only later are filled in."""
        self._turns = Turns(steps, self._on.by)
        results = [self._in_turn.carry_out(step, self._carry_out, self._outcome_by_ledger) for step in self._turns]
        urls = self._afterwards.locate()
        return [replace(result, url=urls.get(result.step.key, result.url)) for result in results]

    def _carry_out(self, step: Step) -> Result:
        return (self.settle_doubt(step) if step.doubt else None) or self._deliver(step)

    def _outcome_by_ledger(self, step: Step) -> Outcome:
        return outcome_by(self._ledger, step.key, in_doubt=step.doubt or self._sent == step.key)

    def _deliver(self, step: Step) -> Result:
        if step.afterwards or step.post is None:
            return waits(step, step.afterwards) if step.afterwards else Result(step, Outcome.SKIPPED, due=False)
        if self._pace and (wait := self._pace.wait(step, self._on.now())):
            return waits(step, wait)
        answered = handles(step.post.part, step.key, self._ledger)
        if isinstance(answered, Message):
            return later(step, answered, None)
        part, digest = step.post.part, content_digest(step.post.part)
        if hindrance := self._hindrance(step, digest):
            return hindrance
        found = self._retries.attempt(step.key, lambda: self._attempt(step, part, digest, answered))
        return self._give_up(step, found) if isinstance(found, Unavailable) else found

    def _hindrance(self, step: Step, digest: str) -> Result | None:
        """Why the delivery is not to be tried, as far as the ledger tells."""
        standing = self._ledger.standing(step.key)
        if standing and standing.state in _SOMEBODYS:
            return self._too_late(step)
        if standing and standing.state is State.REJECTED and standing.digest == digest:
            return Result(step, Outcome.REJECTED, standing.reason)
        if standing and standing.retry_at and not self._waiting.until(standing.retry_at, step.key, standing.reason):
            return later(step, standing.reason, standing.retry_at)
        return None

    def _attempt(self, step: Step, part: Part, digest: str, answered: Mapping[str, str]) -> Result:
        """One way through prepare, claim, commit, settle. Raises `Unavailable` when nothing was published."""
        try:
            prepared = self.uploads.take(step.key, part)
        except Rejected as error:
            self._ledger.claim([intent(step, digest, Prepared(part), part.media)], self._on.by)
            return self._rejected(step, error)
        prepared = prepared._replace(handles={**prepared.handles, **answered})
        is_young = hold(self._on)
        if step.key not in self._ledger.claim([intent(step, digest, prepared, part.media)], self._on.by):
            self._afterwards.tidy(prepared)
            return self._too_late(step)
        self._on.watch(Moment.CLAIMED, step.key, None)
        if not is_young():
            raise self._overslept(step)
        self._sent = step.key
        try:
            receipt = self._adapter.commit(prepared, str(step.key))
        except Rejected as error:
            if error.duplicate and self._doubts.was_in_doubt(step.key):
                return self._out_after_all(step, error)
            self._afterwards.tidy(prepared)
            return self._rejected(step, error)
        except Unavailable as error:
            self._ledger.release(step.key, error.message, error.retry_at, self._on.by)
            raise
        except Uncertain as error:
            self._ledger.doubt(step.key, with_words(error), self._on.by)
            result = self.settle_doubt(step)
            if result is None:
                raise Unavailable(msg("It did not go out at the first try.")) from error
            return result
        return self._published(step, receipt, prepared)

    def _too_late(self, step: Step) -> Result:
        self._keep_distance()  # what is skipped here is going out there
        self._turns.go_elsewhere()
        return Result(step, Outcome.SKIPPED, msg("Another run was faster."))

    def _overslept(self, step: Step) -> Unavailable:
        """Another runner may have taken the claim over: let go of it, and claim anew if it is still there."""
        reason = msg("This computer slept, or the ledger took too long; nothing was sent.")
        self._ledger.release(step.key, reason, None, self._on.by)
        return Unavailable(reason)

    def _published(self, step: Step, receipt: Receipt, prepared: Prepared) -> Result:
        self._on.watch(Moment.COMMITTED, step.key, None)
        self._ledger.settle(step.key, receipt, self._on.by)
        self._on.watch(Moment.SETTLED, step.key, None)
        return self._out(step, receipt, prepared)

    def _out(self, step: Step, receipt: Receipt, prepared: Prepared | None, at: datetime | None = None) -> Result:
        self._keep_distance(at)
        self._afterwards.is_out(step.key, receipt, prepared, step.post.part if step.post else None)
        return Result(step, Outcome.PUBLISHED, None, receipt.url, receipt.at)

    def _keep_distance(self, at: datetime | None = None) -> None:
        if self._pace:
            self._pace.published(at or self._on.now())

    def _rejected(self, step: Step, error: Rejected) -> Result:
        reason = with_words(error)
        self._ledger.settle(step.key, reason, self._on.by)
        self._on.watch(Moment.SETTLED, step.key, None)
        return Result(step, Outcome.REJECTED, reason)

    def settle_doubt(self, step: Step) -> Result | None:
        """Settle an open claim, or say that it stays open. None: it is known not to be out, send it."""
        found = self._doubts.settle(step)
        if found is None:
            return None
        if isinstance(found, Message):
            self._keep_distance()
            return Result(step, Outcome.SKIPPED, found)
        if found.verdict.absent:
            self._afterwards.tidy(found.before.prepared)
            return None
        return self._settled(step, found)

    def _settled(self, step: Step, found: Settled) -> Result:
        verdict, before = found.verdict, found.before
        if verdict.receipt:
            return self._out(step, verdict.receipt, before.prepared, verdict.receipt.at if before.goes_out_at else None)
        if verdict.rejected:
            return Result(step, Outcome.REJECTED, verdict.reason)
        if before.goes_out_at:
            return with_network(step, verdict, before)
        return self._stays_uncertain(step, verdict.reason)

    def _out_after_all(self, step: Step, error: Rejected) -> Result:
        """A duplicate after a doubt: the first attempt went out. Never call that rejected."""
        found = self._doubts.find_duplicate(step, with_words(error))
        if found and found.verdict.receipt:
            return self._out(step, found.verdict.receipt, found.before.prepared)
        return self._stays_uncertain(step, with_words(error))

    def _stays_uncertain(self, step: Step, reason: Message) -> Result:
        self._in_turn.rests = msg("The channel rests until “{draft}” is settled.", draft=step.key.draft)
        return Result(step, Outcome.UNCERTAIN, reason)

    def _give_up(self, step: Step, error: Unavailable) -> Result:
        reason = with_words(error)
        if error.channel_wide:
            self._in_turn.rests = reason
        return later(step, reason, error.retry_at)
