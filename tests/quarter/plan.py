"""One quarter, or a few weeks of it, drawn from a seed."""

from datetime import date, time, timedelta
from random import Random

from tests.quarter.calendar import Calendar, Stretch, local
from tests.quarter.drafting import Drafting

SYSTEMS = ("gitlab", "forgejo")
FRIDAY = 4


def planned(first: date, last: date, change: date, count: int, seed: int) -> Calendar:
    """`count` drafts between the two days; on `change`, a Sunday between them, the clocks change."""
    chance = Random(seed)  # noqa: S311 - the same quarter for the same seed
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    inner = days[1:-2]
    working = [day for day in inner if day.weekday() < 5 and abs((day - change).days) > 1]

    def some(share: float) -> date:
        """A working day about there."""
        return working[round(share * (len(working) - 1))]

    held = some(0.42)
    fridays = [day for day in inner if day.weekday() == FRIDAY and not day < change < day + timedelta(days=3)]
    friday = min(fridays, key=lambda day: abs(day - some(0.3)))
    paused = some(0.25)
    return Calendar(
        first,
        last,
        drafts=tuple(Drafting(chance, inner, change).drafts(count)),
        hold=Stretch(local(held, time(12, 2)), local(held + timedelta(days=2), time(12, 2))),
        pause=Stretch(local(paused, time(8, 2)), local(paused + timedelta(days=5), time())),
        pause_until=paused + timedelta(days=4),
        youth_starts=some(0.3),
        planned_until=local(some(0.4), time(10, 2)),
        outages=(
            ("gitlab", Stretch(local(some(0.1), time(7)), local(some(0.1), time(13)))),
            ("forgejo", Stretch(local(some(0.35), time(10)), local(some(0.35) + timedelta(days=1), time(15)))),
            *((name, Stretch(local(some(0.55), time(9)), local(some(0.55), time(18)))) for name in SYSTEMS),
            *(
                # From a Friday until the evening of a Monday: longer than nothing may be published.
                (name, Stretch(local(friday, time(14)), local(friday + timedelta(days=3), time(18, 30))))
                for name in SYSTEMS
            ),
        ),
        skews=(
            ("forgejo", Stretch(local(some(0.15), time(6)), local(some(0.2), time(20))), timedelta(minutes=4)),
            ("gitlab", Stretch(local(some(0.5), time(6)), local(some(0.54), time(20))), timedelta(minutes=-10)),
            ("forgejo", Stretch(local(some(0.9), time(9)), local(some(0.9), time(9, 40))), timedelta(days=-1)),
        ),
    )
