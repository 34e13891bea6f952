"""The hours in which nothing goes out but warnings, as a run keeps them: when they end, and when they begin.

What is quiet, the rule time/quiet-hours says; here it is looked up in a calendar. It must not know drafts or the clock.
"""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kanal.rules.time.quiet_hours import is_quiet


class QuietHours(NamedTuple):
    """From `begin` (included) until `end` (not included), past midnight if `end` is the earlier one."""

    begin: time
    end: time

    def hold_at(self, moment: datetime) -> bool:
        """Whether it is quiet at `moment`, by the clock of the moment's own zone."""
        return is_quiet(moment.time(), self.begin, self.end)

    def end_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When it is no longer quiet, in `zone`; `moment` itself when it is not."""
        return self._next(moment, zone, self.end, quiet=False)

    def begin_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """When it becomes quiet, in `zone`; `moment` itself when it is. There must be quiet hours at all."""
        return self._next(moment, zone, self.begin, quiet=True)

    def _next(self, moment: datetime, zone: ZoneInfo, clock: time, *, quiet: bool) -> datetime:
        local = moment.astimezone(zone)
        if self.hold_at(local) is quiet:
            return local
        return min(
            found
            for found in _occurrences(local, clock, zone)
            if found.astimezone(UTC) > moment.astimezone(UTC) and self.hold_at(found) is quiet
        )


def _occurrences(local: datetime, clock: time, zone: ZoneInfo) -> list[datetime]:
    """`clock` today, tomorrow and the day after, as moments.

    Where the clocks go back it may come twice, and both count; where they go forward it may be missing, and the same
    time that the clocks would have shown without the change stands for it (PEP 495).
    """
    days = (local.date() + timedelta(days=more) for more in range(3))
    naive = [datetime.combine(day, clock) for day in days]
    aware = (at.replace(tzinfo=zone, fold=fold) for at in naive for fold in (0, 1))
    return [at.astimezone(UTC).astimezone(zone) for at in aware]
