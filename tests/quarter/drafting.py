"""Drafts of all kinds, drawn from a seed: most are in order, some are late, broken, void or never approved."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.quarter.calendar import MAIN, YOUTH, ZONE, Planned, local

WRITING, APPROVING, AFTERNOON = time(9, 5), time(11, 5), time(15, 5)
"""When people push what they wrote, approved, and mended or changed, on working days."""
APPROVED_ON = (0, 2, 4)
"""Mondays, Wednesdays and Fridays."""
KINDS = {
    "announcement": 30, "service": 15, "event": 16, "press-release": 13, "job": 6, "story": 7, "crisis": 5,
    "correction": 5, "reply": 3,
}  # fmt: skip
FATES = {"plain": 78, "approved late": 7, "never approved": 4, "changed": 5, "broken": 6}
MINUTES = (0, 5, 15, 20, 30, 40, 45, 55)


class Drafting:
    """Draws drafts whose time lies on `days`; `change` is the day on which the clocks change."""

    def __init__(self, chance: Random, days: Sequence[date], change: date) -> None:
        self._chance = chance
        self._days = days
        self._working = [day for day in days if day.weekday() < 5]
        self._change = change

    def drafts(self, count: int) -> Iterator[Planned]:
        """`count` drafts; the first few stand in the night in which the clocks change."""
        night = list(self._of_the_night())[:count]
        yield from night
        for number in range(len(night), count):
            yield self._draft(number)

    def _of_the_night(self) -> Iterator[Planned]:
        early = self._change - timedelta(days=5)
        written, approved = self._at(early, WRITING), self._at(early, APPROVING)
        # A warning ends at a time that exists once, in spring and in autumn.
        warnings = ((time(1, 30), timedelta(hours=2.5)), (time(3, 30), timedelta(hours=1)))
        for number, (clock, lasting) in enumerate(warnings):
            at = local(self._change, clock)
            yield Planned(number, "crisis", MAIN[:2], at, written, approved, ends_at=at + lasting)
        for number, clock in enumerate((time(5, 15), time(9)), len(warnings)):
            yield Planned(number, "announcement", MAIN[:2], local(self._change, clock), written, approved)
        # This time does not exist, or twice: a flaw, until somebody gives the draft another time.
        mended = self._at(self._change - timedelta(days=3), AFTERNOON)
        at = local(self._change, time(12, 0))
        yield Planned(
            4, "service", MAIN[:2], at, written, self._at(self._change - timedelta(days=2), APPROVING), flaw="clock",
            mended=mended,
        )  # fmt: skip

    def _draft(self, number: int) -> Planned:
        kind = self._one_of(KINDS)
        fate = "plain" if kind in {"crisis", "reply"} else self._one_of(FATES)
        at = self._time(kind)
        written = self._at(at.astimezone(ZONE).date() - timedelta(days=self._chance.randint(5, 12)), WRITING)
        approved = self._next(written, APPROVING, self._chance.randint(0, 1))
        # Lint asks for a time where there is an embargo, and an event or a warning without one makes no sense.
        undated = kind not in {"crisis", "event", "press-release"} and self._chance.random() < 0.14
        plain = Planned(number, kind, self._channels(kind), None if undated else at, written, approved)
        return self._fated(replace(plain, **self._times(kind, at)), fate, at)

    def _fated(self, plain: Planned, fate: str, at: datetime) -> Planned:
        fields: dict[str, Any] = {}
        if fate == "never approved":
            fields["approved"] = None
        elif fate == "approved late":
            fields["approved"] = self._next(at, APPROVING, self._chance.randint(0, 2))
        elif fate == "changed":
            changed = self._next(plain.approved or at, AFTERNOON, 0)
            again = self._next(changed, APPROVING, self._chance.randint(0, 3))
            fields |= {"changed": changed, "approved_again": again if self._chance.random() < 0.8 else None}
        elif fate == "broken":
            mended = self._next(plain.written, AFTERNOON, self._chance.randint(1, 8))
            fields |= {"flaw": self._chance.choice(("key", "iban")), "mended": mended}
            fields["approved"] = self._next(mended, APPROVING, 0)
        return replace(plain, **fields)

    def _time(self, kind: str) -> datetime:
        if kind == "crisis":
            quiet = [day for day in self._days if day != self._change]
            return local(self._chance.choice(quiet), time(self._chance.randrange(24), self._chance.choice((0, 30))))
        hour = self._chance.choice((5, 23)) if self._chance.random() < 0.05 else self._chance.randint(8, 18)
        return local(self._chance.choice(self._working), time(hour, self._chance.choice(MINUTES)))

    def _times(self, kind: str, at: datetime) -> dict[str, Any]:
        if kind == "crisis":
            return {"ends_at": at + timedelta(minutes=self._chance.choice((60, 120, 180)))}
        if kind == "event":
            return {"starts_at": at + timedelta(hours=self._chance.choice((3, 20, 24, 50, 200)))}
        if kind == "press-release" and self._chance.random() < 0.6:
            return {"embargo": at - timedelta(minutes=self._chance.choice((0, 0, 30, 90)))}
        return {}

    def _channels(self, kind: str) -> tuple[str, ...]:
        if kind == "crisis":
            return MAIN[:3]
        weights = {"mastodon": 0.55, "x": 0.45, "facebook": 0.45, "instagram": 0.07, YOUTH: 0.15}
        chosen = tuple(name for name, weight in weights.items() if self._chance.random() < weight)
        return chosen or ("mastodon",)

    def _one_of(self, weights: dict[str, int]) -> str:
        return self._chance.choices(list(weights), list(weights.values()))[0]

    def _at(self, day: date, clock: time) -> datetime:
        """The slot of that day, or of the last working day before; not before the quarter's first."""
        past = [one for one in self._working if one <= day]
        return local(past[-1] if past else self._working[0], clock)

    def _next(self, after: datetime, clock: time, later: int) -> datetime:
        """The slot `later` working days after the first one that lies behind `after`."""
        days = [day for day in self._working if clock != APPROVING or day.weekday() in APPROVED_ON]
        slots = [local(day, clock) for day in days]
        left = [slot for slot in slots if slot > after]
        if not left:
            return slots[-1] + timedelta(days=30)
        return left[min(later, len(left) - 1)]
