"""The chunks of a WebP: which carry metadata, and the same picture without them.

Nothing is decoded. This module must not know what the metadata say.

Source: RFC 9649 (WebP), section 2.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kanal.media.exif import only_orientation, orientation
from kanal.media.personal import Carried
from kanal.media.structure import Broken

_FORMS = {b"EXIF": "exif", b"XMP ": "xmp"}
_SEEN = frozenset((b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"))
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
"""In the first byte of `VP8X`."""


class _Chunk(NamedTuple):
    kind: bytes
    start: int
    end: int


def carried(content: bytes) -> Iterator[Carried]:
    """The metadata. Raises `Broken` where the structure breaks off."""
    for kind, start, end in _chunks(content):
        if kind in _FORMS:
            yield Carried(_FORMS[kind], content[start + 8 : end])


def cleaned(content: bytes) -> bytes:
    """The picture without its metadata; only how it is to be turned stays. Raises `Broken`."""
    turn, parts = 1, []
    for kind, start, end in _chunks(content):
        if kind == b"EXIF" and turn == 1:
            turn = orientation(content[start + 8 : end])
        elif kind in _SEEN:
            parts.append(content[start:end])
    if parts and parts[0].startswith(b"VP8X"):
        keep = turn != 1
        flags = parts[0][8] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if keep else 0)
        parts[0] = parts[0][:8] + bytes((flags,)) + parts[0][9:]
        if keep:
            parts.append(_chunk(b"EXIF", only_orientation(turn)))
    return _chunk(b"RIFF", b"WEBP" + b"".join(parts))


def _chunks(content: bytes) -> Iterator[_Chunk]:
    end = 8 + int.from_bytes(content[4:8], "little")
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise Broken
    place = 12
    while place < end:
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        following = place + 8 + size + size % 2
        if following > min(end, len(content)):
            raise Broken
        yield _Chunk(content[place : place + 4], place, following)
        place = following


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + len(data).to_bytes(4, "little") + data + bytes(len(data) % 2)
