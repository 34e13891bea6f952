"""The chunks of a PNG: which carry metadata, and the same picture without them.

No pixel is decoded. This module must not know what the metadata say.

Sources: W3C PNG Specification (Third Edition), chapters 5 and 11; ImageMagick and Pillow for “Raw profile type”.
"""

import zlib
from collections.abc import Iterator
from typing import NamedTuple

from kanal.media.exif import only_orientation, orientation
from kanal.media.personal import Carried
from kanal.media.structure import Broken

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_SEEN = frozenset(
    b"cHRM cICP gAMA iCCP mDCV cLLI sBIT sRGB bKGD hIST tRNS pHYs sPLT acTL fcTL fdAT oFFs pCAL sCAL sTER".split()
)
"""Optional chunks that decide on colours, proportions and movement; a decoder may do without all others (4.3)."""
_INFLATED_MAX = 10_000_000
_PERSONS = frozenset({"author", "artist", "creator"})
_OF_PROGRAMS = ("software", "creation time", "copyright", "disclaimer", "source", "warning", "date:", "png:")
_PROFILES = {"exif": "exif", "app1": "exif", "xmp": "xmp", "iptc": "photoshop", "8bim": "photoshop"}


class _Chunk(NamedTuple):
    kind: bytes
    start: int
    end: int


def carried(content: bytes) -> Iterator[Carried]:
    """The metadata, also behind the pixels. Raises `Broken` where the structure breaks off."""
    for kind, start, end in _chunks(content):
        data = content[start + 8 : end - 4] if kind in (b"eXIf", b"tEXt", b"zTXt", b"iTXt") else b""
        if kind == b"eXIf":
            yield Carried("exif", data)
        elif data:
            yield from _in_text(kind, data)


def cleaned(content: bytes) -> bytes:
    """The picture without its metadata; only how it is to be turned stays. Raises `Broken`."""
    turn = 1
    before, pixels = [SIGNATURE], list[bytes]()
    for kind, start, end in _chunks(content):
        if kind == b"eXIf" and turn == 1:
            turn = orientation(content[start + 8 : end - 4])
        elif kind[:1].isupper() or kind in _SEEN:
            (pixels if pixels or kind == b"IDAT" else before).append(content[start:end])
    if turn != 1:
        before.append(_chunk(b"eXIf", only_orientation(turn)))
    return b"".join(before + pixels)


def _chunks(content: bytes) -> Iterator[_Chunk]:
    if not content.startswith(SIGNATURE):
        raise Broken
    place, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        size = int.from_bytes(content[place : place + 4])
        kind = content[place + 4 : place + 8]
        end = place + 12 + size
        if end > len(content) or not (kind.isascii() and kind.isalpha()):
            raise Broken
        yield _Chunk(kind, place, end)
        place = end


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def _in_text(kind: bytes, data: bytes) -> Iterator[Carried]:
    keyword, _, rest = data.partition(b"\0")
    key = keyword.decode("latin-1").strip().lower()
    if key.startswith(_OF_PROGRAMS):
        return
    text = _text(kind, rest)
    if key == "xml:com.adobe.xmp":
        yield Carried("xmp", text)
    elif key.startswith("raw profile type "):
        yield from _in_profile(key.rpartition(" ")[2], text)
    else:
        yield Carried("person" if key in _PERSONS else "comment", text)


def _text(kind: bytes, rest: bytes) -> bytes:
    if kind == b"zTXt":
        return _inflated(rest[1:])
    if kind == b"iTXt":
        # Whether and how it is compressed, the language, the keyword in that language.
        _, _, text = rest[2:].partition(b"\0")
        _, _, text = text.partition(b"\0")
        return _inflated(text) if rest[:1] == b"\1" else text
    return rest


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _INFLATED_MAX)
    except zlib.error:
        return b""


def _in_profile(name: str, text: bytes) -> Iterator[Carried]:
    """A profile stands there in hexadecimal digits, behind its name and its length in bytes."""
    try:
        data = bytes.fromhex(b"".join(text.split()[2:]).decode("ascii"))
    except ValueError:
        return
    if data.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
        name, data = "xmp", data.partition(b"\0")[2]
    if name in _PROFILES:
        # ImageMagick writes bare records under the name of resources, too.
        form = "iptc" if data.startswith(b"\x1c") else _PROFILES[name]
        yield Carried(form, data)
