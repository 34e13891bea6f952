"""Results of steps of which nothing was sent in this run. Values only."""

from datetime import datetime

from kanal.message import Message, msg
from kanal.model import Outcome
from kanal.publish.conditions import Result
from kanal.publish.planning import Step
from kanal.publish.wait import Wait, Why

_BEGUN = frozenset({Why.RETRACTING, Why.CORRECTING, Why.REPOSTING})
"""Somebody began to change what is out, and nobody knows how that ended."""


def not_begun(step: Step, reason: Message) -> Result:
    """The run did not come to it; an old doubt stays one, whatever it is about."""
    in_doubt = step.doubt or step.why in _BEGUN
    return Result(step, Outcome.UNCERTAIN if in_doubt else Outcome.DEFERRED, reason)


def waits(step: Step, wait: Wait) -> Result:
    """It is not to go out yet."""
    return Result(step, wait.outcome, wait.reason, at=wait.until, due=step.failed)


def later(step: Step, reason: Message | None, retry_at: datetime | None) -> Result:
    """The network does not take it, for now."""
    if retry_at:
        reason = msg("{reason} Not before {time}.", reason=reason or "", time=retry_at)
    return Result(step, Outcome.DEFERRED, reason, at=retry_at)
