"""What goes wrong, drawn from a seed, always where something is due; and for how long it excuses a delay."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import NamedTuple

from kanal.sandbox import Fault, FaultKind, Practice
from tests.quarter.calendar import PLATFORM, TICK, Calendar, Stretch
from tests.quarter.oracle import Oracle
from tests.quarter.plan import SYSTEMS
from tests.quarter.worker import DEATHS, IN_FLIGHT

NETWORK = (
    FaultKind.TOO_MANY,
    FaultKind.ERROR_BEFORE,
    FaultKind.ERROR_AFTER,
    FaultKind.CUT_AFTER,
    FaultKind.HTML,
    FaultKind.EXPIRED,
)
RESET_SECONDS = 1800.0
ASKED_NOTHING_BEFORE = frozenset({"x", "facebook"})
"""Networks where the request that publishes is the first one, so that it alone arrives."""
APART = timedelta(hours=5)
SILENT_HOURS = 1
"""How long a network answers no question, after it cut the answer to a post."""


class Mishap(NamedTuple):
    """One fault at a tick. `kind` is for the summary; `channels` wait no longer than `shadow` says because of it."""

    at: datetime
    kind: str
    what: str
    channels: frozenset[str]
    shadow: Stretch


@dataclass
class Strike:
    """The faults of one tick, while they last."""

    deaths: dict[str, str] = field(default_factory=dict)
    anything: bool = False
    endings: list[Callable[[], None]] = field(default_factory=list)

    def over(self) -> None:
        for end in self.endings:
            end()


@dataclass
class Faults:
    """All mishaps. `troubles` begins those of the ledger's store, by name; what comes back ends them."""

    mishaps: Sequence[Mishap]
    troubles: Mapping[str, Callable[[], Callable[[], None]]] = field(default_factory=dict)

    def moments(self) -> Iterator[datetime]:
        for one in self.mishaps:
            yield one.at
            yield one.at + TICK

    def alarms(self) -> Iterator[datetime]:
        """When somebody is called because of a network that does not say what became of a post."""
        for one in self.mishaps:
            if one.kind == "silent":
                yield one.at + timedelta(minutes=47)

    @contextmanager
    def silence(self, at: datetime, practice: Practice) -> Iterator[None]:
        """Networks that answer no question then do not, either, when a person's command asks them."""
        for one in self.mishaps:
            if one.kind == "silent" and one.at < at < one.at + timedelta(hours=SILENT_HOURS):
                practice.set_fault(one.what, Fault(FaultKind.ERROR_BEFORE, None, calls="all"))
        yield
        practice.heal()

    def is_dark(self, at: datetime) -> bool:
        """Whether a mishap casts its shadow then: what `status` says is not foreseen."""
        return any(at in one.shadow for one in self.mishaps)

    def strike(self, at: datetime, practice: Practice) -> Strike:
        """Switch on what goes wrong at this tick."""
        strike = Strike()
        for one in self.mishaps:
            if one.kind == "silent" and one.at < at < one.at + timedelta(hours=SILENT_HOURS):
                practice.set_fault(one.what, Fault(FaultKind.ERROR_BEFORE, None, calls="all"))
                strike.anything = True
            if one.at == at:
                strike.anything = True
                self._begin(one, strike, practice)
        strike.endings.append(practice.heal)
        return strike

    def _begin(self, one: Mishap, strike: Strike, practice: Practice) -> None:
        if one.kind == "killed":
            system, _, moment = one.what.partition(" ")
            strike.deaths[system] = moment
            if moment == IN_FLIGHT:
                for platform in set(PLATFORM.values()):
                    practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, 0.3))
        elif one.kind == "silent":
            practice.set_fault(one.what, Fault(FaultKind.CUT_AFTER))
            practice.set_fault(one.what, Fault(FaultKind.ERROR_BEFORE, None, calls="all"))
        elif one.kind == "network down":
            practice.set_fault(one.what, Fault(FaultKind.DOWN, None))
        elif one.kind == "network":
            platform, _, kind = one.what.partition(" ")
            practice.set_fault(platform, Fault(FaultKind(kind), 1, RESET_SECONDS if kind == "429" else 0.0))
        else:
            strike.endings.append(self.troubles[one.what]())


def draw(calendar: Calendar, chance: Random, count: int, troubles: Collection[str]) -> list[Mishap]:
    """`count` mishaps of all kinds in turn, at ticks in which something is due, as long as there are such ticks."""
    left = _due(calendar)
    kinds = cycle(["silent", "killed", "network", *(["ledger"] if troubles else []), "network down", "network"])
    found: list[Mishap] = []
    for kind in islice(kinds, count):
        fitting = [
            at for at, channels in sorted(left.items()) if kind != "silent" or ASKED_NOTHING_BEFORE & set(channels)
        ]
        if not fitting:
            continue
        at = chance.choice(fitting)
        found.append(_mishap(at, kind, left[at], chance, troubles))
        left = {other: channels for other, channels in left.items() if abs(other - at) > APART}
    return sorted(found)


def _due(calendar: Calendar) -> dict[datetime, list[str]]:
    """Ticks at which something will go out, and on which channels: a fault elsewhere would hit nobody."""
    found: dict[datetime, list[str]] = {}
    oracle = Oracle(calendar)
    for one in oracle.deliveries():
        at = calendar.tick_after(one.draft.due) if one.draft.due else None
        if (
            at
            and calendar.begin <= at <= calendar.end
            and all(calendar.runs(name, at) for name in SYSTEMS)
            and oracle.obstacle(one, at) is None
        ):
            found.setdefault(at, []).append(one.channel)
    return found


def _mishap(at: datetime, kind: str, channels: Sequence[str], chance: Random, troubles: Collection[str]) -> Mishap:
    everywhere = frozenset(PLATFORM)
    if kind == "silent":
        channels = [name for name in channels if name in ASKED_NOTHING_BEFORE]
    platform = PLATFORM[chance.choice(list(channels))]
    there = frozenset(name for name, of in PLATFORM.items() if of == platform)
    hour = timedelta(hours=1)
    if kind == "killed":
        what = f"{chance.choice(SYSTEMS)} {chance.choice(DEATHS)}"
        return Mishap(at, kind, what, everywhere, Stretch(at, at + hour))
    if kind == "ledger":
        return Mishap(at, kind, chance.choice(sorted(troubles)), everywhere, Stretch(at, at + hour))
    if kind == "silent":
        return Mishap(at, kind, platform, there, Stretch(at, at + timedelta(hours=SILENT_HOURS) + hour))
    if kind == "network":
        what = f"{platform} {chance.choice(NETWORK)}"
        return Mishap(at, kind, what, there, Stretch(at, at + hour))
    return Mishap(at, kind, platform, there, Stretch(at, at + hour))
