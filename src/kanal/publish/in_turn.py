"""One channel's steps, one after the other, until something stands in the way of all that follow.

It must not know what is done with a step, nor other channels; a surprise on one must not stop them.
"""

from collections.abc import Callable

from kanal.errors import KanalError
from kanal.message import Message, msg
from kanal.model import Outcome
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.not_sent import not_begun
from kanal.publish.planning import Step
from kanal.publish.reasons import surprise


class InTurn:
    """Whether the channel goes on: `rests` says why it does not. Used by one thread."""

    def __init__(self, conditions: Conditions) -> None:
        self._on = conditions
        self.rests: Message | None = None

    def carry_out(self, step: Step, attempt: Callable[[Step], Result], outcome: Callable[[Step], Outcome]) -> Result:
        """What `attempt` gives. After something that nobody foresaw, `outcome` tells what became of the step."""
        if reason := msg("The run was interrupted.") if self._on.stop.is_set() else self.rests:
            return not_begun(step, reason)
        try:
            result = attempt(step)
        except Exception as error:  # noqa: BLE001 - one channel's surprise must not stop the others
            # On purpose: the ledger cannot be written, the staging place is not set up.
            self.rests = error.message if isinstance(error, KanalError) else surprise(error)
            result = Result(step, outcome(step), self.rests)
        self._on.watch(Moment.FINISHED, step.key, result.reason)
        return result
