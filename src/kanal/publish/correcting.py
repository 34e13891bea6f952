"""One channel's posts corrected: uploads, the intent, the request that edits, what the post says now, the ledger.

Editing twice to the same does no harm, so nobody has to hold anything: whatever came in between, the same again
finishes it. It must not know other channels, nor publish anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from kanal.abilities.changing import CanCorrect
from kanal.adapter import Adapter
from kanal.compose import Post, content_digest
from kanal.errors import DeliveryError, KanalError, Rejected, Unavailable, Uncertain
from kanal.fitting import Fit
from kanal.ledger import Intent, Ledger, Standing, State
from kanal.media import digest
from kanal.message import Message, msg
from kanal.model import Channel, Edition, Outcome, Part, Prepared, Receipt
from kanal.publish.answering import REPLY_TO
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.corrections import edition_of
from kanal.publish.in_turn import InTurn
from kanal.publish.intents import intent
from kanal.publish.not_sent import later
from kanal.publish.planning import Step
from kanal.publish.reasons import with_words
from kanal.publish.waiting import Waiting
from kanal.publish.word import Word

LOOK_AGAIN = (timedelta(seconds=1), timedelta(seconds=3))
"""After an edit of which nobody heard: a request may be under way for a moment."""
TRIES = 2
"""Of a request without a clear answer, where the post says the old."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """What is edited, with what, and which event of the ledger says so; `doubt` is why nobody knows what it says."""

    step: Step
    adapter: CanCorrect
    standing: Standing
    receipt: Receipt
    intent: Intent
    prepared: Prepared
    begun: int
    doubt: Message | None


class Correcting:
    """Corrects what the steps name, on one channel, on somebody's `word`. Used by one thread."""

    def __init__(  # noqa: PLR0917 - what a lane has, and what its pictures are made into
        self, channel: Channel, adapter: Adapter, ledger: Ledger, conditions: Conditions, word: Word, fit: Fit
    ) -> None:
        self.channel = channel
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._word = word
        self._fit = fit
        self._waiting = Waiting(conditions)
        self._in_turn = InTurn(conditions)

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result, in the order of doing."""
        return [self._in_turn.carry_out(step, self._correct, self._outcome_by_ledger) for step in steps]

    def _correct(self, step: Step) -> Result:
        standing, adapter, post = self._ledger.standing(step.key), self._adapter, step.post
        before = edition_of(standing)
        if not (isinstance(adapter, CanCorrect) and post and standing and standing.receipt and before):
            raise AssertionError(step.key)  # `corrections` plans no such step
        self._on.watch(Moment.PREPARE, step.key, None)
        try:
            fitted = self._fit(post.part)
            prepared = adapter.revise(standing.receipt, fitted, _as_fitted(before, post.part, fitted))
        except (Rejected, Unavailable) as error:
            return self._not_begun(step, error, standing)
        self._on.watch(Moment.PREPARED, step.key, None)
        new = _intent(step, post, prepared, standing)
        begun = self._ledger.begin_correcting(new, self._word.correcting, self._word.name)
        if begun is None:
            return Result(step, Outcome.ALREADY, None, standing.receipt.url, standing.at, due=False)
        self._on.watch(Moment.CLAIMED, step.key, None)
        doubt = msg("An earlier attempt was broken off.") if standing.state is State.CORRECTING else None
        return self._edit(_Edit(step, adapter, standing, standing.receipt, new, prepared, begun, doubt))

    def _edit(self, edit: _Edit) -> Result:
        doubt = edit.doubt
        for _ in range(TRIES):
            try:
                receipt = edit.adapter.correct(edit.receipt, edit.prepared)
            except (Rejected, Unavailable) as error:
                return self._not_edited(edit, error, certain=doubt is None)
            except Uncertain as error:
                doubt = with_words(error)
            else:
                self._on.watch(Moment.COMMITTED, edit.step.key, None)
                return self._edited(edit, receipt)
            said = self._says_the_new(edit)
            if said is True:
                return self._edited(edit, edit.receipt)
            doubt = said or doubt
        return Result(edit.step, Outcome.UNCERTAIN, doubt, edit.receipt.url)

    def _says_the_new(self, edit: _Edit) -> Message | bool:
        """Whether it says so, after waiting if that may help; or why nobody can tell."""
        for pause in (*LOOK_AGAIN, None):
            found = _says(edit.adapter, edit.receipt, edit.prepared)
            if found is not False:
                return found
            still = msg("The network still shows the old text.")
            if pause is None or not self._waiting.until(self._on.now() + pause, edit.step.key, still):
                break
        return False

    def _edited(self, edit: _Edit, receipt: Receipt) -> Result:
        end = self._word.corrected
        if not self._ledger.end_correcting(edit.intent, edit.begun, receipt, end, self._word.name):
            return Result(edit.step, Outcome.UNCERTAIN, _MEANWHILE, receipt.url)
        self._on.watch(Moment.SETTLED, edit.step.key, None)
        return Result(edit.step, Outcome.CORRECTED, end, receipt.url, self._on.now())

    def _not_edited(self, edit: _Edit, error: Rejected | Unavailable, *, certain: bool) -> Result:
        """It says what it said; where an earlier request is in doubt, this error says nothing of that: look."""
        reason = self._noted(error)
        if not certain:
            if _says(edit.adapter, edit.receipt, edit.prepared) is True:
                return self._edited(edit, edit.receipt)
            before = edit.standing.prepared
            if before is None or _says(edit.adapter, edit.receipt, before) is not True:
                return Result(edit.step, Outcome.UNCERTAIN, reason, edit.receipt.url)
        if not self._ledger.keep(edit.step.key, edit.begun, reason, self._word.name):
            return Result(edit.step, Outcome.UNCERTAIN, reason, edit.receipt.url)
        self._on.watch(Moment.SETTLED, edit.step.key, None)
        return _refused(edit.step, error, reason)

    def _not_begun(self, step: Step, error: Rejected | Unavailable, standing: Standing) -> Result:
        """Nothing was asked for in this run; an old doubt stays one."""
        reason = self._noted(error)
        if standing.state is State.CORRECTING:
            return Result(step, Outcome.UNCERTAIN, reason)
        return _refused(step, error, reason)

    def _noted(self, error: Rejected | Unavailable) -> Message:
        reason = with_words(error)
        if isinstance(error, Unavailable) and error.channel_wide:
            self._in_turn.rests = reason
        return reason

    def _outcome_by_ledger(self, step: Step) -> Outcome:
        """What became of it when something went wrong that nobody foresaw."""
        try:
            standing = self._ledger.standing(step.key)
        except KanalError:
            return Outcome.UNCERTAIN
        if standing is None or standing.state is not State.PUBLISHED or step.post is None:
            return Outcome.UNCERTAIN
        is_new = standing.digest == content_digest(step.post.part)
        return Outcome.CORRECTED if is_new else Outcome.DEFERRED


_MEANWHILE = msg("Somebody else corrected it, or took it down, at the same time. See: kanal log")


def _intent(step: Step, post: Post, prepared: Prepared, standing: Standing) -> Intent:
    """What a post answers is not asked again, but it stays known."""
    answered = standing.prepared.handles.get(REPLY_TO) if standing.prepared else None
    whole = prepared._replace(handles={**prepared.handles, REPLY_TO: answered}) if answered else prepared
    return intent(step, content_digest(post.part), whole, post.part.media)


def _as_fitted(before: Edition, part: Part, fitted: Part) -> Edition:
    """What was said before, by the digests of what the draft's pictures are made into: so that those that stay do."""
    made = {digest(own.file): digest(ready.file) for own, ready in zip(part.media, fitted.media, strict=True)}
    return before._replace(media=tuple(made.get(one, one) for one in before.media))


def _says(adapter: CanCorrect, receipt: Receipt, prepared: Prepared) -> Message | bool:
    try:
        return adapter.says(receipt, prepared)
    except DeliveryError as error:
        return msg("The network could not be asked: {reason}", reason=error.message)


def _refused(step: Step, error: Rejected | Unavailable, reason: Message) -> Result:
    if isinstance(error, Unavailable):
        return later(step, reason, error.retry_at)
    return Result(step, Outcome.REJECTED, reason)
