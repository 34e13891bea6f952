"""The blocks of a GIF: its pictures, which blocks carry metadata, and the same picture without them.

Nothing is decoded. This module must not know what the metadata say, nor what a network takes.

Sources: CompuServe GIF89a, sections 12 to 27; XMP Specification part 3, 1.1.2 (XMP in an application extension).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from kanal.media.personal import Carried
from kanal.media.structure import Broken

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_COMMENT, _APPLICATION, _PLAIN_TEXT = 0xFE, 0xFF, 0x01
_XMP = b"XMP DataXMP"
_CONTROL = 0xF9
"""How long a frame is shown, and which of its colours is transparent."""
_SEEN = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""Applications that decide on movement and colours; all others are metadata."""


class _Block(NamedTuple):
    """`label` is that of an extension, -1 for what belongs to the picture itself."""

    label: int
    start: int
    end: int
    data: bytes


class Animation(NamedTuple):
    """Width and height in pixels, and how many pictures are shown one after the other."""

    width: int
    height: int
    frames: int


def carried(content: bytes) -> Iterator[Carried]:
    """The metadata, also between the frames. Raises `Broken` where the structure breaks off."""
    for label, start, end, data in _blocks_of(content):
        if label in (_COMMENT, _PLAIN_TEXT):
            yield Carried("comment", data)
        elif label == _APPLICATION and data.startswith(_XMP):
            # Not in blocks, but so that a reader of blocks gets over it.
            yield Carried("xmp", content[start + 3 + len(_XMP) : end])


def animation(content: bytes) -> Animation:
    """What it shows, and how large. Raises `Broken` where the structure breaks off."""
    frames = sum(content[block.start] == _IMAGE for block in _blocks_of(content))
    width, height = struct.unpack("<HH", content[6:10])
    return Animation(width, height, frames)


def cleaned(content: bytes) -> bytes:
    """The picture, moving or not, without its metadata. Raises `Broken`."""
    parts = [content[: 13 + _colours(content, 10)]]
    for label, start, end, data in _blocks_of(content):
        if label in (-1, _CONTROL) or (label == _APPLICATION and data.startswith(_SEEN)):
            parts.append(content[start:end])
    return b"".join((*parts, bytes((_TRAILER,))))


def _blocks_of(content: bytes) -> Iterator[_Block]:
    """What stands between the head and the trailer, each extension and each frame."""
    place = 13 + _colours(content, 10)
    while (mark := _byte(content, place)) != _TRAILER:
        if mark == _IMAGE:
            # The place, a table of colours, and the least code size stand before the data.
            _, end = _blocks(content, place + 10 + _colours(content, place + 9) + 1)
            yield _Block(-1, place, end, b"")
        elif mark == _EXTENSION:
            data, end = _blocks(content, place + 2)
            yield _Block(_byte(content, place + 1), place, end, data)
        else:
            raise Broken
        place = end


def _colours(content: bytes, place: int) -> int:
    """How many bytes the table of colours takes that the flags at `place` announce."""
    flags = _byte(content, place)
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(content: bytes, place: int) -> tuple[bytes, int]:
    """What stands in a row of blocks, each with its length before it, and where the row ends."""
    parts = []
    while size := _byte(content, place):
        parts.append(content[place + 1 : place + 1 + size])
        place += 1 + size
    return b"".join(parts), place + 1


def _byte(content: bytes, place: int) -> int:
    if place >= len(content):
        raise Broken
    return content[place]
