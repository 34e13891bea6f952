"""From a part of a field's value to where it stands in the file: the line to quote, the characters to replace.

A value is not its source: YAML strips indentation, folds lines and knows quotation marks, and rules see “ü” as one sign
where the file may have two (NFC, NFD). So the words are looked for in the source between this field and the next one.
It must not know rules.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from unicodedata import normalize

from kanal.model import Place, Span
from kanal.yaml_document import BREAK

_ESCAPES = {"'": {"'": "''"}, '"': {'"': r'\\"', "\\": r"\\\\"}}
"""How quoted values write signs that would end them (YAML 1.2, 7.3); others write every sign as it is."""
_BLANKS = r"[ \t\r\n]+"
_FIRST_COMPOSED = "\u00c0"


class Stretch(NamedTuple):
    """Where something stands: its place, how many characters of that line, and `text[start:end]` of the source.

    `start` is None where only the field is known (a sign written as an escape, a word broken by a fold). What goes on
    in further lines ends in the last of `lines`, after `tail` characters.
    """

    place: Place
    width: int = 1
    start: int | None = None
    end: int | None = None
    lines: int = 1
    tail: int = 0


class Source:
    """A draft file's text, with the places of its fields."""

    def __init__(self, text: str, places: Mapping[str, Place]) -> None:
        self.text = text
        self._places = places
        self._starts = [0, *(found.end() for found in BREAK.finditer(text))]

    def find(self, field: str, value: str, span: Span | None) -> Stretch:
        """Where `value[span]` of a field stands."""
        begin = self._places.get(field)
        if begin is None or span is None:
            return Stretch(nearest(field, self._places))
        words = value[span.start : span.end]
        start = self._offset(begin)
        escapes = _ESCAPES.get(self.text[start : start + 1], {})
        plain, written = re.compile(_folded(words, {})), re.compile(_folded(words, escapes))
        before = sum(1 for found in plain.finditer(value, 0, span.end) if found.start() < span.start)
        for number, found in enumerate(written.finditer(self.text, start, self._end_of(begin))):
            if number == before:
                return self._stretch(found.start(), found.end())
        whole = self._stretch(start, self._end_of(begin))
        return Stretch(begin, lines=whole.lines, tail=whole.tail)

    def _stretch(self, start: int, end: int) -> Stretch:
        line = next(number for number in range(len(self._starts), 0, -1) if self._starts[number - 1] <= start)
        column = start - self._starts[line - 1] + 1
        first, *more = BREAK.split(self.text[start:end])
        return Stretch(Place(line, column), max(len(first), 1), start, end, 1 + len(more), len(more[-1]) if more else 0)

    def _offset(self, place: Place) -> int:
        return min(self._starts[min(place.line, len(self._starts)) - 1] + place.column - 1, len(self.text))

    def _end_of(self, begin: Place) -> int:
        """Where the next field begins."""
        later = (p for p in self._places.values() if (p.line, p.column) > (begin.line, begin.column))
        following = min(later, key=lambda p: (p.line, p.column), default=None)
        return self._offset(following) if following else len(self.text)


def nearest(field: str, places: Mapping[str, Place]) -> Place:
    """Where the field stands, or the nearest field around it that does."""
    while field and field not in places:
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return places.get(field, Place(1, 1))


def _folded(words: str, escapes: Mapping[str, str]) -> str:
    """A pattern for the words, which YAML may break at blanks (YAML 1.2, 6.5): at no-break spaces it does not."""
    return _BLANKS.join(
        "".join(escapes.get(sign, _written(sign)) for sign in word) for word in re.split(_BLANKS, words)
    )


def _written(sign: str) -> str:
    """A pattern for the sign, composed or not."""
    if sign < _FIRST_COMPOSED:
        return re.escape(sign)
    apart = normalize("NFD", sign)
    return re.escape(sign) if apart == sign else f"(?:{re.escape(sign)}|{re.escape(apart)})"
