"""The signs of a quoted YAML value one by one: what each says, and where it is written.

In quotation marks a sign may be written as an escape, and a line may end anywhere. This module must not know fields.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import combining

from kanal.text.pattern import Pattern
from kanal.text.signs import FIRST_MARK, composed
from kanal.yaml_document import BREAK

_BREAK = rf"(?:{BREAK.pattern})"
_FOLD = rf"(?P<fold>[ \t]*{_BREAK}(?:[ \t]*{_BREAK})*[ \t]*)"
_HEX = "x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}"
_IN_DOUBLE = Pattern(rf'(?s){_FOLD}|\\(?:(?P<hex>{_HEX})|(?P<open>{_BREAK}(?:[ \t]|{_BREAK})*)|(?P<short>.))|[^"\\]')
_IN_SINGLE = Pattern(rf"(?s){_FOLD}|''|[^']")
_PATTERNS = {'"': _IN_DOUBLE, "'": _IN_SINGLE}
_SHORT = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""YAML 1.2, 5.7; every other sign behind a backslash stands for itself."""
_WRITTEN = {'"': str.maketrans({'"': r"\"", "\\": r"\\"}), "'": str.maketrans({"'": "''"})}


class Sign(NamedTuple):
    """What `source[start:end]` says: one sign, but the line ends of a fold together, nothing for a backslash there."""

    said: str
    start: int
    end: int


def signs(source: str, start: int, end: int, quote: str) -> Iterator[Sign]:
    """The signs from `start` on, up to `end` or to the closing `quote` (`"` or `'`)."""
    find = _PATTERNS[quote].compiled.match
    while start < end and (found := find(source, start, end)):
        yield Sign(_said(found, quote), found.start(), found.end())
        start = found.end()


def with_marks(found: Iterable[Sign]) -> Iterator[Sign]:
    """The signs, each together with the marks above and below it (“u” and “̈” are “ü”, NFC)."""
    last: Sign | None = None
    for sign in found:
        if last and sign.said >= FIRST_MARK and combining(sign.said[0]):
            last = Sign(composed(last.said + sign.said), last.start, sign.end)
            continue
        if last:
            yield last
        last = sign
    if last:
        yield last


def written(words: str, quote: str) -> str:
    """How words are written between two of this `quote`; without one, as they are."""
    return words.translate(_WRITTEN.get(quote, {}))


def _said(found: re.Match[str], quote: str) -> str:
    if found["fold"] is not None:
        return _folded(_breaks(found["fold"]))
    if quote == "'":
        return found[0][0]
    if found["hex"]:
        return chr(int(found["hex"][1:], 16))
    if found["open"]:
        return "".join(_breaks(found["open"])[1:])
    return _SHORT.get(found["short"], found["short"]) if found["short"] else found[0]


def _breaks(blanks: str) -> list[str]:
    """The line ends as a parser gives them (YAML 1.1, 5.4): those of Unicode stay, all others are one."""
    return [end if end in "\u2028\u2029" else "\n" for end in BREAK.findall(blanks)]


def _folded(breaks: list[str]) -> str:
    """YAML 1.2, 6.5: the first line end goes, or is a blank if it is the only one."""
    if breaks[0] != "\n":
        return "".join(breaks)
    return "".join(breaks[1:]) or " "
