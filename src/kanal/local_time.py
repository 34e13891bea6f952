"""Times as an office writes them: local, without an offset, and existing exactly once.

It must not know drafts or the clock; it turns text and a zone into an aware datetime, or says why it cannot.
"""

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from kanal.message import Message, msg

_FORM = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?")


@lru_cache(maxsize=16)
def parse_local(text: str, zone: ZoneInfo) -> datetime | Message:
    """`2026-11-02 08:00` in `zone`, or what is wrong with it: form, calendar, or a clock change.

    A draft's times are asked for twice in a row, when they are checked and when they are used.
    """
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return msg("“{text}” is not a time. Write it like 2026-11-02 08:00.", text=text)
    try:
        year, month, day, hour, minute, second = map(int, match.groups("0"))
        time, again = (datetime(year, month, day, hour, minute, second, tzinfo=zone, fold=fold) for fold in (0, 1))
        return _exists_once(time, again, zone)
    except (ValueError, OverflowError):  # the latter at the ends of the calendar, on the way to UTC
        return msg("There is no such day or hour: “{text}”.", text=text)


def _exists_once(time: datetime, again: datetime, zone: ZoneInfo) -> datetime | Message:
    """PEP 495: two offsets come into question in a fold and in a gap, and from a gap no way leads to UTC and back."""
    in_utc = time.astimezone(UTC)
    if time.utcoffset() == again.utcoffset():
        return time
    if in_utc.astimezone(zone).replace(tzinfo=None) != time.replace(tzinfo=None):
        return msg(
            "{time} does not exist in {zone}: the clocks go forward in that night. Choose another time.",
            time=f"{time:%Y-%m-%d %H:%M}",
            zone=zone.key,
        )
    return msg(
        "{time} happens twice in {zone}: the clocks go back in that night. Choose another time.",
        time=f"{time:%Y-%m-%d %H:%M}",
        zone=zone.key,
    )
