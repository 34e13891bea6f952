"""What can be handed over: drafts whose time is to come, looked at as if it were that time.

Whatever holds a draft back when nobody is watching does so here, since nobody will be watching then. It makes no
request, and must not know ledgers.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from kanal.message import Message, msg
from kanal.model import Channel, Outcome
from kanal.platforms import scheduling_of
from kanal.publish.planning import Step
from kanal.publish.room import too_far, too_near
from kanal.publish.timing import planned_for
from kanal.publish.wait import Wait, Why

WITH_NETWORK = frozenset({Why.HANDED_OVER, Why.OTHERWISE, Why.CANCELLING})
_DECIDED = frozenset({Why.RETRACTING, Why.CORRECTING, Why.CANCELLING, Why.HANDED_OVER})
_SETTLED = frozenset({Outcome.ALREADY, Outcome.RETRACTED})
_THREAD = msg("The parts of a thread cannot be handed over, since each needs the one before it to be out.")
_NO_TIME = msg("It names no time that is to come; kanal publish sends it.")
Times = Mapping[str, Sequence[datetime]]
PlanAt = Callable[[str, datetime, Times], Sequence[Step]]
"""The steps of the draft in that file as a run that nobody watches would see them at that time, as if nothing of it lay
anywhere; on each channel something comes out at the given times, too."""


class Wish(NamedTuple):
    """What was asked for: only drafts that are `named`, and to `replace` what lies there with another content."""

    named: bool
    replace: bool


def ahead(
    current: Iterable[Step], channels: Mapping[str, Channel], now: datetime, plan_at: PlanAt, wish: Wish
) -> list[Step]:
    """The steps of handing over, by time. `current` are those of publishing `now` (in the office's zone)."""
    left = {step.key: step for step in current}
    found: list[Step] = []
    times: dict[str, list[datetime]] = {}
    for at, file in _to_come(list(left.values()), now):
        then = plan_at(file, at, times)
        threads = {step.key.channel for step in then if step.key.part > 1}
        for step in then:
            before = left.pop(step.key, None)
            if before is not None:
                found.append(_step(before, step, _Place(channels[step.key.channel], threads, now), wish))
                if found[-1].outcome is None:
                    times.setdefault(step.key.channel, []).append(at)
    return [*found, *(step for rest in left.values() for step in _not_for_later(rest, wish))]


class _Place(NamedTuple):
    channel: Channel
    threads: Collection[str]
    now: datetime


def _to_come(steps: Sequence[Step], now: datetime) -> list[tuple[datetime, str]]:
    """Files of drafts with their times, the next one first."""
    planned = {step.file: planned_for(step.post.draft) for step in steps if step.post and not _is_settled(step)}
    return sorted((at, file) for file, at in planned.items() if at and at > now)


def _is_settled(step: Step) -> bool:
    return step.outcome in _SETTLED or step.why in _DECIDED


def _step(before: Step, then: Step, place: _Place, wish: Wish) -> Step:
    """What becomes of one delivery: `before` is its step now, `then` that at its time."""
    if _is_settled(before) or (before.afterwards and before.afterwards.why in WITH_NETWORK):
        return before
    step = then if then.outcome or then.afterwards else _if_possible(then, place, wish)
    if before.why is not Why.OTHERWISE:
        return replace(step, failed=step.failed or _holds_back(step))
    if not wish.replace:
        return replace(before, failed=wish.named)
    if step.outcome is None:
        return replace(step, why=Why.OTHERWISE)
    return replace(before, reason=msg("{where} {why}", where=before.reason or "", why=step.reason or ""), failed=True)


def _holds_back(step: Step) -> bool:
    return step.outcome is Outcome.HELD or step.why in {Why.QUIET_HOURS, Why.COOL_DOWN}


def _if_possible(step: Step, place: _Place, wish: Wish) -> Step:
    """The step, unless its network does not publish that later by itself."""
    limits = scheduling_of(place.channel)
    reason: Message | None = None
    if limits is None:
        reason = msg(
            "“{platform}” does not publish later by itself; run kanal publish when its time has come.",
            platform=place.channel.platform,
        )
    elif place.channel.name in place.threads:
        reason = _THREAD
    elif step.at and (far := too_far(limits, step.at, place.now)):
        return step.waiting(Wait(Outcome.DEFERRED, far, Why.EARLY), failed=wish.named)
    elif step.at:
        reason = too_near(limits, step.at, place.now)
    return step.waiting(Wait(Outcome.HELD, reason, Why.NOT_LATER), failed=True) if reason else step


def _not_for_later(step: Step, wish: Wish) -> list[Step]:
    """What has no time that is to come: doubts are settled, what is out is counted, and the rest is left alone."""
    if step.why is Why.OTHERWISE:
        return [replace(step, failed=wish.named)]
    if step.doubt or step.outcome is Outcome.UNCERTAIN or _is_settled(step):
        return [_settled_only(step)]
    if wish.named:
        return [step.waiting(Wait(Outcome.HELD, _NO_TIME, Why.NOT_LATER), failed=True)]
    return []


def _settled_only(step: Step) -> Step:
    """A doubt is settled, and what turns out not to be out is left to a run that publishes."""
    return step.waiting(Wait(Outcome.HELD, _NO_TIME, Why.NOT_LATER)) if step.doubt else step


def nearest(times: Iterable[datetime | None], at: datetime) -> datetime | None:
    """Of several times the one that is closest to `at`."""
    return min((one for one in times if one), key=lambda one: abs(one - at), default=None)
