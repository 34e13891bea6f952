"""What must have become of each post, computed from the calendar alone: nothing of kanal is used here.

A delivery may wait at a tick only for a reason that the calendar knows. So two things are asked of each: at the tick at
which it went out nothing stood in the way, and at each tick before, from its time on, something did.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import NamedTuple

from tests.quarter.calendar import NIGHT, TICK, YOUTH, ZONE, Calendar, Planned, Stretch, local

WITHIN = {"event": timedelta(hours=2), "service": timedelta(hours=4), "job": None, "crisis": None}
"""How late each kind still goes out; six hours for the others, None for whatever goes out in any case."""
EARLY, CLOSE, FAULT, NOBODY, SIGNATURE = "early", "cool-down", "fault", "outage", "signature"
SIGNED_WITHIN = timedelta(minutes=5)
"""X refuses requests that are signed by a clock further off (error 135)."""
REFUSED_FOR = timedelta(hours=1) + TICK
"""How long a channel rests because of a runner whose signature is refused, and that was the first to claim a post."""
LOOKS_BACK = frozenset({"correction", "reply", "story"})
NEVER_WAITS = frozenset({"crisis", "correction", "reply"})


class Delivery(NamedTuple):
    """One draft on one channel."""

    draft: Planned
    channel: str


class Obstacle(NamedTuple):
    """What stands in a delivery's way, and since when, as far as that is known."""

    why: str
    since: datetime | None = None


