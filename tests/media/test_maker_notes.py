"""Serial numbers and owners in the notes of camera makers, whose offsets count from different places."""

import struct
from collections.abc import Callable

import pytest

from kanal.media.exif import EXIF, directories
from kanal.media.maker_notes import told_in
from tests.media.pictures import directory

START = 44
"""Where the note begins, behind the two directories that lead to it."""
NOTES: list[tuple[str, Callable[[int], bytes], tuple[str, bytes]]] = [
    ("Canon", lambda start: directory({0x000C: b"\x12\x34\x56\x78"}, start), ("device", b"\x12\x34\x56\x78")),
    ("Canon", lambda start: directory({0x0096: b"JA0001234"}, start), ("device", b"JA0001234")),
    ("Canon", lambda start: directory({0x0009: b"Mia Muster"}, start), ("person", b"Mia Muster")),
    (
        "NIKON",
        lambda _: b"Nikon\0\x02\x11\0\0II*\0\x08\0\0\0" + directory({0x001D: b"3001234"}, 8),
        ("device", b"3001234"),
    ),
    (
        "NIKON",
        lambda _: b"Nikon\0\x02\x11\0\0MM\0*\0\0\0\x08" + directory({0x00A0: b"3001234"}, 8, ">"),
        ("device", b"3001234"),
    ),
    (
        "Panasonic",
        lambda start: b"Panasonic\0\0\0" + directory({0x0025: b"F11080123"}, start + 12),
        ("device", b"F11080123"),
    ),
    ("FUJIFILM", lambda _: b"FUJIFILM\x0c\0\0\0" + directory({0x0010: b"FPX 4711"}, 12), ("device", b"FPX 4711")),
]


def told(make: str, note: bytes) -> list[tuple[str, bytes]]:
    pointer = directory({EXIF: struct.pack("<I", 26)}, 8)
    block = b"II*\0\x08\0\0\0" + pointer + directory({0x927C: note}, 26)
    [photo] = [found for found in directories(block) if found.origin == EXIF]
    return [(kind, value) for kind, value in told_in(photo, make.encode()) if value]


@pytest.mark.parametrize(("make", "note", "value"), NOTES)
def test_what_a_note_tells_is_read(make: str, note: Callable[[int], bytes], value: tuple[str, bytes]) -> None:
    assert told(make, note(START)) == [value]


@pytest.mark.parametrize(
    "note", [b"SECRET\0\0 and so on", b"Nikon\0\x02", b"FUJIFILM", b"Panasonic\0\0\0", b"Nikon\0\x01"]
)
def test_a_note_of_another_maker_or_a_short_one_tells_nothing(note: bytes) -> None:
    assert told("Maker", note) == []
