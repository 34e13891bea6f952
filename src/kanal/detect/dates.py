"""Dates as people write them in German texts, with the weekday beside them, and which days they may mean.

Times of day are no business of this module, nor are words such as “morgen”; it must not know why somebody asks.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from kanal.text.numbers import in_numbers
from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
LOOKING_BACK = timedelta(days=60)
"""What is over for longer means next year's date: offices rarely look back further without naming the year."""

WEEKDAY = (
    r"(?:Mo(?:ntag)?|Di(?:enstag)?|Mi(?:ttwoch)?|Do(?:nnerstag)?|Fr(?:eitag)?|Sa(?:mstag)?|Sonnabend|So(?:nntag)?)"
)
"""A weekday, also abbreviated; `weekday_of` gives its number."""

# Austrian and abbreviated names begin alike: Jänner, Mrz, Sept.
_MONTH_NUMBERS = {"jä": 1, "mr": 3} | {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_NAMES = (
    r"Januar|Jänner|Jan|Februar|Feber|Feb|März|Mrz|April|Apr|Mai|Juni|Jun|Juli|Jul|August|Aug|September|Sept|Sep"
    r"|Oktober|Okt|November|Nov|Dezember|Dez"
)
_DATE = Pattern(
    r"(?P<day>[0-9](?<![\d,].)(?<!\d\..)(?:(?<=[12])\d|(?<=3)[01]|(?<=0)[1-9]|(?<=[1-9])))\.\s{0,2}"
    rf"(?:(?P<number>0?[1-9]|1[0-2])\.|(?P<name>{_NAMES})(?![^\W\d_])(?:\.(?=\s?\d))?)"
    r"(?:\s?(?P<year>(?:19|20)\d\d)(?!\d)|(?<=\d\.)(?P<short>\d\d)(?![\d.]))?"
)
_WEEKDAY_BEFORE = Pattern(
    rf"(?<![^\W_])(?P<weekday>{WEEKDAY})(?:\s?(?:vormittag|mittag|nachmittag|abend|morgen|nacht|früh))?"
    r"(?:[.,]{1,2}\s{0,2}|\s{1,2})\(?(?:(?:dem|den|der|am)\s)?\Z"
)
_WEEKDAY_BEHIND = Pattern(rf"\s?\(\s?(?P<brackets>{WEEKDAY})\.?\s?\)|,\seine[mnr]?\s(?P<apposition>{WEEKDAY})(?!\w)")
_ONE_OF_SEVERAL = Pattern(rf"{WEEKDAY}s?\.?\s?(?:/|–|-|,|&|und|bis|oder|sowie)\s?(?:zum\s)?\Z")
_INTRODUCED = Pattern(r"(?i)(?<!\w)(?:am|bis|vom|von|ab|zum|dem|den|der|und|seit)\s{1,2}\Z")
_BEFORE = 40
_LONGEST_END = 24
"""Month and year, behind the number of the day."""


class WrittenDate(NamedTuple):
    """A date in a text: `text[start:end]`, weekday included. `weekday` counts from Monday as 0."""

    start: int
    end: int
    day: int
    month: int
    year: int | None
    weekday: int | None

    def in_year(self, year: int) -> date | None:
        """That day in `year`, or None if there is none (29 February, 31 April)."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


@lru_cache(REMEMBERED)
def dates(text: str) -> tuple[WrittenDate, ...]:
    """The dates of a text in order: “Dienstag, 12. Januar 2027”, “8.12.”, “Mi, 9.12.26”, “5. Mai (Mittwoch)”.

    A number pair such as “8.12.” counts only behind a weekday or a word like “am”; where several weekdays stand before
    a date, it has none. Several rules ask for the same text one after the other.
    """
    if "." not in text:
        return ()
    found = []
    for written in in_numbers(_DATE, text, _LONGEST_END, "."):
        before = text[max(0, written.start() - _BEFORE) : written.start()]
        lead = _WEEKDAY_BEFORE.search(before)
        behind = None if lead else _WEEKDAY_BEHIND.compiled.match(text, written.end())
        year = int(written["year"]) if written["year"] else 2000 + int(written["short"]) if written["short"] else None
        if year is None and not written["name"] and not lead and not behind and not _INTRODUCED.search(before):
            continue
        start = written.start() - len(before) + lead.start() if lead else written.start()
        word = lead["weekday"] if lead else behind[behind.lastgroup or 0] if behind else ""
        found.append(
            WrittenDate(
                start=start,
                end=behind.end() if behind else written.end(),
                day=int(written["day"]),
                month=int(written["number"]) if written["number"] else month_of(written["name"]),
                year=year,
                weekday=weekday_of(word) if word and not (lead and _is_one_of_several(text, start)) else None,
            )
        )
    return tuple(found)


def _is_one_of_several(text: str, start: int) -> bool:
    return _ONE_OF_SEVERAL.search(text[max(0, start - _BEFORE) : start]) is not None


def weekday_of(word: str) -> int:
    """The number of a weekday, Monday being 0, by its German name or the first two letters of it."""
    return 5 if word == "Sonnabend" else [name[:2] for name in WEEKDAYS].index(word[:2])


def month_of(word: str) -> int:
    """The number of a month, January being 1, by its German name or the beginning of it."""
    small = word.lower()
    return _MONTH_NUMBERS.get(small[:3]) or _MONTH_NUMBERS[small[:2]]


def possible_days(written: WrittenDate, years: Collection[int], seen: date | None) -> tuple[date, ...]:
    """The days that a date may mean, the likeliest first; none if that cannot be told, or if there is no such day.

    `years` are those that the text names beside other dates, `seen` is when it is read. What was only just is likelier
    than what comes in a year.
    """
    if written.year is not None:
        day = written.in_year(written.year)
        return () if day is None else (day,)
    around = [written.in_year(year) for year in (seen.year - 1, seen.year, seen.year + 1)] if seen else []
    just_over = [day for day in around if day and seen and day < seen <= _later(day)]
    ahead = [day for day in around if day and seen and day >= seen]
    wanted = [day.year for day in (*just_over[:1], *ahead[:1])] + sorted(years)
    return tuple(day for day in (written.in_year(year) for year in dict.fromkeys(wanted)) if day is not None)


def _later(day: date) -> date:
    return day + LOOKING_BACK if date.max - day > LOOKING_BACK else date.max


def meant_day(written: WrittenDate, years: Collection[int], seen: date | None) -> date | None:
    """The one of the `possible_days` that the weekday speaks for, or else the likeliest."""
    days = possible_days(written, years, seen)
    return next((day for day in days if day.weekday() == written.weekday), days[0] if days else None)


def in_words(day: date) -> str:
    """A day as it belongs into a German text: `Dienstag, 24. November 2026`."""
    return f"{WEEKDAYS[day.weekday()]}, {day.day}. {MONTHS[day.month - 1]} {day.year}"
