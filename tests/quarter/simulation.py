"""Lets the time pass: people act, faults strike, and every quarter of an hour both CI systems run their job at once.

A tick at which nothing can go out is left out: no time of the calendar, of a fault or of a retry lies between it and
the last one that was run, and neither system left anything that may go out by itself. A random sample of those is run
all the same and has to publish nothing; and the oracle looks at every tick, also at those that were left out.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from kanal.sandbox import Practice
from tests.quarter.calendar import CHECKED, TICK, Calendar, local
from tests.quarter.faults import Faults, Strike
from tests.quarter.plan import SYSTEMS
from tests.quarter.staff import Staff
from tests.quarter.systems import System
from tests.quarter.worker import Said

SATURDAY = 5
UNCERTAIN = 5
"""The exit code that docs/commands.md promises for it."""
IDLE = 0.0025
"""How many of the ticks that could be left out are run."""


@dataclass
class Clock:
    """The time, everywhere but on a machine whose clock is wrong."""

    now: datetime

    def seconds(self) -> float:
        return self.now.timestamp()


@dataclass
class Diary:
    """What happened, for the oracle and the summary."""

    runs: int = 0
    idle: int = 0
    ran: dict[datetime, frozenset[str]] = field(default_factory=dict)
    codes: Counter[int | None] = field(default_factory=Counter)
    alarms: int = 0
    looks: list[datetime] = field(default_factory=list)
    checks: dict[datetime, tuple[int, Mapping[str, Any]]] = field(default_factory=dict)


@dataclass
class Simulation:
    """One quarter. `systems` by name are those of the calendar."""

    calendar: Calendar
    clock: Clock
    practice: Practice
    staff: Staff
    systems: Sequence[System]
    faults: Faults
    chance: Random
    diary: Diary = field(default_factory=Diary)

    def run(self) -> Diary:
        """From the first tick to the last."""
        self.staff.begin()
        for system in self.systems:
            system.clone()
        moments = iter(sorted(self._moments()))
        moment = next(moments, None)
        wake: datetime | None = None
        looks = sorted(
            [*(local(day, CHECKED) for day in self.calendar.days() if day.weekday() < SATURDAY), *self.faults.alarms()]
        )
        for at in self.calendar.ticks():
            while looks and looks[0] < at:
                self._look(looks.pop(0))
            needed = wake is not None and wake <= at
            while moment and moment <= at:
                needed, moment = True, next(moments, None)
            idle = not needed and self.chance.random() < IDLE
            if needed or idle:
                wake = self._tick(at, idle=idle)
        return self.diary

    def _moments(self) -> Iterator[datetime]:
        """All from which on a tick may differ from the one before it."""
        calendar = self.calendar
        yield calendar.begin
        for draft in calendar.drafts:
            yield from draft.moments()
        yield from (calendar.hold.begin, calendar.hold.end, calendar.pause.begin, calendar.planned_until)
        yield local(calendar.pause_until + timedelta(days=1), time())
        yield local(calendar.youth_starts, time())
        yield from self.faults.moments()
        for _, outage in calendar.outages:
            yield outage.end
        for _, skew, _ in calendar.skews:
            # A clock that is behind sees each time later than the other.
            yield from (skew.begin, skew.end)
            for draft in calendar.drafts:
                yield from (one + TICK for one in draft.moments() if one in skew)

    def _tick(self, at: datetime, *, idle: bool) -> datetime | None:
        """Both systems at once. When something may change by itself, if so."""
        self.clock.now = at
        self.staff.work(at)
        before = len(self.practice.posts()) if idle else 0
        strike = self.faults.strike(at, self.practice)
        started = [system for system in self.systems if self.calendar.runs(system.name, at)]
        doomed = [system for system in started if system.name in strike.deaths]
        said: dict[str, Said | None] = {}
        # Who is to die in the middle of its work must have some: the other one comes a moment later.
        for together in (doomed, [system for system in started if system not in doomed]):
            with ThreadPoolExecutor(len(SYSTEMS)) as pool:
                jobs = {system.name: pool.submit(self._job, system, at, strike) for system in together}
            said |= {name: job.result() for name, job in jobs.items()}
        strike.over()
        self.diary.runs += len(said)
        self.diary.idle += idle
        self.diary.ran[at] = frozenset(said)
        self.diary.codes.update(one.code if one else None for one in said.values())
        if idle:
            assert len(self.practice.posts()) == before, f"{at}: something changed in a tick that was to be left out"
        if strike.anything:
            return at + TICK
        return min((found for one in said.values() if (found := _wakes(one, at))), default=None)

    def _job(self, system: System, at: datetime, strike: Strike) -> Said | None:
        return system.job(self.calendar.clock(system.name, at), strike.deaths.get(system.name))

    def _look(self, at: datetime) -> None:
        """A person looks, each working day and whenever the alarm goes off, and settles what only a person can."""
        self.clock.now = at
        self.diary.looks.append(at)
        self.staff.work(at)
        code, said = self.staff.check(at)
        if not self.faults.is_dark(at):
            self.diary.checks[at] = (code, said)
        if code == UNCERTAIN:
            self.diary.alarms += 1
            with self.faults.silence(at, self.practice):
                self.staff.settle(at)


def _wakes(said: Said | None, at: datetime) -> datetime | None:
    """When what a run left may change by itself."""
    if said is None or not said.out:
        return at + TICK
    found = []
    for one in json.loads(said.out)["deliveries"]:
        if one["outcome"] == "deferred":
            free = datetime.fromisoformat(one["at"]) if one["at"] else at
            found.append(max(free, at + TICK))
        elif one["outcome"] == "uncertain" or str(one["reason"]).startswith("Another run"):
            found.append(at + TICK)
    return min(found, default=None)
