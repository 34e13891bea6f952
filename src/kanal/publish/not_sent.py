"""Results of steps of which nothing was sent in this run. Values only."""

from datetime import datetime

from kanal.ledger import Standing
from kanal.message import Message, msg
from kanal.model import Outcome
from kanal.publish.conditions import Result
from kanal.publish.planning import Step
from kanal.publish.verdict import Verdict
from kanal.publish.wait import Wait, Why

_BEGUN = frozenset({Why.RETRACTING, Why.CORRECTING, Why.REPOSTING, Why.CANCELLING})
"""Somebody began to change what is out, or lies with a network, and nobody knows how that ended."""


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


def with_network(step: Step, verdict: Verdict, before: Standing) -> Result:
    """It was handed over, or was to be, and is not known to be out; nothing else on the channel waits for it."""
    is_there = verdict.waits or (before.receipt and verdict.look_again)
    if is_there and not verdict.late:
        at = verdict.waits.at if verdict.waits else before.comes_out_at
        return Result(step, Outcome.HANDED_OVER, verdict.reason, at=at)
    return Result(step, Outcome.UNCERTAIN, verdict.reason)
