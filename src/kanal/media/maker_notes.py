"""The notes that camera makers add to EXIF in formats of their own, as far as they name a camera or its owner.

Read are Canon, Nikon, Panasonic and Fujifilm; the others encrypt their notes, or nobody has described them. This
module must not know where the EXIF came from.

Sources: exiftool.org/TagNames and exiv2.org/makernote.html, where people have worked the formats out.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kanal.media.exif import ORDERS, Directory, read_directory

NOTE = 0x927C
"""The field of EXIF that holds the note."""

_NIKON_HEADER = 10
"""Then follows a TIFF header of its own, from which offsets count."""


class _Maker(NamedTuple):
    serials: tuple[int, ...]
    owner: int | None = None


_CANON = _Maker((0x000C, 0x0096), 0x0009)
_NIKON = _Maker((0x001D, 0x00A0))
_PANASONIC = _Maker((0x0025,))
_FUJIFILM = _Maker((0x0010,))


def told_in(exif: Directory, make: bytes) -> Iterator[tuple[str, bytes]]:
    """`device` with each serial number and `person` with the owner's name; `make` is the camera's maker in EXIF."""
    read = _read(exif, make)
    if read is None:
        return
    maker, note = read
    for number in maker.serials:
        yield "device", note.value(number)
    if maker.owner is not None:
        yield "person", note.value(maker.owner)


def _read(exif: Directory, make: bytes) -> tuple[_Maker, Directory] | None:
    data, order, start = exif.data, exif.order, exif.fields[NOTE].start
    head = exif.value(NOTE)[:12]
    if head.startswith(b"Nikon\0\x02"):
        base = start + _NIKON_HEADER
        order = ORDERS.get(data[base : base + 4], order)
        place = int.from_bytes(data[base + 4 : base + 8], "little" if order == "<" else "big")
        return _NIKON, read_directory(data, base + place, order, origin=NOTE, base=base)
    if head.startswith(b"FUJIFILM"):
        place = int.from_bytes(head[8:12], "little")
        return _FUJIFILM, read_directory(data, start + place, "<", origin=NOTE, base=start)
    if head.startswith(b"Panasonic\0\0\0"):
        return _PANASONIC, read_directory(data, start + 12, order, origin=NOTE)
    if make.startswith(b"Canon"):
        return _CANON, read_directory(data, start, order, origin=NOTE)
    return None
