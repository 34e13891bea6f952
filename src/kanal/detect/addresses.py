"""Postal addresses in German texts: a street with a house number, the town behind it included.

A hint, not a proof. This module must not know which buildings an office may name; their register comes in as an
argument.
"""

import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache

from kanal.detect import Hit
from kanal.detect.hits import apart
from kanal.detect.house_numbers import Number, house_numbers
from kanal.detect.readings import readings
from kanal.detect.streets import Evidence, street_start
from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

_BREAK = Pattern("[,;:!?()\\[\\]{}\"'„“”‚‘«»<>|*•…\n\r\t📍📌🏠🏢]")
_WORD = Pattern(r"\S+")
_ABBREVIATION = Pattern(r"(?i)(?:str|dr|prof|st|bgm|gr|kl|\b[0-9]{1,2}|\b[^\W\d_])\.\Z")
_LONGEST_STREET = 80
_INSIDE = ",;:(📍📌🏠🏢"

# "fest-am-markt-12-05-2026.jpg"
_DATE = Pattern(r" [0-9]")

_STREET = Pattern(r"[-\s]*str(?:asse\b|\b\.?)")
_BLANK = Pattern(r"[-\s]+(?![0-9])|(?<![0-9])[-\s]+")
_DASHES = str.maketrans("\u2010\u2011\u2012\u2013\u2014/+", "-------")
_LEADING = Pattern(r"\A(?:am|im|zum|zur|beim|(?:an|in|auf|unter|hinter|vor|bei|zu|über|neben) (?:der|dem|den)) ")
_NUMBER_WORD = Pattern(r"\b(?:nr\.?|nummer|hausnummer)\s*(?=[0-9])")


def addresses(text: str, official: Collection[str] = ()) -> tuple[Hit, ...]:
    """Streets with a house number (kind `address`), with the postcode and town if they follow.

    `official` are the office's buildings ("Rathaus, Marktplatz 1, 12345 Musterstadt"): no hit for the same street and
    number, however the street is abbreviated.
    """
    # The register is only taken apart for a text with an address.
    return tuple(
        apart(
            reading.hit(start, number.town_end or number.end, "address")
            for reading in readings(text)
            for start, number in _found(reading.text)
            if not (reading.is_file_name and _DATE.compiled.match(reading.text, number.end))
            and _register(tuple(official)).isdisjoint(map(_comparable, _forms(reading.text[start : number.end])))
        )
    )


def _found(text: str) -> Iterator[tuple[int, Number]]:
    """Each house number, with where its street starts."""
    last = 0
    for number in house_numbers(text):
        start = _street(text, max(last, number.start - _LONGEST_STREET), number)
        if start is not None:
            last = number.town_end or number.end
            yield start, number


def _street(text: str, left: int, number: Number) -> int | None:
    # Only the word before the number can tell that there is none: it has a capital.
    if not any(map(str.isupper, text[left : number.start].rpartition(" ")[2])):
        return None
    begin = left
    for sign in _BREAK.finditer(text, left, number.start):
        begin = sign.end()
    words = list(_WORD.finditer(text, begin, number.start))
    inside = begin > 0 and text[begin - 1] in _INSIDE
    for index in range(len(words) - 2, -1, -1):
        if words[index][0].endswith(".") and not _ABBREVIATION.search(words[index][0]):
            words, inside = words[index + 1 :], False
            break
    evidence = Evidence(inside=inside, letter=number.has_letter, town=number.town_end is not None)
    start = street_start([word[0] for word in words], evidence)
    return None if start is None else words[start].start()


@lru_cache(4)
def _register(official: tuple[str, ...]) -> frozenset[str]:
    """The office's buildings, made comparable once for all drafts."""
    return frozenset(_comparable(part) for entry in official for part in _streets_of(entry))


def _streets_of(entry: str) -> Iterator[str]:
    """What may be the street in an entry of the register: its parts between commas, and what is found in it."""
    yield from entry.split(",")
    yield from (entry[start : number.end] for start, number in _found(entry))


def _forms(address: str) -> Iterator[str]:
    """The address, and without a preposition that may only belong to the sentence: "Am Kirchplatz 2"."""
    yield address
    yield _LEADING.sub("", " ".join(address.casefold().split()))


@lru_cache(REMEMBERED)
def _comparable(address: str) -> str:
    plain = unicodedata.normalize("NFC", address).casefold().translate(_DASHES).strip()
    return _BLANK.sub("", _STREET.sub("str", _NUMBER_WORD.sub("", plain)))
