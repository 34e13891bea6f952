"""Days and hours as people type them and Excel saves them. It must not know questions or the clock.

Two-digit years and `12/01/2027` are refused: nobody can tell which century or order is meant. No message repeats what
was typed; in the wrong column it may be a citizen's name.
"""

import re
from datetime import date, time

from kanal.drafting.calendars import CALENDARS
from kanal.message import Message, msg

_DAY = re.compile(
    r"(?:(?P<weekday>[^\W\d_]+)\.?,?\s+)?"
    r"(?:(?P<y>\d{4})-(?P<m>\d\d?)-(?P<d>\d\d?)"
    r"|(?P<day>\d\d?)(?:\.\s?(?P<number>\d\d?)\.\s?|\.?\s(?P<month>[^\W\d_]+)\s)(?P<year>\d{4}))"
)
_HOUR = re.compile(r"(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d)(?::00)?)?(?:\s?(?:Uhr|h))?", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:T|,?\s+(?:um |at )?)(?=\d)")
_MIDNIGHT = re.compile(r"\s+0?0:00(?::00)?")
_LAST_HOUR = 24
NO_DAY = msg("This is not a day. Write it like 24.12.2027 or 2027-12-24.")
NO_HOUR = msg("This is not a time of day. Write it like 8:30 or 18 Uhr.")
NO_TIME = msg("This is not a day and a time. Write it like 24.12.2027 8:30 or 2027-12-24 08:30.")


def read_day(text: str) -> date | Message:
    """The day that `text` means."""
    found = _DAY.match(text)
    rest = text[found.end() :] if found else "?"
    return _to_day(found) if found and (not rest or _MIDNIGHT.fullmatch(rest)) else NO_DAY


def read_hour(text: str) -> time | Message:
    """The time of day that `text` means."""
    found = _HOUR.fullmatch(text)
    return _to_hour(found) if found else NO_HOUR


def read_time(text: str) -> tuple[date, time] | Message:
    """The day and the time of day that `text` means."""
    found = _DAY.match(text)
    between = _BETWEEN.match(text, found.end()) if found else None
    at = _HOUR.fullmatch(text, between.end()) if between else None
    if found is None or at is None:
        return NO_TIME
    day, hour = _to_day(found), _to_hour(at)
    if isinstance(day, Message):
        return day
    return hour if isinstance(hour, Message) else (day, hour)


def _to_day(found: re.Match[str]) -> date | Message:
    month = _month(found["month"]) if found["month"] else int(found["m"] or found["number"])
    if month is None:
        return NO_DAY
    try:
        day = date(int(found["y"] or found["year"]), month, int(found["d"] or found["day"]))
    except ValueError:
        return msg("There is no such day in the calendar.")
    if found["weekday"] and not _agrees(found["weekday"], day):
        return msg("The day of the week does not go with this date.")
    return day


def _to_hour(found: re.Match[str]) -> time | Message:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if (hour, minute) == (_LAST_HOUR, 0):
        return msg("Midnight belongs to the next day as 0:00. Write 23:59 for the end of the day.")
    try:
        return time(hour, minute)
    except ValueError:
        return NO_HOUR


def _month(word: str) -> int | None:
    """The number of a month's name, perhaps shortened."""
    known = {name.casefold(): number for one in CALENDARS.values() for number, name in enumerate(one.months, 1)}
    fitting = {number for name, number in known.items() if len(word) > 2 and name.startswith(word.casefold())}  # noqa: PLR2004 - Jan, Mai
    return fitting.pop() if len(fitting) == 1 else None


def _agrees(word: str, day: date) -> bool:
    names = {
        names[day.weekday()].casefold() for one in CALENDARS.values() for names in (one.weekdays, one.short_weekdays)
    }
    return word.casefold() in names
