"""Counting requests against the networks' documented limits.

Windows are counted in memory: they start anew when the server does. Which limits there are, and how they are told in
headers, is the business of each network.
"""

from collections.abc import Callable
from dataclasses import dataclass

Matches = Callable[[str, str], bool]
"""Whether a limit counts a request with this method and path."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` matching requests in `seconds`, for each token."""

    name: str
    limit: int
    seconds: int
    matches: Matches


@dataclass(frozen=True, slots=True)
class Window:
    """Where a token stands with one limit. `resets_at` in Unix seconds."""

    rate: Rate
    used: int
    resets_at: float

    @property
    def exceeded(self) -> bool:
        """Whether the last request was one too many."""
        return self.used > self.rate.limit

    @property
    def remaining(self) -> int:
        """How many requests are left."""
        return max(0, self.rate.limit - self.used)


class Meter:
    """Fixed windows that start with a token's first request, as all four networks count."""

    def __init__(self, rates: tuple[Rate, ...]) -> None:
        self._rates = rates
        self._windows: dict[tuple[str, str], Window] = {}

    def count(self, token: str, method: str, path: str, now: float) -> list[Window]:
        """Count one request; returns the windows it falls into, the nearest to exhaustion first."""
        touched = [self._step(rate, token, now) for rate in self._rates if rate.matches(method, path)]
        return sorted(touched, key=lambda window: window.remaining)

    def _step(self, rate: Rate, token: str, now: float) -> Window:
        old = self._windows.get((rate.name, token))
        if old is None or old.resets_at <= now:
            new = Window(rate, 1, now + rate.seconds)
        else:
            new = Window(rate, old.used + 1, old.resets_at)
        self._windows[rate.name, token] = new
        return new
