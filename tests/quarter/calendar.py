"""When what happens in the quarter: plain values, in UTC unless a name says otherwise. Nothing of kanal is used here.

The oracle computes from these; whoever acts in the simulation reads the same values.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Berlin")
TICK = timedelta(minutes=15)
NIGHT = (time(22), time(6))
"""Quiet hours, as the policy has them."""
CHECKED = time(18, 5)
"""When somebody runs `kanal status --check`, on each working day."""
MAIN, YOUTH = ("mastodon", "x", "facebook", "instagram"), "jugend"
PLATFORM = {"mastodon": "mastodon", "x": "x", "facebook": "facebook", "instagram": "instagram", YOUTH: "mastodon"}


def local(day: date, clock: time) -> datetime:
    """A local time, in UTC. One that the clocks leave out is where they would have been."""
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


@dataclass(frozen=True)
class Stretch:
    """From `begin` until just before `end`."""

    begin: datetime
    end: datetime

    def __contains__(self, moment: object) -> bool:
        return isinstance(moment, datetime) and self.begin <= moment < self.end


@dataclass(frozen=True)
class Planned:
    """One draft, and what people do with it.

    `flaw` makes it broken from `written` until `mended`; `changed` is an edit that voids the approval, until
    `approved_again`. None for what never happens.
    """

    number: int
    kind: str
    channels: tuple[str, ...]
    publish_at: datetime | None
    written: datetime
    approved: datetime | None
    embargo: datetime | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    flaw: str = ""
    mended: datetime | None = None
    changed: datetime | None = None
    approved_again: datetime | None = None

    @property
    def name(self) -> str:
        return f"entwurf-{self.number:03}"

    def text(self, at: datetime) -> str:
        """What it says then, without a flaw."""
        newer = " Die Umleitung ist ausgeschildert." if self.changed and at >= self.changed else ""
        if self.kind == "crisis":
            return (
                f"Sturmwarnung Nr. {self.number} für den Landkreis. Bleiben Sie im Haus."
                f" Aktuelles in der Warn-App NINA. Quelle: Leitstelle.{newer}"
            )
        return f"Die Kreisstraße {self.number} wird saniert.{newer}"

    def is_broken(self, at: datetime) -> bool:
        return bool(self.flaw) and (self.mended is None or at < self.mended)

    def approval(self, at: datetime) -> datetime | None:
        """When the approval that holds then was given; None where none holds."""
        if self.changed and at >= self.changed:
            return self.approved_again if self.approved_again and at >= self.approved_again else None
        return self.approved if self.approved and at >= self.approved else None

    def last_approval(self, at: datetime) -> datetime | None:
        """When the approval was given that the file carries then, void or not."""
        given = [one for one in (self.approved, self.approved_again) if one and one <= at]
        return max(given, default=None)

    @property
    def due(self) -> datetime | None:
        return max((one for one in (self.publish_at, self.embargo) if one), default=None)

    def moments(self) -> Iterator[datetime]:
        """All from which on it may go out, or others may because of it. What only holds it is none of them."""
        over = self.ends_at if self.kind == "crisis" else None
        yield from (one for one in (self.due, self.approved, self.approved_again, over) if one)


@dataclass(frozen=True)
class Calendar:
    """The whole quarter. `outages` by CI system; `skew` says how wrong a system's clock is."""

    first: date
    last: date
    drafts: tuple[Planned, ...]
    hold: Stretch
    pause: Stretch
    pause_until: date
    youth_starts: date
    planned_until: datetime
    outages: tuple[tuple[str, Stretch], ...]
    skews: tuple[tuple[str, Stretch, timedelta], ...]

    @property
    def begin(self) -> datetime:
        return local(self.first, time(6))

    @property
    def end(self) -> datetime:
        return local(self.last, time(20))

    def ticks(self) -> Iterator[datetime]:
        """Every quarter of an hour, in real time: a night in which the clocks change has more or fewer of them."""
        at = self.begin
        while at <= self.end:
            yield at
            at += TICK

    @staticmethod
    def tick_after(moment: datetime) -> datetime:
        """The first one that is not before the moment."""
        past = timedelta(seconds=moment.timestamp() % TICK.total_seconds())
        return moment - past + TICK if past else moment

    def runs(self, system: str, at: datetime) -> bool:
        """Whether the CI system starts its job then."""
        return not any(of == system and at in outage for of, outage in self.outages)

    def clock(self, system: str, at: datetime) -> datetime:
        """What time the system believes it is."""
        return at + sum((by for of, when, by in self.skews if of == system and at in when), timedelta())

    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += timedelta(days=1)
