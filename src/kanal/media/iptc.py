"""IPTC-IIM records, and the image resources of Photoshop that they are packed into. Never raises.

This module must not know which records tell on somebody.

Sources: IPTC-NAA Information Interchange Model 4.2, chapter 3; Adobe Photoshop File Formats Specification, “Image
Resource Blocks”.
"""

from collections.abc import Iterator

_MARK = 0x1C
_EXTENDED = 0x8000
_RECORDS = 0x0404
"""Photoshop's image resource that holds IPTC-IIM records."""


def records(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Record number, data set number and content of each data set; ends where the data are none."""
    place = 0
    while place + 5 <= len(data) and data[place] == _MARK:
        record, number = data[place + 1], data[place + 2]
        size = int.from_bytes(data[place + 3 : place + 5])
        place += 5
        if size & _EXTENDED:
            width = size & ~_EXTENDED
            size = int.from_bytes(data[place : place + width])
            place += width
        yield record, number, data[place : place + size]
        place += size


def in_photoshop(data: bytes) -> Iterator[bytes]:
    """The blocks of IPTC-IIM records among Photoshop's resources."""
    place = 0
    while data[place : place + 4] == b"8BIM" and place + 12 <= len(data):
        number = int.from_bytes(data[place + 4 : place + 6])
        # A name with its length before it, the whole padded to an even size.
        place += 6 + (data[place + 6] + 2) // 2 * 2
        size = int.from_bytes(data[place : place + 4])
        place += 4
        if number == _RECORDS:
            yield data[place : place + size]
        place += size + size % 2
