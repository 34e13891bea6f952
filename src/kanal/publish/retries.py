"""Trying again within one run, where the network did not take it: as long as waiting helps, and never at once.

It must not know what is tried.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

from kanal.errors import Unavailable
from kanal.model import DeliveryKey
from kanal.publish.conditions import Conditions
from kanal.publish.waiting import Waiting

T = TypeVar("T")
SHORTEST_PAUSE = timedelta(seconds=0.5)
RETRY_AFTER = (1.0, 3.0)
"""Seconds to wait before trying again where the network names no time. After that the channel rests for this run."""


class Retries:
    """One channel's patience. Used by one thread."""

    def __init__(self, conditions: Conditions, waiting: Waiting) -> None:
        self._on = conditions
        self._waiting = waiting

    def attempt(self, key: DeliveryKey, attempt: Callable[[], T]) -> T | Unavailable:
        """What the attempt gives; or what stood in its way the last time, when waiting does not help any more."""
        pauses = iter(RETRY_AFTER)
        while True:
            try:
                return attempt()
            except Unavailable as error:
                wake = self._next_try(error, pauses)
                if wake is None or not self._waiting.until(wake, key, error.message):
                    return error

    def _next_try(self, error: Unavailable, pauses: Iterator[float]) -> datetime | None:
        """When to try again, or None when that is for a person or for another run."""
        if error.needs_person or self._on.stop.is_set():
            return None
        if error.retry_at:
            return max(error.retry_at, self._on.now() + SHORTEST_PAUSE)
        pause = next(pauses, None)
        return None if pause is None else self._on.now() + timedelta(seconds=pause)
