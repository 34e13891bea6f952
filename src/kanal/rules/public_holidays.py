"""Public holidays of the Länder, as more than one rule asks for them.

It stands outside of the families, where every module is a rule, and must not know drafts.
"""

from datetime import date
from functools import lru_cache

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
_WEDNESDAY = 2


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
