"""EXIF as it stands in every kind of picture: a little TIFF file, whose directories hold numbered fields.

Read here and not with Pillow because of the makers' notes, which it hides, and because nothing in here raises: what
cannot be read is left out. This module must not know which fields tell on somebody.

Sources: TIFF 6.0, section 2; CIPA DC-008 (Exif 3.0), section 4.6.
"""

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

MAIN, EXIF, GPS, SUB = 0, 0x8769, 0x8825, 0x014A
"""The tags that lead to a directory; the first one of a file has none."""
PREFIX = b"Exif\0\0"
"""What stands before the TIFF header in a JPEG, and often elsewhere."""
ORDERS: Mapping[bytes, str] = {b"II*\0": "<", b"MM\0*": ">"}
"""The first four bytes, and how `struct` calls their byte order."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 129: 1}
_DIRECTORIES_MAX = 64
"""A file may let its directories point to each other as it likes; a camera writes five."""
_ORIENTATION = 0x0112
_TURNS = range(1, 9)
_SHORT = 3
_INLINE = 4
"""A value of up to four bytes, or else the place where it is, stands in the field itself."""
_HEADER = 8


class Field(NamedTuple):
    """Where the value of a field stands, and of which TIFF type it is."""

    kind: int
    start: int
    size: int


class Directory(NamedTuple):
    """The fields of one directory by number; `origin` is the tag that led to it, `following` where the next begins."""

    data: bytes
    order: str
    origin: int
    fields: Mapping[int, Field]
    following: int

    def value(self, number: int) -> bytes:
        """The value's bytes as they stand in the file; none if there is no such field."""
        field = self.fields.get(number)
        return self.data[field.start : field.start + field.size] if field else b""

    def place(self, number: int) -> int:
        """The place that a field points to, 0 if it points nowhere."""
        value = self.value(number)
        return int(struct.unpack(f"{self.order}I", value[:_INLINE])[0]) if len(value) >= _INLINE else 0


def directories(data: bytes) -> Iterator[Directory]:
    """Every directory of a block of EXIF or of a TIFF file, the main one first."""
    data = data.removeprefix(PREFIX)
    order = ORDERS.get(data[:4])
    if order is None or len(data) < _HEADER:
        return
    waiting = [(MAIN, int(struct.unpack_from(f"{order}I", data, 4)[0]))]
    for origin, start in waiting:
        directory = read_directory(data, start, order, origin=origin)
        yield directory
        if len(waiting) < _DIRECTORIES_MAX:
            waiting += [(tag, directory.place(tag)) for tag in (EXIF, GPS, SUB) if tag in directory.fields]
            waiting += [(MAIN, directory.following)] if directory.following else []


def read_directory(data: bytes, start: int, order: str, *, origin: int, base: int = 0) -> Directory:
    """The directory at `start`; offsets in it count from `base`. Fields that point outside the data are left out."""
    fields: dict[int, Field] = {}
    count = struct.unpack_from(f"{order}H", data, start)[0] if 0 <= start <= len(data) - 2 else 0
    end = start + 2 + 12 * count
    for place in range(start + 2, min(end, len(data) - 11), 12):
        number, kind, amount, offset = struct.unpack_from(f"{order}HHII", data, place)
        size = _SIZES.get(kind, 0) * amount
        begin = place + 8 if size <= _INLINE else base + offset
        if 0 < size <= len(data) - begin:
            fields.setdefault(number, Field(kind, begin, size))
    following = struct.unpack_from(f"{order}I", data, end)[0] if count and end <= len(data) - 4 else 0
    return Directory(data, order, origin, fields, following)


def orientation(data: bytes) -> int:
    """How the camera was held (Exif 3.0, 4.6.5.1: 1 upright, up to 8), 1 if it is not told."""
    main = next(directories(data), None)
    if main is None or _ORIENTATION not in main.fields or main.fields[_ORIENTATION].kind != _SHORT:
        return 1
    found = int(struct.unpack(f"{main.order}H", main.value(_ORIENTATION)[:2])[0])
    return found if found in _TURNS else 1


def only_orientation(value: int) -> bytes:
    """A block of EXIF, without prefix, that holds nothing but the orientation."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, value, 0, 0)
