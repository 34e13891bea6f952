"""A clock that a test turns, for practice networks."""

from datetime import UTC, datetime

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC).timestamp()


class Clock:
    """Begins at noon of a day in spring."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now
