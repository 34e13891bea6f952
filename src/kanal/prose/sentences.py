"""Where sentences begin and end, and how many words they have.

Posts are no essays: a line of a list, a headline, what stands behind a colon count as sentences of their own. This
module must not know how long a sentence may be.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress, count, groupby
from pathlib import Path
from typing import NamedTuple

from kanal.prose.lists import words_of
from kanal.prose.pieces import LINE_END, PARAGRAPH_END, Pieces, count_letter_words, pieces
from kanal.prose.words import bare
from kanal.text.signs import REMEMBERED

LONGEST_LIST_ITEM = 3
"""Words between two commas that readers take in as an item of a list (or as part of a date)."""

_ABBREVIATIONS = Path(__file__).with_name("abbreviations.txt")
_BEGINNINGS = Path(__file__).with_name("sentence_beginnings.txt")
_ALWAYS_AN_END = (":", PARAGRAPH_END)
_YEAR_DIGITS = 4
_FEWEST_COMMAS = 3


class Sentence(NamedTuple):
    """`text[start:end]`, without blanks around it; `words` as `count_words` has them."""

    start: int
    end: int
    words: int


@lru_cache(REMEMBERED)
def sentence_lengths(text: str) -> tuple[int, ...]:
    """How many words each sentence has. Sooner said than where they stand (`sentences`)."""
    parts = pieces(text)
    return tuple(filter(None, [_words_to_hold(parts, begin, end) for begin, end in _stretches(parts)]))


@lru_cache(REMEMBERED)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that have words, in order."""
    parts = pieces(text)
    places = list(_places(bare(text), parts))
    found = []
    for begin, end in _stretches(parts):
        words = _words_to_hold(parts, begin, end)
        if words:
            inside = list(filter(None, places[begin:end]))
            found.append(Sentence(inside[0][0], inside[-1][1], words))
    return tuple(found)


def count_words(text: str) -> int:
    """The words of a sentence that readers must hold together; several short items between commas do not count."""
    parts = [count_letter_words(part) for part in text.split(",")]
    total = sum(parts)
    if len(parts) <= _FEWEST_COMMAS:
        return total
    for short, run in groupby(parts[1:-1], key=lambda count: count <= LONGEST_LIST_ITEM):
        items = list(run)
        if short and len(items) > 1:
            total -= sum(items)
    return total


def _words_to_hold(parts: Pieces, begin: int, end: int) -> int:
    if sum(parts.commas[begin:end]) < _FEWEST_COMMAS:
        return sum(parts.words[begin:end])
    return count_words(" ".join(parts.written[begin:end]))


def _places(text: str, parts: Pieces) -> Iterator[tuple[int, int] | None]:
    """Where each piece begins and ends; None for the ends of lines."""
    end = 0
    for written in parts.written:
        if written:
            start = text.index(written, end)
            end = start + len(written)
            yield start, end
        else:
            yield None


def _stretches(parts: Pieces) -> Iterator[tuple[int, int]]:
    """From which piece to which a sentence goes, or something without words, as indexes."""
    begin = 0
    for end in compress(count(1), parts.stop):
        if not _goes_on(parts, end):
            yield begin, end
            begin = end


def _goes_on(parts: Pieces, end: int) -> bool:
    """Whether the sentence goes on behind the first `end` pieces, which look like its end."""
    stop, last = parts.stop[end - 1], parts.last[end - 1]
    if stop in _ALWAYS_AN_END:
        return False
    word = parts.first[end] if parts.written[end] else parts.first[end + 1]
    if word[:1].islower():
        return stop in (".", ";", LINE_END) or stop[0] in "?!…"
    return last != "" and _is_abbreviated(last, word)


def _is_abbreviated(last: str, word: str) -> bool:
    """Whether the full stop behind `last` belongs to an abbreviation or an ordinal, `word` having no small letter."""
    if last.isdigit():
        return len(last) < _YEAR_DIGITS and word.casefold() not in words_of(_BEGINNINGS)
    return len(last) == 1 or last.casefold() in words_of(_ABBREVIATIONS)
