"""Whether this computer's clock is right, by the clocks of networks."""

from collections.abc import Iterator
from datetime import timedelta

from kanal.doctor.observation import Check, Observation, error, ok, warning
from kanal.message import msg, msgn
from kanal.verification import Verification

NOTICEABLE = timedelta(minutes=1)
TOO_MUCH = timedelta(minutes=5)
"""What X refuses; and posts go out by this clock (docs/networks.md#x-errors)."""
_SET = msg("Set the clock, best by a time server (NTP); posts go out by it.")


def clock(told: Verification) -> Iterator[Observation]:
    """How far the network's clock is away."""
    if told.clock_off is None:
        return
    away = abs(told.clock_off)
    if away <= NOTICEABLE:
        yield ok(Check.CLOCK, msg("right"))
        return
    minutes = round(away / timedelta(minutes=1))
    fast = msgn(
        "This computer's clock is {count} minute fast.", "This computer's clock is {count} minutes fast.", minutes
    )
    slow = msgn(
        "This computer's clock is {count} minute slow.", "This computer's clock is {count} minutes slow.", minutes
    )
    message = slow if told.clock_off > timedelta() else fast
    yield (error if away > TOO_MUCH else warning)(Check.CLOCK, message, _SET)
