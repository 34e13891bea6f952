"""From a part of a field's value to where it stands in the file: the line to quote, the characters to replace.

A value is not its source: YAML strips indentation, folds lines and knows quotation marks, and rules see “ü” as one sign
where the file may have two (NFC, NFD). So the words are looked for in the source between this field and the next one.
It must not know rules.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple
from unicodedata import normalize

from kanal.lint.signs import Sign, signs, with_marks
from kanal.model import Place, Span
from kanal.yaml_document import BREAK

_BLANKS = r"[ \t\r\n]+"
_QUOTES = frozenset("\"'")
_BLOCKS = frozenset("|>")
_FIRST_COMPOSED = "\u00c0"


class Stretch(NamedTuple):
    """Where something stands: its place, how many characters of that line, and `text[start:end]` of the source.

    `start` is None where only the field is known (a word broken by a fold). What goes on in further lines ends in the
    last of `lines`, after `tail` characters. `quote` is the quotation mark around the value, if there is one.
    """

    place: Place
    width: int = 1
    start: int | None = None
    end: int | None = None
    quote: str = ""
    lines: int = 1
    tail: int = 0


class _Quoted(NamedTuple):
    """What a quoted value says (NFC), and for each character of it, where that is written."""

    said: str
    written: tuple[Sign, ...]


class Source:
    """A draft file's text, with the places of its fields."""

    def __init__(self, text: str, places: Mapping[str, Place]) -> None:
        self.text = text
        self._places = places
        self._quoted_values: dict[int, _Quoted] = {}
        self._starts = [0, *(found.end() for found in BREAK.finditer(text))]

    def find(self, field: str, value: str, span: Span | None) -> Stretch:
        """Where `value[span]` of a field stands."""
        begin = self._places.get(field)
        if begin is None or span is None:
            return Stretch(nearest(field, self._places))
        start = self.offset(begin)
        if self.text[start : start + 1] in _QUOTES:
            return self._quoted(start, begin, value, span)
        words = re.compile(_folded(value[span.start : span.end]))
        before = sum(1 for found in words.finditer(value, 0, span.end) if found.start() < span.start)
        for number, found in enumerate(words.finditer(self.text, self._first_sign(start, value), self._end_of(begin))):
            if number == before:
                return self._stretch(found.start(), found.end())
        return self._somewhere(start, begin)

    def _quoted(self, start: int, begin: Place, value: str, span: Span) -> Stretch:
        quote = self.text[start]
        if start not in self._quoted_values:
            found = tuple(with_marks(signs(self.text, start + 1, self._end_of(begin), quote)))
            said = "".join(sign.said for sign in found)
            self._quoted_values[start] = _Quoted(said, tuple(sign for sign in found for _ in sign.said))
        whole = self._quoted_values[start]
        before = whole.said.find(value)  # without the line ends around it, perhaps
        meant = whole.written[before + span.start : before + span.end] if before >= 0 else ()
        if not meant:
            return self._somewhere(start, begin)
        return self._stretch(meant[0].start, meant[-1].end)._replace(quote=quote)

    def _somewhere(self, start: int, begin: Place) -> Stretch:
        """In this field, up to the next one."""
        whole = self._stretch(start, self._end_of(begin))
        return Stretch(begin, lines=whole.lines, tail=whole.tail)

    def _first_sign(self, start: int, value: str) -> int:
        """Where a value's words begin: a block's below the line that announces it (YAML 1.2, 8.1.1).

        An alternative text goes without the blanks around it, no-break ones too.
        """
        if self.text[start : start + 1] in _BLOCKS:
            found = BREAK.search(self.text, start)
            start = found.end() if found else start
        while not value[:1].isspace() and self.text[start : start + 1].isspace():
            start += 1
        return start

    def _stretch(self, start: int, end: int) -> Stretch:
        line = next(number for number in range(len(self._starts), 0, -1) if self._starts[number - 1] <= start)
        column = start - self._starts[line - 1] + 1
        first, *more = BREAK.split(self.text[start:end])
        stretch = Stretch(Place(line, column), max(len(first), 1), start, end)
        return stretch._replace(lines=1 + len(more), tail=len(more[-1])) if more else stretch

    def offset(self, place: Place) -> int:
        """How many characters stand before a place."""
        return min(self._starts[min(place.line, len(self._starts)) - 1] + place.column - 1, len(self.text))

    def _end_of(self, begin: Place) -> int:
        """Where the next field begins."""
        later = (p for p in self._places.values() if (p.line, p.column) > (begin.line, begin.column))
        following = min(later, key=lambda p: (p.line, p.column), default=None)
        return self.offset(following) if following else len(self.text)


def nearest(field: str, places: Mapping[str, Place]) -> Place:
    """Where the field stands, or the nearest field around it that does."""
    while field and field not in places:
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return places.get(field, Place(1, 1))


def _folded(words: str) -> str:
    """A pattern for the words, which YAML may break at blanks (YAML 1.2, 6.5): at no-break spaces it does not."""
    return _BLANKS.join("".join(map(_either, word)) for word in re.split(_BLANKS, words))


def _either(sign: str) -> str:
    """A pattern for the sign, composed or not."""
    if sign < _FIRST_COMPOSED:
        return re.escape(sign)
    apart = normalize("NFD", sign)
    return re.escape(sign) if apart == sign else f"(?:{re.escape(sign)}|{re.escape(apart)})"
