"""One channel's deliveries, in order: prepare, claim, commit, settle, and wait where waiting helps.

Nothing that can fail stands between the network's yes and the ledger's write. It must not know other channels; their
troubles stay theirs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from kanal import media
from kanal.compose import content_digest
from kanal.errors import KanalError, LedgerUnreachable, Rejected, Unavailable, Uncertain
from kanal.ledger import OPEN, Intent, Ledger, State
from kanal.message import Message, msg
from kanal.model import Channel, DeliveryKey, Outcome, Part, Prepared, Receipt, Warrant
from kanal.platforms import Adapter, CanLocate, CanTidy
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.holding import hold
from kanal.publish.pace import Pace
from kanal.publish.planning import Step
from kanal.publish.reasons import surprise, with_words
from kanal.publish.settling import Settling
from kanal.publish.turns import Turns
from kanal.publish.wait import Wait
from kanal.publish.waiting import Waiting

_AFTER_A_SURPRISE = {
    State.CLAIMED: Outcome.UNCERTAIN,
    State.UNCERTAIN: Outcome.UNCERTAIN,
    State.PUBLISHED: Outcome.PUBLISHED,
    State.REJECTED: Outcome.REJECTED,
}
_SOMEBODYS = OPEN | {State.PUBLISHED}
"""What nobody else prepares any more: uploads count against the networks' limits."""
SHORTEST_PAUSE = timedelta(seconds=0.5)
RETRY_AFTER = (1.0, 3.0)
"""Seconds to wait before trying again where the network names no time. After that the channel rests for this run."""


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
        pace: Pace | None = None,
    ) -> None:
        self.channel = channel
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._waiting = Waiting(conditions)
        self._doubts = Settling(adapter, ledger, conditions, self._waiting, patience)
        self._pace = pace
        self._rests: Message | None = None
        self._turns = Turns((), conditions.by)
        self._sent: DeliveryKey | None = None
        self._unlocated: dict[DeliveryKey, str] = {}

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result, in the order of doing; addresses that the network tells only later are filled in."""
        self._turns = Turns(steps, self._on.by)
        results = [self._carry_out(step) for step in self._turns]
        urls = self._locate()
        return [replace(result, url=urls.get(result.step.key, result.url)) for result in results]

    def _carry_out(self, step: Step) -> Result:
        if self._on.stop.is_set():
            return Result(step, Outcome.UNCERTAIN if step.doubt else Outcome.DEFERRED, msg("The run was interrupted."))
        if self._rests is not None:
            return Result(step, Outcome.UNCERTAIN if step.doubt else Outcome.DEFERRED, self._rests)
        try:
            result = self._settle_doubt(step) if step.doubt else None
            result = result or self._deliver(step)
        except KanalError as error:  # the ledger cannot be written, the staging place is not set up
            self._rests = error.message
            result = Result(step, self._outcome_by_ledger(step), error.message)
        except Exception as error:  # noqa: BLE001 - one channel's surprise must not stop the others
            self._rests = surprise(error)
            result = Result(step, self._outcome_by_ledger(step), self._rests)
        self._on.watch(Moment.FINISHED, step.key, result.reason)
        return result

    def _outcome_by_ledger(self, step: Step) -> Outcome:
        """After a surprise: what the ledger holds counts; an open claim is a doubt, all else was not sent."""
        try:
            standing = self._ledger.standing(step.key)
        except LedgerUnreachable:
            return Outcome.UNCERTAIN if step.doubt or self._sent == step.key else Outcome.DEFERRED
        except KanalError:  # damaged or gone: then nobody can tell
            return Outcome.UNCERTAIN
        return _AFTER_A_SURPRISE.get(standing.state, Outcome.DEFERRED) if standing else Outcome.DEFERRED

    def _deliver(self, step: Step) -> Result:
        if step.afterwards or step.post is None:
            return _waits(step, step.afterwards) if step.afterwards else Result(step, Outcome.SKIPPED, due=False)
        if self._pace and (wait := self._pace.wait(step.post.draft, self._on.now())):
            return _waits(step, wait)
        digest = content_digest(step.post.part)
        standing = self._ledger.standing(step.key)
        if standing and standing.state in _SOMEBODYS:
            return self._too_late(step)
        if standing and standing.state is State.REJECTED and standing.digest == digest:
            return Result(step, Outcome.REJECTED, standing.reason)
        if standing and standing.retry_at and not self._waiting.until(standing.retry_at, step.key, standing.reason):
            return self._later(step, standing.reason, standing.retry_at)
        return self._try(step, step.post.part, digest)

    def _try(self, step: Step, part: Part, digest: str) -> Result:
        """Attempt until it is settled, as long as waiting helps and the budget lasts."""
        pauses = iter(RETRY_AFTER)
        while True:
            try:
                return self._attempt(step, part, digest)
            except Unavailable as error:
                wake = self._next_try(error, pauses)
                if wake is None or not self._waiting.until(wake, step.key, error.message):
                    return self._give_up(step, error)

    def _next_try(self, error: Unavailable, pauses: Iterator[float]) -> datetime | None:
        """When to try again, or None when that is for a person or for another run. Never at once: it would spin."""
        if error.needs_person or self._on.stop.is_set():
            return None
        if error.retry_at:
            return max(error.retry_at, self._on.now() + SHORTEST_PAUSE)
        pause = next(pauses, None)
        return None if pause is None else self._on.now() + timedelta(seconds=pause)

    def _attempt(self, step: Step, part: Part, digest: str) -> Result:
        """One way through prepare, claim, commit, settle. Raises `Unavailable` when nothing was published."""
        self._on.watch(Moment.PREPARE, step.key, None)
        try:
            prepared = self._adapter.prepare(part)
        except Rejected as error:
            self._ledger.claim([_intent(step, digest, Prepared(part))], self._on.by)
            return self._rejected(step, error)
        self._on.watch(Moment.PREPARED, step.key, None)
        is_young = hold(self._on)
        if step.key not in self._ledger.claim([_intent(step, digest, prepared)], self._on.by):
            self._tidy(prepared)
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
            self._tidy(prepared)
            return self._rejected(step, error)
        except Unavailable as error:
            self._ledger.release(step.key, error.message, error.retry_at, self._on.by)
            raise
        except Uncertain as error:
            self._ledger.doubt(step.key, with_words(error), self._on.by)
            result = self._settle_doubt(step)
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

    def _out(self, step: Step, receipt: Receipt, prepared: Prepared | None) -> Result:
        self._keep_distance()
        if receipt.url is None:
            self._unlocated[step.key] = receipt.id
        if prepared:
            self._tidy(prepared)
        return Result(step, Outcome.PUBLISHED, None, receipt.url, receipt.at)

    def _keep_distance(self) -> None:
        if self._pace:
            self._pace.published(self._on.now())

    def _rejected(self, step: Step, error: Rejected) -> Result:
        reason = with_words(error)
        self._ledger.settle(step.key, reason, self._on.by)
        self._on.watch(Moment.SETTLED, step.key, None)
        return Result(step, Outcome.REJECTED, reason)

    def _settle_doubt(self, step: Step) -> Result | None:
        """Settle an open claim, or say that it stays open. None: it is known not to be out, send it."""
        found = self._doubts.settle(step)
        if found is None:
            return None
        if isinstance(found, Message):
            self._keep_distance()
            return Result(step, Outcome.SKIPPED, found)
        verdict = found.verdict
        if verdict.receipt:
            return self._out(step, verdict.receipt, found.prepared)
        if verdict.rejected:
            return Result(step, Outcome.REJECTED, verdict.reason)
        if verdict.absent:
            if found.prepared:
                self._tidy(found.prepared)
            return None
        return self._stays_uncertain(step, verdict.reason)

    def _out_after_all(self, step: Step, error: Rejected) -> Result:
        """A duplicate after a doubt: the first attempt went out. Never call that rejected."""
        found = self._doubts.find_duplicate(step, with_words(error))
        if found and found.verdict.receipt:
            return self._out(step, found.verdict.receipt, found.prepared)
        return self._stays_uncertain(step, with_words(error))

    def _stays_uncertain(self, step: Step, reason: Message) -> Result:
        self._rests = msg("The channel rests until “{draft}” is settled.", draft=step.key.draft)
        return Result(step, Outcome.UNCERTAIN, reason)

    def _give_up(self, step: Step, error: Unavailable) -> Result:
        reason = with_words(error)
        if error.channel_wide:
            self._rests = reason
        return self._later(step, reason, error.retry_at)

    def _later(self, step: Step, reason: Message | None, retry_at: datetime | None) -> Result:
        if retry_at:
            reason = msg("{reason} Not before {time}.", reason=reason or "", time=retry_at)
        return Result(step, Outcome.DEFERRED, reason, at=retry_at)

    def _tidy(self, prepared: Prepared) -> None:
        if isinstance(self._adapter, CanTidy):
            with self._nothing_lost():
                self._adapter.tidy(prepared)

    def _locate(self) -> dict[DeliveryKey, str]:
        """The public addresses of this run's posts that their receipts lack."""
        urls: dict[DeliveryKey, str] = {}
        if self._unlocated and isinstance(self._adapter, CanLocate):
            with self._nothing_lost():
                found = self._adapter.locate(list(self._unlocated.values()))
                urls = {key: found[id_] for key, id_ in self._unlocated.items() if id_ in found}
                self._ledger.locate(urls, self._on.by)
        return urls

    @contextmanager
    def _nothing_lost(self) -> Iterator[None]:
        """For what comes after the ledger's write: a failure is told, and changes no outcome."""
        nobody = DeliveryKey(self.channel.name, "")
        try:
            yield
        except KanalError as error:
            self._on.watch(Moment.NOTED, nobody, error.message)
        except Exception as error:  # noqa: BLE001 - the posts are out; a mistake of ours must not hide that
            self._on.watch(Moment.NOTED, nobody, surprise(error))


def _waits(step: Step, wait: Wait) -> Result:
    return Result(step, wait.outcome, wait.reason, at=wait.until, due=step.failed)


def _intent(step: Step, digest: str, prepared: Prepared) -> Intent:
    """What the ledger gets: of pictures the name and digest, not where they lie on somebody's computer."""
    warrant = step.post.draft.warrant if step.post else Warrant()
    pictures = prepared.part.media
    named = tuple(picture._replace(file=Path(picture.file.name)) for picture in pictures)
    kept = prepared._replace(part=prepared.part._replace(media=named))
    return Intent(step.key, digest, kept, warrant, tuple(media.digest(picture.file) for picture in pictures))
