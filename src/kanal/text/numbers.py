"""Where the numbers of a text stand. A dozen searches begin with a digit, and each would go through all letters for it.

This module must not know what a number means.
"""

from collections.abc import Iterator
from functools import lru_cache
from re import Match
from typing import NamedTuple

from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

_GROUPED = Pattern(r"[0-9](?>[0-9]*(?:[^0-9A-Za-z]{1,3}[0-9]+)*)")


class Number(NamedTuple):
    """Digits in `text[start:end]`, however they are grouped; up to three signs between them, no letters of ASCII."""

    start: int
    end: int
    digits: int


@lru_cache(REMEMBERED)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in order."""
    return tuple([Number(*found.span(), _digits(found[0])) for found in _GROUPED.finditer(text)])


def _digits(number: str) -> int:
    return len(number) if number.isdigit() else sum(map(str.isdigit, number))


@lru_cache(REMEMBERED)
def longest(text: str) -> int:
    """Digits in the longest number."""
    return max((number.digits for number in numbers(text)), default=0)


def in_numbers(pattern: Pattern, text: str, beyond: int, sign: str = "") -> Iterator[Match[str]]:
    """As `pattern.finditer(text)`, for a pattern that begins with a digit of a number.

    It looks at most at `beyond` signs behind that number; `sign` stands in each match, behind the number at the latest.
    """
    position = 0
    for start, end, _ in numbers(text):
        if end > position and sign in text[start : end + 1]:
            for found in pattern.compiled.finditer(text, max(position, start), end + beyond):
                if found.start() >= end:
                    break
                yield found
                position = found.end()