@dataclass
class Oracle:
    """Foresees by the calendar; `deadlines` remembers how long each may be late, since nights do not count."""

    calendar: Calendar
    deadlines: dict[tuple[datetime, timedelta], datetime] = field(default_factory=dict)

    def deliveries(self) -> Iterator[Delivery]:
        for draft in self.calendar.drafts:
            for channel in draft.channels:
                yield Delivery(draft, channel)

    def obstacle(self, one: Delivery, at: datetime) -> Obstacle | None:
        """What keeps it from going out then, as a clock shows it; the distance to other posts is not known here."""
        draft = one.draft
        if at < draft.written:
            return Obstacle("not written")
        if draft.is_broken(at) and draft.flaw != "iban":
            return Obstacle("unreadable", draft.written)
        return (
            self._channel(one, at)
            or (Obstacle(EARLY) if draft.due and at < draft.due else None)
            or self._brakes(one, at)
            or self._time(draft, at)
            or self._papers(draft, at)
        )

    def _channel(self, one: Delivery, at: datetime) -> Obstacle | None:
        if one.draft.kind == "reply":
            return Obstacle("reply")
        if one.channel == YOUTH and at < local(self.calendar.youth_starts, time()):
            return Obstacle("channel")
        if one.channel == "instagram" and at < self.calendar.planned_until:
            return Obstacle("channel")
        return None

    def _brakes(self, one: Delivery, at: datetime) -> Obstacle | None:
        calendar, draft = self.calendar, one.draft
        if at in calendar.hold and draft.kind != "crisis":
            return Obstacle("hold")
        pause_ends = local(calendar.pause_until + timedelta(days=1), time())
        if one.channel == "facebook" and calendar.pause.begin <= at < pause_ends:
            return Obstacle("pause")
        if draft.kind not in NEVER_WAITS and any(at in warning for warning in self._warnings):
            # Nobody has approved it for as long as it is there: that a warning came on top makes it no shorter.
            return Obstacle("warning", self._ready(draft, at) or draft.mended or draft.written)
        return None

    @cached_property
    def _warnings(self) -> tuple[Stretch, ...]:
        return tuple(
            Stretch(draft.publish_at, draft.ends_at)
            for draft in self.calendar.drafts
            if draft.kind == "crisis" and draft.publish_at and draft.ends_at
        )

    def _time(self, draft: Planned, at: datetime) -> Obstacle | None:
        ready = self._ready(draft, at)
        if draft.ends_at and draft.ends_at <= at and draft.kind not in LOOKS_BACK:
            return Obstacle("over", max(filter(None, (ready, draft.ends_at))))
        if (
            draft.kind == "event"
            and draft.starts_at
            and draft.starts_at <= at
            and (not draft.due or draft.due < draft.starts_at)
        ):
            return Obstacle("over", max(filter(None, (ready, draft.starts_at))))
        within = WITHIN.get(draft.kind, timedelta(hours=6))
        if draft.publish_at and ready and within and at > self._deadline(ready, within):
            return Obstacle("skipped" if draft.kind == "service" else "late", ready)
        if draft.kind != "crisis" and is_night(at):
            return Obstacle("quiet-hours")
        return None

    def _papers(self, draft: Planned, at: datetime) -> Obstacle | None:
        begun = draft.kind == "event" and draft.starts_at
        if begun and begun.astimezone(ZONE).date() < at.astimezone(ZONE).date():
            return Obstacle("past", self._ready(draft, at) or draft.written)
        if draft.is_broken(at):
            return Obstacle("broken", self._ready(draft, at) or draft.written)
        if draft.approval(at) is None:
            return Obstacle("unapproved", self._ready(draft, at) or draft.mended or draft.written)
        return None

    @staticmethod
    def _ready(draft: Planned, at: datetime) -> datetime | None:
        return max((one for one in (draft.due, draft.last_approval(at)) if one), default=None)

    def _deadline(self, ready: datetime, within: timedelta) -> datetime:
        """Minute by minute, nights left out."""
        if (ready, within) not in self.deadlines:
            at, left = ready, within
            while left:
                left -= timedelta() if is_night(at) else timedelta(minutes=1)
                at += timedelta(minutes=1)
            self.deadlines[ready, within] = at
        return self.deadlines[ready, within]

    @cached_property
    def ticks(self) -> tuple[datetime, ...]:
        return tuple(self.calendar.ticks())

    def earliest(self, one: Delivery) -> datetime:
        """From when on its waiting has to be explained."""
        return max(filter(None, (one.draft.due, one.draft.written)))

    def unexplained(
        self, one: Delivery, out: datetime | None, others: Mapping[str, list[datetime]], excused: "Excused"
    ) -> Iterator[tuple[datetime, str]]:
        """Every tick from its time until it was `out`, and why it waited then; "" where there is no reason."""
        for at in self.ticks:
            if at < self.earliest(one):
                continue
            if out is not None and at >= out:
                return
            yield at, self._why(one, at, others, excused)

    def _why(self, one: Delivery, at: datetime, others: Mapping[str, list[datetime]], excused: "Excused") -> str:
        systems = [name for name in ("gitlab", "forgejo") if self.calendar.runs(name, at)]
        if not systems:
            return NOBODY
        blocked = [self.obstacle(one, self.calendar.clock(name, at)) for name in systems]
        if all(blocked):
            return next(found.why for found in blocked if found)
        if excused.at(one.channel, at):
            return FAULT
        ready = self._ready(one.draft, at) or self.earliest(one)
        if one.channel == "x" and at < ready + REFUSED_FOR and self._signs_wrongly(at):
            return SIGNATURE
        wrong = any(at in when or at - TICK in when for _, when, _ in self.calendar.skews)
        apart = TICK + TICK if wrong else TICK  # a post may be dated later than it was
        near = one.draft.kind != "crisis" and any(at - apart < there <= at for there in others.get(one.channel, ()))
        return CLOSE if near else ""

    def _signs_wrongly(self, at: datetime) -> bool:
        return any(at in when and abs(by) > SIGNED_WITHIN for _, when, by in self.calendar.skews)


class Excused(NamedTuple):
    """When faults cast a shadow, by channel."""

    shadows: tuple[tuple[frozenset[str], Stretch], ...]

    def at(self, channel: str, moment: datetime) -> bool:
        return any(channel in channels and moment in shadow for channels, shadow in self.shadows)


def is_night(at: datetime) -> bool:
    clock = at.astimezone(ZONE).time()
    return clock >= NIGHT[0] or clock < NIGHT[1]
