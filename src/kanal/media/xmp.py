"""What XMP packets tell: the properties they fill in, as attributes or as elements, however deep.

A stream of events instead of a tree, so that a damaged packet still tells what stands before the damage. This module
must not know which properties tell on somebody.

Source: ISO 16684-1 (XMP), section 7: a simple property may be written in both forms.
"""

import re
from collections.abc import Callable, Iterator

_DEPTH_MAX = 16
"""How many enclosing properties a value counts for; the standard's schemas need five."""


def properties(packet: bytes, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Each wanted property that has a value: its name as written (`dc:creator`), and (a part of) the value.

    A value inside several wanted properties appears under the names of all. In what the parser cannot read, a name
    that is written counts as a property with a value.
    """
    found: list[tuple[str, str]] = []
    rest = _parse(packet.lstrip(b"\0 \t\r\n"), wanted, found)
    yield from found
    # UTF-16 and UTF-32 without their zeros are ASCII where names are concerned.
    for word in re.finditer(rb"[A-Za-z][\w-]*+(?::[\w-]++)?", rest.replace(b"\0", b"")):
        name = word[0].decode("ascii")
        if wanted(name):
            yield name, name


def _parse(packet: bytes, wanted: Callable[[str], bool], found: list[tuple[str, str]]) -> bytes:
    """Fill `found`. Returns what could not be read."""
    from xml.parsers import expat

    enclosing: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        enclosing.append(name if wanted(name) else "")
        found.extend((key, value) for key, value in attributes.items() if value.strip() and wanted(key))

    def text(value: str) -> None:
        if value.strip():
            found.extend((name, value) for name in enclosing[-_DEPTH_MAX:] if name)

    def entity(*_: object) -> None:
        raise ValueError  # no XMP declares any, and they can be made to grow without end

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: enclosing.pop()
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(packet, True)  # noqa: FBT003  positional only
    except (expat.ExpatError, ValueError, LookupError):
        return packet[max(parser.CurrentByteIndex, 0) :]
    return b""
