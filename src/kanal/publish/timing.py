"""The rules of time, as functions of a draft, a channel's last post, and now. The clock is handed in.

Moments are compared and subtracted in UTC: two times in one zone would be subtracted as the wall shows them, an hour
wrong in the nights in which clocks change. It must not know files, ledgers or networks.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kanal.config.schedule import Late, Schedule, Then
from kanal.message import Message, msg
from kanal.model import Draft, DraftType, Outcome
from kanal.publish.quiet_hours import QuietHours
from kanal.publish.wait import Wait, Why

QUIET_RULE = "time/quiet-hours"
DISTANCE_RULE = "time/collision"
LOOKING_BACK = frozenset({DraftType.CORRECTION, DraftType.REPLY, DraftType.STORY})
"""These may be about what is over, as rule time/past-event has it."""


class Terms(NamedTuple):
    """What the office decided about time; `quiet` and `distance` are the options of the two rules, None if off."""

    zone: ZoneInfo
    schedule: Schedule
    quiet: QuietHours | None
    distance: timedelta | None

    def quiet_for(self, draft: Draft) -> QuietHours | None:
        """The quiet hours that count for `draft`: none for warnings, and where somebody answers for it."""
        exempt = draft.type is DraftType.CRISIS or any(waiver.rule == QUIET_RULE for waiver in draft.waivers)
        return None if exempt else self.quiet

    def distance_for(self, draft: Draft) -> timedelta | None:
        """How far from the post before it the draft must be."""
        exempt = draft.type is DraftType.CRISIS or any(waiver.rule == DISTANCE_RULE for waiver in draft.waivers)
        return None if exempt else self.distance


def planned_for(draft: Draft) -> datetime | None:
    """The moment before which the draft must not go out, in the office's zone."""
    return max((at for at in (draft.publish_at, draft.embargo) if at), default=None)


def ready_since(draft: Draft) -> datetime | None:
    """When the draft could go out: at its time, or when somebody approved it, whichever was later. UTC."""
    approved = draft.approval.at if draft.approval else None
    return max((at.astimezone(UTC) for at in (planned_for(draft), approved) if at), default=None)


def early(draft: Draft, now: datetime) -> Wait | None:
    """Whether its time has not come."""
    if draft.publish_at and _utc(draft.publish_at) > _utc(now):
        reason = msg("It is due at {time}.", time=draft.publish_at)
    elif draft.embargo and _utc(draft.embargo) > _utc(now):
        reason = msg("It is embargoed until {time}.", time=draft.embargo)
    else:
        return None
    return Wait(Outcome.DEFERRED, reason, Why.EARLY)


def unattended(draft: Draft, last: datetime | None, now: datetime, terms: Terms) -> Wait | None:
    """What keeps a draft whose time has come from going out while nobody is watching; the first reason that holds."""
    return (
        over(draft, now)
        or late(draft, now, terms)
        or quiet(draft, now, terms)
        or (last and too_close(draft, last, now, terms))
        or None
    )


def over(draft: Draft, now: datetime) -> Wait | None:
    """Whether what it is about is over; or, for an event, has begun, unless the post was planned for later.

    Not if it was only approved later: whoever approves may not have looked at the clock.
    """
    ready = ready_since(draft)
    if draft.ends_at and _utc(draft.ends_at) <= _utc(now) and draft.type not in LOOKING_BACK:
        reason = msg("It was over at {time}. Correct ends_at, or take the draft away.", time=draft.ends_at)
        return _held(reason, Why.OVER, ready, draft.ends_at)
    begins, planned = draft.starts_at, planned_for(draft)
    was_for_later = begins and planned and _utc(planned) >= _utc(begins)
    if begins and draft.type is DraftType.EVENT and _utc(begins) <= _utc(now) and not was_for_later:
        reason = msg("The event began at {time}. If the post is still right, give it a new publish_at.", time=begins)
        return _held(reason, Why.OVER, ready, begins)
    return None


def late(draft: Draft, now: datetime, terms: Terms) -> Wait | None:
    """Whether it comes too late to go out by itself. A draft without `publish_at` never does."""
    ready = ready_since(draft)
    rule = terms.schedule.late[draft.type]
    due = planned_for(draft)
    if draft.publish_at is None or due is None or ready is None or rule.then is Then.PUBLISH:
        return None
    if _utc(now) <= deadline(ready, rule.within.length, terms.quiet_for(draft), terms.zone):
        return None
    outcome = Outcome.HELD if rule.then is Then.HOLD else Outcome.SKIPPED
    return Wait(outcome, _too_late(draft, due, rule), Why.LATE, ready)


def deadline(ready: datetime, within: timedelta, hours: QuietHours | None, zone: ZoneInfo) -> datetime:
    """`within` after `ready`, quiet hours left out, since nothing could go out in them. UTC."""
    moment, left = _utc(ready), within
    while hours and hours.begin != hours.end:
        moment = _utc(hours.end_after(moment, zone))
        begins = _utc(hours.begin_after(moment, zone))
        if moment + left <= begins:
            break
        left -= begins - moment
        moment = begins
    return moment + left


def quiet(draft: Draft, now: datetime, terms: Terms) -> Wait | None:
    """Whether it would go out in the quiet hours."""
    hours = terms.quiet_for(draft)
    if hours is None or not hours.hold_at(now.astimezone(terms.zone)):
        return None
    ends = hours.end_after(now, terms.zone)
    reason = msg("These are quiet hours; it goes out from {time} on.", time=ends)
    return Wait(Outcome.DEFERRED, reason, Why.QUIET_HOURS, ready_since(draft), ends)


def too_close(draft: Draft, last: datetime, now: datetime, terms: Terms) -> Wait | None:
    """Whether it would follow the `last` post of its channel too closely.

    In whole minutes, as drafts name their times: else what is planned a quarter of an hour apart would miss every
    second run that comes each quarter of an hour.
    """
    distance = terms.distance_for(draft)
    if distance is None or abs(_minute(now) - _minute(last)) >= distance:
        return None
    free = (_minute(last) + distance).astimezone(terms.zone)
    reason = msg("It is too close to the post before it on this channel; it goes out from {time} on.", time=free)
    return Wait(Outcome.DEFERRED, reason, Why.COOL_DOWN, ready_since(draft), free)


def _too_late(draft: Draft, due: datetime, rule: Late) -> Message:
    if rule.then is Then.SKIP:
        text = msg("It was due at {time}, and {within} is as late as it may be. It is left out.")
    else:
        text = msg(
            "It was due at {time}, and {within} is as late as it may be. Give it a new publish_at, or send it yourself:"
            " kanal publish {draft}"
        )
    return text._replace(values={"time": due, "within": rule.within.words, "draft": draft.id})


def _held(reason: Message, why: Why, *since: datetime | None) -> Wait:
    return Wait(Outcome.HELD, reason, why, max(_utc(at) for at in since if at))


def _minute(moment: datetime) -> datetime:
    return _utc(moment).replace(second=0, microsecond=0)


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
