"""Dates of birth, by the word that stands beside them; congratulations stand in `congratulations`.

A rule for a whole age group (“alle nach dem 31.12.1970 Geborenen”) is no date of birth. This module must not know what
day it is.
"""

import re

from kanal.detect import Hit
from kanal.detect.congratulations import congratulations
from kanal.detect.surroundings import BLANK
from kanal.text.numbers import in_numbers
from kanal.text.pattern import Pattern
from kanal.text.signs import small

__all__ = ["birth_dates", "congratulations"]

_MONTHS = (
    r"(?i:jan(?:uar|\.)?|jänner|feb(?:ruar|r?\.)?|märz|mrz\.?|mär\.|apr(?:il|\.)?|mai|juni?\.?|juli?\.?|aug(?:ust|\.)?"
    r"|sep(?:tember|t?\.)?|okt(?:ober|\.)?|nov(?:ember|\.)?|dez(?:ember|\.)?)"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_FULL_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_DATE = Pattern(
    rf"(?<![0-9])(?:{_DAY}\.{BLANK}?{_MONTH}\.{BLANK}?(?:{_FULL_YEAR}|['’]?[0-9]{{2}}(?![0-9]))"
    rf"|{_DAY}\.?{BLANK}?{_MONTHS}{BLANK}{_FULL_YEAR}"
    rf"|(?:19|20)[0-9]{{2}}-{_MONTH}-{_DAY}(?![0-9])"
    rf"|{_DAY}(?P<stroke>[-/_]){_MONTH}(?P=stroke){_FULL_YEAR})",
)
_LONGEST_END = 20
"""Month and year, behind the number of the day."""
_ANY_WORD = Pattern(r"geb(?:or|urt|dat|[^a-zäöü]|\Z)|born|\*", "geb", "born", "*")
"""In small letters; most words with “geb” are others: “Gebäude”, “gebeten”, “Ergebnis”."""
_DISTANCE = 20

# A star alone begins a list entry or a footnote; behind a name or a bracket it is the sign for “born”.
_BORN_BEFORE = Pattern(
    r"(?:(?<![^\W\d_])(?i:geboren(?:e[nrs]?)?|geburtsdatum|geburtsdaten|geb(?>(?:\.-?dat(?:um|\.)|datum|\.)?)|born)(?![^\W\d_])"
    rf"(?:(?![.!?;]\s)[\s\S]){{0,{_DISTANCE}}}"
    rf"|(?:(?<=[\w),]\s)|(?<=\())\*{BLANK}?)\Z"
)
_BORN_BEHIND = Pattern(rf"(?i)\A(?:(?![.!?;]\s)[\s\S]){{0,{_DISTANCE}}}?(?<![^\W\d_])geboren(?:e[nrs]?)?(?![^\W\d_])")
_BIRTHDAY_BEFORE = Pattern(
    rf"(?i)(?<![0-9]\.\s)(?<!runde[nrs]\s)geburtstag(?!\s?(?:der|des|uns|von))[^.!?;]{{0,{_DISTANCE}}}\Z"
)
_BIRTHDAY_BEHIND = Pattern(r"(?i)\A\s{0,2}(?:in\s)?geburtstag")
_NEWEST_BIRTHDAY = 2019
"""Celebrations are announced with this year's date; children's birthdays by nobody."""

_AGE_GROUP = Pattern(
    r"(?i)(?<![^\W\d_])(?:ab|bis|nach|seit|spätestens|und|vor|zum|zwischen)(?:\s(?:dem|zum|einschließlich))?\s\Z"
)


def birth_dates(text: str) -> tuple[Hit, ...]:
    """Full dates (1.2.1980, 1. Februar 1980, 1980-02-01, 01.02.80) within 20 characters of a word for being born."""
    if _ANY_WORD.search(small(text)) is None:
        return ()
    return tuple(
        Hit(*found.span(), "birth-date") for found in in_numbers(_DATE, text, _LONGEST_END) if _is_birth(text, found)
    )


def _is_birth(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    before, behind = text[max(0, start - 48) : start], text[end : end + 40]
    if _AGE_GROUP.search(before) is not None:
        return False
    if _BORN_BEFORE.search(before) is not None or _BORN_BEHIND.search(behind) is not None:
        return True
    birthday = _BIRTHDAY_BEFORE.search(before) is not None or _BIRTHDAY_BEHIND.search(behind) is not None
    return birthday and _year(found[0]) <= _NEWEST_BIRTHDAY


def _year(date: str) -> int:
    """The year of a date as written; of two digits, the century in which it is past."""
    numbers = re.findall("[0-9]+", date)
    year = int(numbers[0] if len(numbers[0]) > 2 else numbers[-1])  # noqa: PLR2004 -- 1980-02-01 begins with it
    return year if year > 99 else 1900 + year  # noqa: PLR2004 -- two digits
