"""What dozens of questions about a text begin with, answered once for each text.

This module must not know who asks.
"""

from functools import lru_cache

REMEMBERED = 256
"""Many rules look at the same texts: more than the drafts that are looked at together have, and still no memory."""


_SMALL = bytes(ord(sign if sign in "µß" else sign.casefold()) for sign in map(chr, range(256)))
"""For each sign of Latin-1 the casefolded one."""

_IN_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
FIRST_MARK = "\u0300"
"""Texts with no sign from here on are composed already (UAX #15)."""


@lru_cache(REMEMBERED)
def small(text: str) -> str:
    """The text casefolded.

    Within Latin-1 byte by byte, which takes a tenth of the time; but “ß” becomes two letters, and “µ” a Greek one.
    """
    try:
        signs = text.encode("latin-1")
    except UnicodeEncodeError:
        return text.casefold()
    return text.casefold() if b"\xb5" in signs else signs.translate(_SMALL).replace(b"\xdf", b"ss").decode("latin-1")


def composed(text: str) -> str:
    """The text with one sign for each “ü” (NFC), as networks show it; macOS and PDFs give an “u” and a mark above."""
    if highest(text) < FIRST_MARK:
        return text
    from unicodedata import normalize

    return normalize("NFC", text)


def without_umlauts(text: str) -> str:
    """“Mueller” for “Müller”, as handles, tags and names of files have it."""
    return text.translate(_IN_TWO_LETTERS)


@lru_cache(REMEMBERED)
def highest(text: str) -> str:
    """The sign with the highest code point, if that is beyond Latin-1, else “ÿ”: most texts have none up there.

    Not a pattern: to compile a set of signs beyond Latin-1 takes as long as to look through a thousand texts like this.
    """
    try:
        text.encode("latin-1")
    except UnicodeEncodeError as error:
        return max(text[error.start :])
    return "\xff"


_A_CAPITAL, _NO_CAPITAL = b"A", b"a"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ".encode("latin-1")
_SMALLS = "abcdefghijklmnopqrstuvwxyzäöüß".encode("latin-1")
_SHAPES = bytes.maketrans(_CAPITALS + _SMALLS, _A_CAPITAL * len(_CAPITALS) + _NO_CAPITAL * len(_SMALLS))
_OTHERS = bytes(set(range(256)) - set(_CAPITALS + _SMALLS))


def has_capitals_in_a_row(text: str, number: int) -> bool:
    """Whether so many capitals (A to Z, Ä, Ö, Ü) follow one another, with no small letter between them.

    Most texts have no abbreviation and do not shout, and an expression takes longer to find out.
    """
    return _A_CAPITAL * number in _shape(text)


@lru_cache(REMEMBERED)
def _shape(text: str) -> bytes:
    """The letters of a text, as the one or the other."""
    return text.encode("latin-1", "replace").translate(_SHAPES, _OTHERS)
