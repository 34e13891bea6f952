"""Rule: a post on a public holiday is meant to go out then."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Subject, rule

FIXED = frozenset(
    {
        *((1, 1), (1, 6), (3, 8), (5, 1), (8, 8), (8, 15), (9, 20), (10, 3), (10, 31), (11, 1), (12, 25), (12, 26)),
        *((5, 8), (6, 17)),  # single years in Berlin: anniversaries of 1945 and 1953
    }
)
AFTER_EASTER = frozenset({-2, 0, 1, 39, 49, 50, 60})
"""Days from Easter Sunday to Good Friday, Easter, Ascension Day, Pentecost and Corpus Christi."""
_REPENTANCE = ((11, 16), (11, 22))
"""The Wednesday before 23 November."""
_WEDNESDAY, _SUNDAY = 2, 6


@rule("info", when="planned")
def check(subject: Subject, *, sundays: bool = False, catholic: bool = False) -> Iterator[Problem]:
    """A post that is planned for a public holiday of the office's Land is meant for that day.

    On holidays the office is closed, and nobody answers. Greetings belong there; a note on new opening hours can mostly
    wait. Which Land it is stands in config/kanal.yaml (`state`).

    Options:
        sundays: whether Sundays count, too
        catholic: whether the office lies in a municipality of mostly Catholic people, where Bavaria has a holiday more
            (Mariä Himmelfahrt), and so have some places in Saxony and Thuringia (Fronleichnam)

    Source: laws of the Länder on Sundays and public holidays, as the Python library “holidays” knows them.

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2026-12-24 08:00
        text: Das Bürgerbüro ist umgezogen.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2026-12-25 08:00
        text: Das Bürgerbüro ist umgezogen.
    """
    at = subject.draft.publish_at
    if at is None or subject.draft.type is DraftType.CRISIS:
        return
    name = holiday_on(at.date(), subject.office.state, catholic=catholic) if subject.office.state else None
    if name:
        yield Problem("publish_at", msg("That day is a public holiday ({name}). Is the post meant for it?", name=name))
    elif sundays and at.weekday() == _SUNDAY:
        yield Problem("publish_at", msg("That day is a Sunday. Is the post meant for it?"))


@lru_cache(maxsize=64)  # drafts come in bunches for the same few days
def holiday_on(day: date, state: str, *, catholic: bool = False) -> str | None:
    """The German name of a holiday in that Land (`BY`); with `catholic` also of one that only some municipalities have.

    Loading the library takes a quarter of a second: only for days that may be a holiday.
    """
    if not may_be_holiday(day):
        return None
    from holidays import country_holidays

    categories = ("public", "catholic") if catholic else ("public",)
    return country_holidays("DE", subdiv=state, years=day.year, language="de", categories=categories).get(day)


def may_be_holiday(day: date) -> bool:
    """Whether `day` is a public holiday in some Land, now or in the last decades."""
    place = (day.month, day.day)
    return (
        place in FIXED
        or (day - _easter(day.year)).days in AFTER_EASTER
        or (_REPENTANCE[0] <= place <= _REPENTANCE[1] and day.weekday() == _WEDNESDAY)
    )


@lru_cache(maxsize=16)
def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar: the anonymous algorithm of 1876 (Meeus, Astronomical Algorithms)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)
