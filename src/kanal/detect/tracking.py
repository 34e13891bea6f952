"""Parameters of links that follow those who click, and the same links without them.

What stays of a link stays byte for byte: a link that was signed or encoded in an unusual way must still work. This
module must not know which links an office wants.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kanal.detect.link_address import LinkAddress, link_address
from kanal.detect.lists import entries
from kanal.text.pattern import Pattern

# "&amp;" is what a link copied from the source of a page has for "&".
_PIECES = Pattern(r"(&amp;|[?#&;])([^?#&;]*+)")
_TAIL = Pattern(r"[?#]")


class _Piece(NamedTuple):
    """`separator` and what follows it up to the next one; `name` is `None` unless it is a tracking parameter."""

    separator: str
    text: str
    name: str | None


class _Names(NamedTuple):
    """Names in lower case, and beginnings of names."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def has(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.beginnings)


def tracking(url: str) -> tuple[str, ...]:
    """The names of the tracking parameters of `url`, as written, in order; those behind `#` included."""
    _, pieces = _taken_apart(url)
    return tuple(piece.name for piece in pieces if piece.name is not None)


def without_tracking(url: str) -> str:
    """`url` without its tracking parameters; all else is left as it is, but no `?` or `#` with nothing behind it."""
    head, pieces = _taken_apart(url)
    if all(piece.name is None for piece in pieces):
        return url
    kept, waiting = [head], ""
    for piece in pieces:
        starts = piece.separator in "?#"
        if piece.name is not None:
            waiting = _later(waiting, piece.separator) if starts else waiting
        else:
            kept += [_later(waiting, piece.separator) if starts else waiting or piece.separator, piece.text]
            waiting = ""
    return "".join(kept)


def _later(waiting: str, separator: str) -> str:
    """What begins the part: once the fragment has begun, a `?` is only a character of it."""
    return "#?" if waiting.startswith("#") and separator == "?" else separator


def _taken_apart(url: str) -> tuple[str, list[_Piece]]:
    tail = _TAIL.search(url)
    if tail is None:
        return url, []
    address = link_address(url)
    return url[: tail.start()], list(_pieces(url[tail.start() :], address))


def _pieces(tail: str, address: LinkAddress) -> Iterator[_Piece]:
    in_fragment = False
    for found in _PIECES.finditer(tail):
        in_fragment = in_fragment or found[1] == "#"
        name, equals, _ = found[2].partition("=")
        # Without "=" a fragment is a place on the page: "#si".
        is_tracking = (equals or not in_fragment) and name and _follows(name, address)
        yield _Piece(found[1], found[2], name if is_tracking else None)


def _follows(name: str, address: LinkAddress) -> bool:
    plain = _decoded(name).lower()
    return any(names.has(plain) for host, names in _listed().items() if not host or address.is_below(host))


def _decoded(name: str) -> str:
    if "%" not in name:
        return name
    from urllib.parse import unquote

    return unquote(name)


@cache
def _listed() -> dict[str, _Names]:
    """The names by host; those that count everywhere under the empty one."""
    found: dict[str, list[str]] = {}
    for entry in entries("tracking_parameters"):
        host, _, name = entry.rpartition(" ")
        found.setdefault(host, []).append(name)
    return {
        host: _Names(
            frozenset(name for name in names if not name.endswith("*")),
            tuple(name.removesuffix("*") for name in names if name.endswith("*")),
        )
        for host, names in found.items()
    }
