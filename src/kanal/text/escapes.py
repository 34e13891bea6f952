"""Links as people read them in a browser: what is written `Am%20Markt+1` says “Am Markt 1”, in longer signs.

Addresses without a host have escapes as well (`tel:+49%2030…`), and names of files. This module must not know what is
looked for in a link.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kanal.text.pattern import Pattern

# RFC 3986, 2.1; and a plus for a blank, as forms write it (URL Standard, 5.1).
_ESCAPED = Pattern(r"(?>(?:%[0-9A-Fa-f]{2})+)|\+", "%", "+")
_SIGNS_OF_BYTE = len("%20")
_WORD = Pattern(r"\S+")
# What stands between the parts of a link (RFC 3986, 2.2, and the pairs of a form).
_BETWEEN = str.maketrans(dict.fromkeys("/?#&=;", "\n"))


class Unescaped(NamedTuple):
    """What a link says, part by part in lines: `text[i]` is what `link[begins[i]:begins[i + 1]]` stands for."""

    text: str
    begins: tuple[int, ...]


def escaped_words(text: str) -> Iterator[tuple[int, Unescaped]]:
    """Where words with escapes begin, up to the next blank, and what they say."""
    words = ((found.start(), unescaped(found[0])) for found in _WORD.finditer(text))
    return ((start, word) for start, word in words if word)


def unescaped(link: str) -> Unescaped | None:
    """What a link says, if it has escapes."""
    signs: list[str] = []
    begins: list[int] = []
    position = 0
    blanks = _where_plus_is_a_blank(link)
    for found in _ESCAPED.finditer(link):
        # A value begins with no blank, but a telephone number with a plus, and not everybody escapes that.
        if found[0] == "+" and (found.start() < blanks or link[found.start() - 1] == "="):
            continue
        signs += link[position : found.start()].translate(_BETWEEN)
        begins += range(position, found.start())
        for sign, start in _signs(found[0]):
            signs.append(sign)
            begins.append(found.start() + start)
        position = found.end()
    if position == 0:
        return None
    signs += link[position:].translate(_BETWEEN)
    return Unescaped("".join(signs), (*begins, *range(position, len(link) + 1)))


def _where_plus_is_a_blank(link: str) -> int:
    """Behind the question mark; in Google's addresses of places in the path as well (`/maps/place/Am+Markt+1/@52…`)."""
    places = (place for place in (link.find("?"), link.find("/maps/")) if place >= 0)
    return min(places, default=len(link))


def _signs(escaped: str) -> Iterator[tuple[str, int]]:
    """The signs of some escaped bytes, and where each begins; what is no UTF-8 counts as Latin-1."""
    if escaped == "+":
        yield " ", 0
        return
    content = bytes.fromhex(escaped.replace("%", ""))
    try:
        text, encoding = content.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = content.decode("latin-1"), "latin-1"
    position = 0
    for sign in text:
        yield sign, position
        position += len(sign.encode(encoding)) * _SIGNS_OF_BYTE
