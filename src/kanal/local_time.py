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
    year, month, day, hour, minute, second = (int(group or 0) for group in match.groups())
    try:
        return _exists_once(datetime(year, month, day, hour, minute, second), zone)  # noqa: DTZ001 - the zone comes next
    except (ValueError, OverflowError):  # the latter at the ends of the calendar, on the way to UTC
        return msg("There is no such day or hour: “{text}”.", text=text)


def _exists_once(naive: datetime, zone: ZoneInfo) -> datetime | Message:
    """PEP 495: a time in a gap does not survive the way to UTC and back; one in a fold has two offsets."""
    first = naive.replace(tzinfo=zone)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        return msg(
            "{time} does not exist in {zone}: the clocks go forward in that night. Choose another time.",
            time=f"{naive:%Y-%m-%d %H:%M}",
            zone=zone.key,
        )
    if first.utcoffset() != first.replace(fold=1).utcoffset():
        return msg(
            "{time} happens twice in {zone}: the clocks go back in that night. Choose another time.",
            time=f"{naive:%Y-%m-%d %H:%M}",
            zone=zone.key,
        )
    return first
