"""The words that announce a name: forms of address, academic titles, offices.

This module must not know names.
"""

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from kanal.detect.names import key
from kanal.detect.surroundings import BLANK
from kanal.text.pattern import Pattern

_LETTERS = r"[^\W\d_]*+(?>(?:[\u0300-\u036f]++[^\W\d_]*+)*)"
REST = rf"{_LETTERS}(?>(?:[-\u2010\u2011'’](?=[^\W\d_]|[\u0300-\u036f]){_LETTERS})*)"
"""What follows the first letter of a `WORD`."""
WORD = rf"[^\W\d_]{REST}"
"""A word of letters, hyphens and apostrophes inside included."""

_NEXT = Pattern(rf"{BLANK}{{1,2}}+({WORD})")
_NEXT_TITLE = Pattern(rf"(?:\.?-|\.?{BLANK}{{1,2}}|\.)({WORD})")
_MOST_TITLES = 8
_LONGEST_ENDING = 24

_TITLES = frozenset({
    "herr", "herrn", "frau", "dr", "prof", "professor", "professorin", "doktor", "doktorin", "hr",
})  # fmt: skip
_DOUBTFUL_TITLES = frozenset({"fr", "familie", "eheleute", "ehepaar", "gez"})
_DEGREES = frozenset({
    "dr", "prof", "med", "dent", "vet", "phil", "rer", "nat", "pol", "oec", "jur", "theol", "h", "c", "habil",
    "ing", "dipl", "mag", "apl", "em",
})  # fmt: skip
_OFFICE = Pattern(r"(?:burgermeister|minister|senator|landrat|kanzler|prasident)(?:in)?\Z")
_DOUBTFUL_OFFICE = Pattern(
    r"(?:sprecher|leiter|direktor|kommissar|inspektor|vorsteher|rektor|dezernent|(?:brand|haus|jugend)meister|trainer"
    r"|lehrer|pfarrer|arzt|nachbar|kandidat|polizist|stadtrat|geschaftsfuhrer|referent|beamt|koordinator|mitarbeiter"
    r"|kolleg|zeug)(?:in|en|e|er)?\Z|(?:beauftragte|vorsitzende|abgeordnete|beigeordnete|auszubildende)[nr]?\Z"
)


class _Kind(Enum):
    TITLE = "title"
    DOUBTFUL_TITLE = "doubtful title"
    OFFICE = "office"
    DOUBTFUL_OFFICE = "doubtful office"


_PART_OF_A_NAME = (_Kind.TITLE, _Kind.DOUBTFUL_TITLE)
_BEYOND_DOUBT = (_Kind.TITLE, _Kind.OFFICE)


class Announcement(NamedTuple):
    """A name should follow at `end`; `start` is where what belongs to it begins: titles do, offices do not.

    Without `sure` only a frequent surname is a name: "Leiterin Bauamt" is none.
    """

    start: int
    end: int
    sure: bool


def next_word(text: str, position: int) -> re.Match[str] | None:
    """The word behind one or two blanks on the same line; it is group 1."""
    return _NEXT.compiled.match(text, position)


def may_announce(word: str) -> bool:
    """Whether `word` is a form of address, a title or an office."""
    return _kind(word) is not None


def announced(text: str, word: re.Match[str]) -> Announcement | None:
    """What `word` and the titles behind it announce ("Frau Landrätin Prof. Dr.-Ing.", "Bürgermeister")."""
    kind = _kind(word[0])
    if kind is None:
        return None
    chain, end = [(word.start(), kind)], word.end()
    while len(chain) < _MOST_TITLES and (following := _NEXT_TITLE.compiled.match(text, end)):
        kind = _Kind.TITLE if key(following[1]) in _DEGREES else _kind(following[1])
        if kind is None:
            break
        chain.append((following.start(1), kind))
        end = following.end()
    end += text.startswith(".", end)
    name = next_word(text, end)
    if name is None:
        return None
    start = next((start for start, kind in chain if kind in _PART_OF_A_NAME), name.start(1))
    return Announcement(start, end, any(kind in _BEYOND_DOUBT for _, kind in chain))


def _kind(word: str) -> _Kind | None:
    return _kind_of(word[-_LONGEST_ENDING:]) if word[0].isupper() else None


@lru_cache(maxsize=4096)
def _kind_of(ending: str) -> _Kind | None:
    plain = key(ending)
    if plain in _TITLES:
        return _Kind.TITLE
    if plain in _DOUBTFUL_TITLES:
        return _Kind.DOUBTFUL_TITLE
    if _OFFICE.search(plain):
        return _Kind.OFFICE
    return _Kind.DOUBTFUL_OFFICE if _DOUBTFUL_OFFICE.search(plain) else None
