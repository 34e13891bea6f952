"""Whether the words before a number are a street, and which of them belong to its name.

This module must not know house numbers, towns or registers.
"""

from functools import cache
from typing import NamedTuple

from kanal.detect.lists import entries
from kanal.text.pattern import Pattern

_ENDINGS = (
    "strasse", "str.", "str", "weg", "platz", "allee", "ring", "damm", "gasse", "ufer", "markt", "chaussee",
    "wall", "steig", "stieg", "graben", "promenade", "pfad", "twiete", "kamp", "redder",
)  # fmt: skip
# As the end of a word, and only where more speaks for an address: "bei mir, Dorfaue 8".
_DOUBTFUL_ENDINGS = ("anger", "aue", "brink", "garten", "hang", "rain", "siedlung", "stiege", "terrasse", "winkel")
_KINDS = frozenset(_ENDINGS) - {"twiete", "kamp", "redder"} | {"landstrasse", "landstr.", "park", "reihe"}
"""What is no street by itself, but behind a name: "Berliner Straße"."""

_OF = frozenset({"der", "des", "am", "an"})
_ONE_WORD = frozenset({"am", "im", "zum", "zur", "beim", "unterm", "hinterm", "vorm"})
_TWO_WORDS = frozenset({"an", "in", "auf", "unter", "hinter", "vor", "bei", "zu", "über", "neben"})
_ARTICLES = frozenset({"der", "dem", "den"})
_ADJECTIVE = Pattern(
    r"(?:alt|neu|gross|klein|ober|unter|lang|kurz|hoh|hinter|vorder|inner|äusser|breit)(?:e|er|es|en)\Z"
)
_NO_NAME = Pattern(
    r"(?:d(?:ie|er|as)|(?:dies|ein|unser|ihr|jed|kein|welch|erst|zweit|dritt|letzt|best|weiter)e[rs]?|für|aber|oder|und)\Z"
)
_INFLECTED = ("er", "e", "es", "en")
_MOST_WORDS = 5


class Evidence(NamedTuple):
    """What else speaks for an address.

    The words stand `inside` a sentence, so that a capital means a name; a `letter` stands behind the number ("3a"); a
    `town` with its postcode behind that.
    """

    inside: bool = False
    letter: bool = False
    town: bool = False


def street_start(words: list[str], evidence: Evidence) -> int | None:
    """The index in `words` where the street begins that ends with the last of them, or `None`."""
    if not words or not words[-1][0].isupper():
        return None
    start = _of_something(words)
    start = _one_word(words, evidence) if start is None else start
    start = _qualified(words) if start is None else start
    if start is not None:
        before = _preposition(words, start)
        return before if before is not None and _is_name(words, before, evidence) else start
    start = _behind_preposition(words, evidence)
    return _unheard_of(words) if start is None and evidence.town else start


def _one_word(words: list[str], evidence: Evidence) -> int | None:
    """As in "Lindenallee", "Karl-Marx-Str.", "Alte Poststraße"."""
    last = words[-1].casefold()
    endings = _ENDINGS + _DOUBTFUL_ENDINGS if evidence.inside or evidence.letter else _ENDINGS
    if last in _KINDS or last in _DOUBTFUL_ENDINGS or not last.endswith(endings) or _is_no_street(last):
        return None
    return _with_adjective(words)


def _qualified(words: list[str]) -> int | None:
    """As in "Berliner Straße", "Alter Markt", "Karl-Marx Allee", "Ernst Thälmann Straße"."""
    start = len(words) - 2
    if words[-1].casefold() not in _KINDS or start < 0 or not _is_capitalised_name(words[start]):
        return None
    if words[start].casefold().endswith(_INFLECTED) or "-" in words[start]:
        return start
    return start - 1 if start and _is_capitalised_name(words[start - 1]) else None


def _of_something(words: list[str]) -> int | None:
    """As in "Straße des 17. Juni", "Platz der Deutschen Einheit"."""
    for start in range(max(0, len(words) - _MOST_WORDS), len(words) - 2):
        if words[start][0].isupper() and words[start].casefold() in _KINDS and words[start + 1].casefold() in _OF:
            is_date = words[-2][0].isdigit()
            return start if is_date or not _is_no_street(words[-1].casefold()) else None
    return None


def _behind_preposition(words: list[str], evidence: Evidence) -> int | None:
    """As in "Am Markt", "Unter den Linden", "Am Alten Hafen"."""
    last = words[-1].casefold()
    start = None if _is_no_street(last) else _preposition(words, _with_adjective(words))
    if start is None or not words[start][0].isupper():
        return None
    is_sure = evidence.town or evidence.letter or _is_name(words, start, evidence)
    return start if is_sure or last.endswith(entries("street_places")) else None


def _unheard_of(words: list[str]) -> int | None:
    """As in "Hohe Bleichen", "Jägerhof": any name, where a postcode proves that it is a street."""
    last = words[-1].casefold()
    return None if last in _KINDS or _is_no_street(last) or _is_no_name(last) else _with_adjective(words)


def _with_adjective(words: list[str]) -> int:
    start = len(words) - 1
    has_adjective = start > 0 and words[start - 1][0].isupper() and _ADJECTIVE.fullmatch(words[start - 1].casefold())
    return start - 1 if has_adjective else start


def _preposition(words: list[str], end: int) -> int | None:
    """Where the preposition begins that stands directly before the word at `end`."""
    if end > 0 and words[end - 1].casefold() in _ONE_WORD:
        return end - 1
    is_two = end > 1 and words[end - 1].casefold() in _ARTICLES and words[end - 2].casefold() in _TWO_WORDS
    return end - 2 if is_two else None


def _is_name(words: list[str], start: int, evidence: Evidence) -> bool:
    """Whether the word has a capital for no other reason than being the first of a name."""
    return words[start][0].isupper() and (start > 0 or evidence.inside)


def _is_capitalised_name(word: str) -> bool:
    return word[0].isupper() and not _is_no_name(word.casefold())


def _is_no_name(word: str) -> bool:
    return word in _ONE_WORD or word in _TWO_WORDS or _NO_NAME.fullmatch(word) is not None


def _is_no_street(word: str) -> bool:
    words, endings = _no_streets()
    return word in words or word.endswith(endings)


@cache
def _no_streets() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and ends of words."""
    listed = [word.casefold() for word in entries("no_streets")]
    endings = tuple(word.removeprefix("-") for word in listed if word.startswith("-"))
    return frozenset(listed), endings
