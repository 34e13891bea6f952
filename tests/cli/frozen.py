"""A clock that stands still until a test moves it, and local times around it for drafts."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


class Frozen:
    """Begins at ten in the morning of the day after tomorrow: what ledgers date by their own clocks is past then."""

    def __init__(self) -> None:
        day = datetime.now(BERLIN).date() + timedelta(days=2)
        self.now = datetime.combine(day, time(10), BERLIN).astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)

    def local(self, **by: float) -> str:
        """A time as drafts write it, from now."""
        return f"{(self.now + timedelta(**by)).astimezone(BERLIN):%Y-%m-%d %H:%M}"
