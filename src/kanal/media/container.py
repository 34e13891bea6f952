"""What kind of video a file holds, and whether it goes on to its end: told from its structure, nothing is decoded.

So an empty, cut off or mislabelled file is found without any package. This module must not know what a network takes.
Sources: ISO/IEC 14496-12, 4.2 and 4.3 (boxes, brands); RFC 8794, 4 and 5 (EBML); RFC 9559, 6 (Matroska).
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

HEAD = 64
"""How many bytes tell the kind of a file."""
MP4, QUICKTIME, WEBM, MATROSKA, OGG = "video/mp4", "video/quicktime", "video/webm", "video/x-matroska", "video/ogg"

_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis")
_OLD_QUICKTIME = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_OTHERS = (
    (b"OggS", OGG),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"\x47\x40", "video/mp2t"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
)


class Box(NamedTuple):
    """A box of an MP4 or QuickTime file: its type, where its content begins, and where it ends, in bytes."""

    type: bytes
    start: int
    end: int


def kind_of(head: bytes) -> str:
    """The media type of a video by its first `HEAD` bytes; an empty string for what is none that kanal knows."""
    if head[4:8] == b"ftyp":
        return "" if head[8:12] in _PICTURE_BRANDS else QUICKTIME if head[8:12] == b"qt  " else MP4
    if head[4:8] in _OLD_QUICKTIME:
        return QUICKTIME
    if head.startswith(_EBML):
        return WEBM if b"webm" in head else MATROSKA
    if head.startswith(b"RIFF") and head[8:12] == b"AVI ":
        return "video/x-msvideo"
    return next((kind for start, kind in _OTHERS if head.startswith(start)), "")


def is_whole(path: Path, kind: str) -> bool:
    """Whether the file goes on to the end that its own structure announces. Raises `OSError`."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if kind in (MP4, QUICKTIME):
            boxes = list(boxes_of(file, size))
            return any(box.type == b"moov" for box in boxes) and boxes[-1].end == size
        if kind in (WEBM, MATROSKA):
            return _segment_end(file.read(4096)) <= size
    return True


def is_index_first(path: Path, kind: str) -> bool:
    """Whether an MP4 or QuickTime file tells what is where before it shows anything. Raises `OSError`."""
    if kind not in (MP4, QUICKTIME):
        return True
    with path.open("rb") as file:
        told = (box.type for box in boxes_of(file, path.stat().st_size) if box.type in (b"moov", b"mdat"))
        return next(told, b"moov") == b"moov"


def boxes_of(file: BinaryIO, end: int, start: int = 0) -> Iterator[Box]:
    """The boxes between two places of a file, in order. The last one may end behind `end`: then it was cut off."""
    while start + 8 <= end:
        file.seek(start)
        head = file.read(16)
        length, content = struct.unpack(">I", head[:4])[0], start + 8
        if length == 1 and len(head) == 16:  # noqa: PLR2004 - 64 bits of length behind the type
            length, content = struct.unpack(">Q", head[8:])[0], start + 16
        last = end if length == 0 else start + length
        if last < content:
            last = end + 1  # no box can be that short: what stands here is no box
        yield Box(head[4:8], content, last)
        start = last


def _segment_end(head: bytes) -> int:
    """Where the one big element of a Matroska file ends; 0 where the file does not say (it was streamed)."""
    place = head.find(_SEGMENT)
    if place < 0 or place + 5 > len(head):
        return 0
    first = head[place + 4]
    width = 9 - first.bit_length()
    size = int.from_bytes(bytes([first & (0xFF >> width)]) + head[place + 5 : place + 4 + width])
    is_unknown = size == 2 ** (7 * width) - 1
    return 0 if is_unknown else place + 4 + width + size
