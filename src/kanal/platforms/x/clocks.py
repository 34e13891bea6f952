"""Whether this computer's clock is too far from X's: a signature of OAuth 1.0a holds a time, and X refuses a wrong one.

X says of that no more than of a wrong key (401), but dates its answers. This module must not send anything.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kanal.transport.clocks import ahead

TOLERATED = timedelta(minutes=5)
"""docs/networks.md#x-errors : what X takes, and less than any clock should be off."""


def minutes_off(headers: Mapping[str, str], now: datetime) -> int | None:
    """How many minutes `now` (aware) is away from the answer's own date, where that is too many."""
    there = ahead(headers, now)
    away = timedelta() if there is None else abs(there)
    return None if away <= TOLERATED else round(away / timedelta(minutes=1))
