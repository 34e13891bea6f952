"""Capitals one after the other: abbreviations, shouting. Most texts have none, and a search takes longer than a look.

This module must not know why somebody asks.
"""

from functools import lru_cache

from kanal.text.signs import REMEMBERED

_CAPITAL, _SMALL = b"A", b"a"
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ".encode("latin-1")
_SMALLS = "abcdefghijklmnopqrstuvwxyzäöüß".encode("latin-1")
_SHAPES = bytes.maketrans(_CAPITALS + _SMALLS, _CAPITAL * len(_CAPITALS) + _SMALL * len(_SMALLS))
_OTHERS = bytes(set(range(256)) - set(_CAPITALS + _SMALLS))


def has_capitals_in_a_row(text: str, number: int) -> bool:
    """Whether so many capitals (A to Z, Ä, Ö, Ü) follow one another, with no small letter between them."""
    return _CAPITAL * number in _shape(text)


@lru_cache(REMEMBERED)
def _shape(text: str) -> bytes:
    """The letters of a text, as the one or the other."""
    return text.encode("latin-1", "replace").translate(_SHAPES, _OTHERS)
