"""What a text says to a reader, file names in it included: `Urkunde_ErikaMuster.pdf` says “Urkunde Erika Muster”.

This module must not know what is searched for in them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kanal.detect import Hit
from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

FILE_ENDING = (
    r"\.(?:jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|svg|pdf|docx?|xlsx?|pptx?|od[tsp]|txt|csv|vcf"
    r"|mp[34]|m4[av]|mov|webm|srt|vtt|zip)\b"
)
"""For an expression that ignores case."""
_ENDING = Pattern(rf"(?i){FILE_ENDING}")
_MAYBE_ENDING = Pattern(
    r"\.(?=[a-dghjmopstv-xzA-DGHJMOPSTV-XZ])(?i:av|bm|cs|do|gi|he|jp|m[4op]|od|p[dnp]|s[rv]|t[ix]|v[ct]|we|xl|zi)"
)
"""Compiled sooner than the endings, and unknown to most addresses."""
_STEM = Pattern(r"[^\s/\\\"'„“”‚‘«»<>|=?&:@]{1,120}\Z")
_PARAMETER = Pattern(r"(?i)[?&][\w-]{0,20}name=([^&#\s]{1,120})")
_LONGEST = 120
_SEPARATOR = Pattern(r"%20|[_+.~-]")


class Reading(NamedTuple):
    """A text to search in; its character `i` stands at `places[i]` of the text it was taken from."""

    text: str
    places: Sequence[int]
    is_file_name: bool = False

    def hit(self, start: int, end: int, kind: str) -> Hit:
        """The hit on `text[start:end]`, at its place in the whole text."""
        return Hit(self.places[start], self.places[end - 1] + 1, kind)


def may_name_a_file(text: str) -> bool:
    """Whether it is worth looking for the ending of a file in a text; few other words look like one."""
    return _MAYBE_ENDING.search(text) is not None


@lru_cache(REMEMBERED)
def readings(text: str) -> tuple[Reading, ...]:
    """The text itself, then each file name in it without its ending, and values of parameters such as `filename=`."""
    return tuple(_readings(text))


def _readings(text: str) -> Iterator[Reading]:
    yield Reading(text, range(len(text)))
    if may_name_a_file(text):
        for ending in _ENDING.finditer(text):
            stem = _STEM.search(text[max(0, ending.start() - _LONGEST) : ending.start()])
            if stem:
                yield _file_name(stem[0], ending.start() - len(stem[0]))
    if "name=" in text:
        for value in _PARAMETER.finditer(text):
            yield _file_name(value[1], value.start(1))


def _file_name(name: str, start: int) -> Reading:
    spread = _SEPARATOR.sub(lambda found: " " + "\0" * (len(found[0]) - 1), name)
    signs: list[str] = []
    places: list[int] = []
    before = " "
    for place, sign in enumerate(spread, start):
        if sign == "\0":
            continue
        if (before.islower() and sign.isupper()) or (before.isalpha() and sign.isdigit()):
            signs.append(" ")
            places.append(place)
        signs.append(sign.upper() if before == " " and len(sign.upper()) == 1 else sign)
        places.append(place)
        before = sign
    return Reading("".join(signs), places, is_file_name=True)
