"""How far ahead a network takes what it is to publish later, and how much of it: told before anything is uploaded.

It must not ask the network: of what others handed over there, only the network knows.
"""

from datetime import UTC, datetime, timedelta

from kanal.ledger import AWAY, Ledger
from kanal.limits import SchedulingLimits
from kanal.message import Message, msg

UPLOADS = timedelta(minutes=1)
"""What is kept in hand for uploads, and for clocks that differ."""


def too_near(limits: SchedulingLimits, at: datetime, now: datetime) -> Message | None:
    """Why the network does not take a post for `at` any more, if so."""
    if at - now >= limits.least + UPLOADS:
        return None
    return msg(
        "It is due at {time}. The network takes only what is at least {minutes} minutes away; run kanal publish when"
        " its time has come.",
        time=at,
        minutes=int(limits.least.total_seconds()) // 60,
    )


def too_far(limits: SchedulingLimits, at: datetime, now: datetime) -> Message | None:
    """Why the network does not take a post for `at` yet, if so."""
    if limits.most is None or at - now <= limits.most:
        return None
    return msg(
        "It is due at {time}. The network takes posts at most {days} days ahead; hand it over later.",
        time=at,
        days=limits.most.days,
    )


def no_room(limits: SchedulingLimits, channel: str, at: datetime, now: datetime, ledger: Ledger) -> Message | None:
    """Why the network does not take another one for `at`, as far as the ledger knows what waits there."""
    if limits.total is None and limits.a_day is None:
        return None
    keys = [key for key, (state, _) in ledger.states().items() if state in AWAY and key.channel == channel]
    known = (ledger.standing(key) for key in keys)
    times = [one.comes_out_at for one in known if one and one.comes_out_at and one.comes_out_at > now]
    if limits.total is not None and len(times) >= limits.total:
        return msg("{count} posts wait at the network already, and it takes no more.", count=len(times))
    day = at.astimezone(UTC).date()
    that_day = sum(time.astimezone(UTC).date() == day for time in times)
    if limits.a_day is not None and that_day >= limits.a_day:
        return msg(
            "{count} posts wait at the network for {day} (UTC) already, and it takes no more for one day.",
            count=that_day,
            day=f"{day}",
        )
    return None
