"""Where sentences begin and end, and how many words they have.

Posts are no essays: a line of a list, a headline, what stands behind a colon count as sentences of their own. This
module must not know how long a sentence may be.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from kanal.prose.lists import words_of
from kanal.prose.words import PIECES_REMEMBERED, bare
from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

LONGEST_LIST_ITEM = 3
"""Words between two commas that readers take in as an item of a list (or as part of a date)."""

# Each expression begins with a sign, not with a look around it: the rest of a text is passed over at once.
_END = Pattern(r"[.!?…:;\n](?:(?<=\n)\s*+|(?<![.!?…:;].)[.!?…:;]*+[“”\"»«’‘)\]]*+(?=\s|\Z))")
_LAST_WORD = Pattern(r"[\w.]++\Z")
_NEXT_WORD = Pattern(r"\s*+[„“\"»«(\[‚‘]*+(\w*+)")
# Tokens with a letter; 9b, 18:30, 1.200 and the signs of gender inside a word make no words.
_COUNTED = Pattern(r"[^\W\d_](?<![\w-].)[^\W\d_]*+(?>(?:[-’'*:·_/][^\W\d_]++)*)")
_ABBREVIATIONS = Path(__file__).with_name("abbreviations.txt")
_BEGINNINGS = Path(__file__).with_name("sentence_beginnings.txt")
_LONGEST_ABBREVIATION = 4
_LONGEST_WORD = 24
_YEAR_DIGITS = 4
_FEWEST_COMMAS = 3


class Sentence(NamedTuple):
    """`text[start:end]`, without blanks around it; `words` as `count_words` has them."""

    start: int
    end: int
    words: int


@lru_cache(REMEMBERED)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text that have words, in order."""
    return tuple(sentence for sentence in _stretches(bare(text)) if sentence.words)


def count_words(text: str) -> int:
    """The words of a sentence that readers must hold together; several short items between commas do not count."""
    if text.count(",") < _FEWEST_COMMAS:
        return _words_between_blanks(text)
    parts = list(map(_words_between_blanks, text.split(",")))
    total = sum(parts)
    for short, run in groupby(parts[1:-1], key=lambda count: count <= LONGEST_LIST_ITEM):
        items = list(run)
        if short and len(items) > 1:
            total -= sum(items)
    return total


def _words_between_blanks(text: str) -> int:
    return sum(map(_words_in, text.split()))


@lru_cache(PIECES_REMEMBERED)
def _words_in(piece: str) -> int:
    return len(_COUNTED.compiled.findall(piece))


def _stretches(text: str) -> Iterator[Sentence]:
    begin = 0
    for found in _END.finditer(text):
        if _goes_on(text, begin, found.start(), found.end(), found[0]):
            continue
        yield _trimmed(text, begin, found.end())
        begin = found.end()
    yield _trimmed(text, begin, len(text))


def _trimmed(text: str, begin: int, end: int) -> Sentence:
    stretch = text[begin:end]
    start = begin + len(stretch) - len(stretch.lstrip())
    return Sentence(start, max(start, begin + len(stretch.rstrip())), count_words(stretch))


def _goes_on(text: str, begin: int, start: int, end: int, sign: str) -> bool:
    """Whether the sentence goes on behind what looks like its end."""
    if sign == "." and text[end + 1 : end + 2].isupper() and _ends_with_a_long_word(text, begin, start):
        return False  # as most sentences end; everything below comes to the same
    if "\n" in sign:
        return sign.count("\n") == 1 and _next_word(text, end)[:1].islower()
    if sign[0] in "?!…" or sign == ";":
        return _next_word(text, end)[:1].islower()
    return sign == "." and _is_abbreviated(text[max(begin, start - _LONGEST_WORD) : start], _next_word(text, end))


def _ends_with_a_long_word(text: str, begin: int, end: int) -> bool:
    """Whether the letters before `end` are too many for an abbreviation."""
    start = end - _LONGEST_ABBREVIATION - 1
    return start >= begin and text[start:end].isalpha()


def _next_word(text: str, end: int) -> str:
    found = _NEXT_WORD.compiled.match(text, end)
    return found[1] if found else ""


def _is_abbreviated(before: str, word: str) -> bool:
    """Whether a full stop behind `before` belongs to an abbreviation or an ordinal."""
    if word[:1].islower():
        return True
    if _ends_with_a_long_word(before, 0, len(before)):
        return False
    found = _LAST_WORD.search(before.rpartition(" ")[2])
    last = found[0].rpartition(".")[2] if found else ""
    if last.isdigit():
        return len(last) < _YEAR_DIGITS and word.casefold() not in words_of(_BEGINNINGS)
    return len(last) == 1 or last.casefold() in words_of(_ABBREVIATIONS)
