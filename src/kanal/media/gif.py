"""The blocks of a GIF: those that carry metadata, and its pictures. Nothing is decoded.

This module must not know what the metadata say, nor what a network takes.

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


class Animation(NamedTuple):
    """Width and height in pixels, and how many pictures are shown one after the other."""

    width: int
    height: int
    frames: int


def carried(content: bytes) -> Iterator[Carried]:
    """The metadata, also between the frames. Raises `Broken` where the structure breaks off."""
    for mark, label, start, data, end in _parts(content):
        if mark != _EXTENSION:
            continue
        if label in (_COMMENT, _PLAIN_TEXT):
            yield Carried("comment", data)
        elif label == _APPLICATION and data.startswith(_XMP):
            # Not in blocks, but so that a reader of blocks gets over it.
            yield Carried("xmp", content[start + 1 + len(_XMP) : end])


def animation(content: bytes) -> Animation:
    """What it shows, and how large. Raises `Broken` where the structure breaks off."""
    frames = sum(mark == _IMAGE for mark, *_ in _parts(content))
    width, height = struct.unpack("<HH", content[6:10])
    return Animation(width, height, frames)


def _parts(content: bytes) -> Iterator[tuple[int, int, int, bytes, int]]:
    """Each picture and each extension: which of the two, an extension's label, where data begin, data, where they end.

    The data of a picture are left out.
    """
    place = 13 + _colours(content, 10)
    while (mark := _byte(content, place)) != _TRAILER:
        if mark == _IMAGE:
            # The place, a table of colours, and the least code size stand before the data.
            start = place + 10 + _colours(content, place + 9) + 1
            _, place = _blocks(content, start)
            yield mark, 0, start, b"", place
        elif mark == _EXTENSION:
            label, start = _byte(content, place + 1), place + 2
            data, place = _blocks(content, start)
            yield mark, label, start, data, place
        else:
            raise Broken


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
