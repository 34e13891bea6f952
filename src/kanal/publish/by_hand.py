"""A person took something down on the network and says so; the network is asked whether it agrees, where it can be.

It must not delete anything.
"""

from collections.abc import Iterable

from kanal.abilities.changing import CanRetract
from kanal.adapter import Adapter
from kanal.alike import CLOCKS_DIFFER
from kanal.errors import DeliveryError
from kanal.ledger import AWAY, Ledger, Standing
from kanal.message import Message, msg
from kanal.model import Channel, Outcome, Receipt
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.confirming import Contradicted
from kanal.publish.planning import Step
from kanal.publish.whereabouts import whereabouts
from kanal.publish.word import Word


class ByHand:
    """Notes what a person took down on one channel. `adapter` may be the reason why there is none to be asked."""

    def __init__(
        self, channel: Channel, adapter: Adapter | Message, ledger: Ledger, conditions: Conditions, word: Word
    ) -> None:
        self.channel = channel
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._word = word

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result, in the order of doing."""
        return [self._write_down(step) for step in steps]

    def _write_down(self, step: Step) -> Result:
        standing = self._ledger.standing(step.key)
        if standing and standing.state in AWAY:
            return self._cancelled(step, standing)
        receipt = standing.receipt if standing else None
        url = receipt.url if receipt else None
        unchecked = self._unchecked(receipt)
        if unchecked is False:
            return Result(step, Outcome.REJECTED, msg("The network still shows it: {url}", url=url or ""), url)
        end = self._word.end_by_hand
        if unchecked is not None:
            self._on.watch(Moment.NOTED, step.key, msg("Nobody could check that: {reason}", reason=unchecked))
            end = msg("{said} (not checked: {reason})", said=end, reason=unchecked)
        self._ledger.begin_retracting(step.key, self._word.intent, self._word.name)
        self._ledger.end_retracting(step.key, end, self._word.name)
        return Result(step, Outcome.RETRACTED, end, url, self._on.now())

    def _cancelled(self, step: Step, standing: Standing) -> Result:
        """Note that it does not lie with the network any more, unless the network says otherwise."""
        unchecked = self._elsewhere(standing)
        if isinstance(unchecked, Contradicted):
            return Result(step, Outcome.REJECTED, unchecked.reason)
        end = self._word.cancelled_by_hand
        if unchecked is not None:
            self._on.watch(Moment.NOTED, step.key, msg("Nobody could check that: {reason}", reason=unchecked))
            end = msg("{said} (not checked: {reason})", said=end, reason=unchecked)
        begun = self._ledger.begin_cancelling(step.key, self._word.cancelling, self._word.name)
        if not self._ledger.end_cancelling(step.key, begun, end, self._word.name):
            return Result(step, Outcome.UNCERTAIN, msg("Somebody else is taking it back, too. See: kanal status"))
        return Result(step, Outcome.CANCELLED, end, at=self._on.now())

    def _elsewhere(self, standing: Standing) -> Message | Contradicted | None:
        """None if the network agrees that it neither waits nor is out, what it says instead, or why it cannot tell."""
        if isinstance(self._adapter, Message):
            return self._adapter
        verdict = whereabouts(self._adapter, standing, self._on.now(), None)
        if verdict.waits:
            return Contradicted(msg("The network still has it, for {time}.", time=verdict.waits.at))
        if verdict.receipt:
            url = verdict.receipt.url or verdict.receipt.id
            return Contradicted(
                msg("It came out: {url}. kanal publish notes that, kanal retract takes it down.", url=url)
            )
        at = standing.comes_out_at
        if verdict.lost or (at and self._on.now() < at - CLOCKS_DIFFER and verdict.look_again):
            return None
        return verdict.reason

    def _unchecked(self, receipt: Receipt | None) -> Message | bool | None:
        """None if the network agrees, False if it still shows the post, or why it cannot tell."""
        if isinstance(self._adapter, Message):
            return self._adapter
        if receipt is None:
            return msg("The ledger does not know the post's id on the network.")
        if not isinstance(self._adapter, CanRetract):
            return msg("This network cannot be asked; a person must look.")
        try:
            return None if self._adapter.is_gone(receipt) else False
        except DeliveryError as error:
            return msg("The network could not be asked: {reason}", reason=error.message)
