"""Numbers that may be the number of a house, and not a count, a time, a date or a length.

This module must not know streets.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kanal.detect.lists import entries
from kanal.detect.surroundings import BLANK
from kanal.text.numbers import numbers
from kanal.text.pattern import Pattern

_LETTER = rf"(?:{BLANK}?[a-hA-H]\b)?"
_AND = rf"(?:{BLANK}?[-–/+]{BLANK}?|{BLANK}(?:bis|und|u\.){BLANK})"
_BEGINNING = Pattern(r"[1-9](?<=[\s.r].)(?![0-9]{3})")
_NUMBER = Pattern(rf"[1-9](?<=[\s.r].)[0-9]{{0,2}}+{_LETTER}(?:{_AND}[1-9][0-9]{{0,2}}+{_LETTER})?(?![\w²³])")
_BEFORE = Pattern(rf"(?:(?<=[Ss]tr\.)|(?<![\s,]),?{BLANK}{{1,2}})(?:(?:Nr\.?|Nummer|Hausnummer){BLANK}?)?\Z")
_MOST_DIGITS = 3
_FARTHEST_STREET = 16
_LONGEST_WORD = 100
"""A text without blanks is one word for each of its numbers."""
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_TOWN_WORD = r"[A-ZÄÖÜ][\w-]{1,40}+"
# "Probendorf am Samstag" is no name, "Weil am Rhein" is one.
_TIME = rf"(?:{_MONTHS}|[\w-]{{0,40}}(?:tag|abend|morgen|nacht|woche|wochenende|jahr))(?![\w-])"
_TOWN = Pattern(
    rf"(?:,?{BLANK}{{0,3}}\n?{BLANK}{{0,8}}|{BLANK}?[–|/·-]{BLANK}?|{BLANK}in{BLANK})(?<![0-9])"
    rf"(?:D-)?[0-9]{{5}}{BLANK}(?:(?:Bad|Sankt|St\.|Neu|Alt|Groß|Klein|Burg|Markt){BLANK})?{_TOWN_WORD}"
    rf"(?:{BLANK}(?:am|an{BLANK}der|im|in{BLANK}der|ob{BLANK}der|vor{BLANK}der|bei){BLANK}(?!{_TIME}){_TOWN_WORD}"
    rf"|{BLANK}?\({_TOWN_WORD}\))?"
)
_POSTCODE = Pattern(r"[0-9]{5}")
_FARTHEST_POSTCODE = 20
_UNITS = "km|m|cm|mm|ha|kg|g|l|t|h|min|qm|Std|kWh|MW|mal|x|Uhr|Euro|Prozent|Mio"
_PARTS = "Etage|Stock|OG|Platz|Preis|Mannschaft|Klasse|Liga|Runde|Auflage|Spieltag|Quartal|Bauabschnitt"
_COUNTED = Pattern(
    rf"[.,:][0-9]|{BLANK}?(?:[%€°×]|(?:{_UNITS})\b)|{BLANK}(?:bis|oder|statt|von|zu){BLANK}[0-9]"
    rf"|\.?{BLANK}?(?:{_MONTHS})\b|\.{BLANK}(?:{_PARTS})\b"
)
_NEXT = Pattern(rf"{BLANK}([^\W\d_]++(?>(?:-[^\W\d_]++)*))(?:{BLANK}([^\W\d_]))?")
_TOWN_ENDINGS = (
    "stadt", "dorf", "burg", "hausen", "heim", "bach", "kirchen", "furt", "ingen", "rode", "hagen", "leben", "berg",
    "feld", "büttel", "itz", "ow", "berlin", "münde", "see", "brück", "werder",
)  # fmt: skip
_NOT_COUNTED = frozenset({
    "tel", "telefon", "zimmer", "raum", "haus", "eingang", "erdgeschoss", "hinterhaus", "og", "eg", "nach", "vor",
})  # fmt: skip
_INFLECTED = ("e", "en", "er", "es")


class Number(NamedTuple):
    """A house number: the street ends at `start`, the number at `end`; `town_end` is where a postcode's town ends."""

    start: int
    end: int
    has_letter: bool
    town_end: int | None


def house_numbers(text: str) -> Iterator[Number]:
    """The numbers up to 999 that may number houses ("12", "3 a", "7–9"), from left to right."""
    position = 0
    for start in _beginnings(text):
        number = _NUMBER.compiled.match(text, start) if start >= position else None
        if number is None or (number[0].isdigit() and not _stands_behind_a_name(text, start)):
            continue
        before = _BEFORE.compiled.search(text, max(0, start - _FARTHEST_STREET), start)
        if before is None or before.start() < position:
            continue
        position = end = number.end()
        has_postcode = _POSTCODE.compiled.search(text, end, end + _FARTHEST_POSTCODE)
        town = _TOWN.compiled.match(text, end) if has_postcode else None
        if town or not _is_count(text, end):
            yield Number(before.start(), end, number[0][-1].isalpha(), town.end() if town else None)


def _beginnings(text: str) -> Iterator[int]:
    """Where groups of digits begin that may be a house number."""
    for start, end, digits in numbers(text):
        if digits < end - start:
            yield from (found.start() for found in _BEGINNING.finditer(text, start, end))
        elif digits <= _MOST_DIGITS:
            yield start


def _stands_behind_a_name(text: str, start: int) -> bool:
    """Whether the word before has a capital, as streets have: most numbers are spared a closer look."""
    farthest = max(0, start - _LONGEST_WORD)
    blank = text.rfind(" ", farthest, max(0, start - 2))
    return any(map(str.isupper, text[max(farthest, blank + 1) : start]))


def _is_count(text: str, end: int) -> bool:
    """Whether a number counts or measures what follows it: "300 Bäume", "12 alte Linden", "5 km", "3. Mai"."""
    if _COUNTED.compiled.match(text, end):
        return True
    following = _NEXT.compiled.match(text, end)
    if following is None:
        return False
    word = following[1].casefold()
    if following[1][0].isupper():
        return word not in _NOT_COUNTED and not word.endswith(_TOWN_ENDINGS)
    is_adjective = word.endswith(_INFLECTED) and word not in entries("no_adjectives")
    return is_adjective and following[2] is not None and following[2].isupper()
