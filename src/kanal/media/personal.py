"""Which metadata tell on somebody: where a picture was taken, who took it or is on it, with which camera.

This module must not know files, only the blocks of metadata in them. A copyright notice or a credit line alone is not
personal: an office prints them under the picture.
"""

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kanal.media import exif, iptc, maker_notes, xmp

KINDS = ("gps", "person", "device", "comment")
"""Places; names of people; serial numbers; what somebody wrote about the picture (captions, keywords, remarks)."""


class Carried(NamedTuple):
    """A block of metadata in a picture.

    `form` is `exif`, `xmp`, `iptc` (IIM records) or `photoshop` (resources with IPTC in them); a plain value has the
    kind that it is of, one of `KINDS`.
    """

    form: str
    data: bytes


# EXIF: CIPA DC-008; XP…: what Windows' file properties write; the last of `device` is DNG's.
_EXIF: Mapping[int, str] = {
    0x013B: "person",  # Artist
    0x9C9D: "person",  # XPAuthor
    0xA430: "person",  # CameraOwnerName
    0xA437: "person",  # Photographer
    0xA438: "person",  # ImageEditor
    0xA431: "device",  # BodySerialNumber
    0xA435: "device",  # LensSerialNumber
    0xC62F: "device",  # CameraSerialNumber
    0x010E: "comment",  # ImageDescription
    0x9286: "comment",  # UserComment
    0x9C9B: "comment",  # XPTitle
    0x9C9C: "comment",  # XPComment
    0x9C9E: "comment",  # XPKeywords
    0x9C9F: "comment",  # XPSubject
    0xA436: "comment",  # ImageTitle
    700: "xmp",
    33723: "iptc",
    34377: "photoshop",
}
_MAKE = 0x010F
_COORDINATES = (0x0002, 0x0004, 0x0014, 0x0016)
"""Latitude and longitude of the camera, and of what it was pointed at."""
_AREA = 0x001C
"""GPSAreaInformation: the name of the place."""
_RATIONALS = (5, 10)

# Names with a prefix where the bare one means other things, too. Sources: IPTC Photo Metadata Standard, MWG guidelines
# 2.0 (faces), Microsoft Photo 1.2 (faces), Exif in XMP (CIPA DC-010); DJI's drones write `Gps…`, one misspelt.
_XMP: Mapping[str, str] = {
    name: kind
    for kind, names in {
        "gps": "GPSLatitude GPSLongitude GPSDestLatitude GPSDestLongitude GpsLatitude GpsLongitude GpsLongtitude",
        "person": (
            "dc:creator Artist OwnerName CameraOwnerName Photographer CaptionWriter CiEmailWork CiTelWork CiAdrExtadr"
            " PersonInImage PersonName PersonDisplayName mwg-rs:Name ImageCreatorName"
        ),
        "device": "SerialNumber BodySerialNumber LensSerialNumber CameraSerialNumber DroneSerialNumber",
        "comment": "dc:description dc:title dc:subject UserComment ImageDescription",
    }.items()
    for name in names.split()
}
# Headline and title; keywords; caption. By-line; contact; who wrote the caption.
_IPTC: Mapping[int, str] = dict.fromkeys((5, 25, 105, 120), "comment") | dict.fromkeys((80, 118, 122), "person")
_APPLICATION_RECORD = 2

# What cameras, telephones and programs put in by themselves.
_BY_MACHINES = (
    b"Screenshot", b"OLYMPUS DIGITAL CAMERA", b"SAMSUNG CAMERA PICTURES", b"DCIM\\", b"oplus_", b"CREATOR: gd-jpeg",
    b"Created with", b"LEAD Technologies", b"Optimized by", b"Compressed by", b"Lavc", b"File written by Adobe",
    b"Adobe ", b"AppleMark", b"Intel(R) JPEG Library", b"JPEG Encoder",
)  # fmt: skip
_CHARACTER_SETS = (b"ASCII\0\0\0", b"UNICODE\0", b"JIS\0\0\0\0\0")
"""What stands before the text of an EXIF UserComment."""


def kinds_in(block: Carried) -> Iterator[str]:
    """The kinds of personal metadata in a block, with repetitions. Never raises."""
    if block.form == "exif":
        yield from _in_exif(block.data)
    elif block.form == "xmp":
        for name, text in xmp.properties(block.data, lambda name: _of_xmp(name) is not None):
            yield from _if_filled(_of_xmp(name) or "", text.encode())
    elif block.form == "iptc":
        for record, number, value in iptc.records(block.data):
            if record == _APPLICATION_RECORD and number in _IPTC:
                yield from _if_filled(_IPTC[number], value)
    elif block.form == "photoshop":
        for data in iptc.in_photoshop(block.data):
            yield from kinds_in(Carried("iptc", data))
    else:
        yield from _if_filled(block.form, block.data)


def _in_exif(data: bytes) -> Iterator[str]:
    make = b""
    for directory in exif.directories(data):
        make = make or directory.value(_MAKE)
        if directory.origin == exif.GPS:
            yield from _in_gps(directory)
            continue
        for number in _EXIF.keys() & directory.fields.keys():
            yield from kinds_in(Carried(_EXIF[number], directory.value(number)))
        if maker_notes.NOTE in directory.fields:
            for kind, value in maker_notes.told_in(directory, make):
                yield from _if_filled(kind, value)


def _in_gps(directory: exif.Directory) -> Iterator[str]:
    """Many cameras write this directory without knowing where they are: 0/0, or zeros only."""
    for number in _COORDINATES:
        value = directory.value(number)
        if number in directory.fields and directory.fields[number].kind in _RATIONALS:
            parts = struct.unpack(f"{directory.order}{len(value) // 4}I", value)
            if any(above and below for above, below in zip(parts[::2], parts[1::2], strict=True)):
                yield "gps"
        else:
            yield from _if_filled("gps", value)
    yield from _if_filled("gps", directory.value(_AREA).removeprefix(_CHARACTER_SETS[0]))


def _if_filled(kind: str, value: bytes) -> Iterator[str]:
    for character_set in _CHARACTER_SETS:
        value = value.removeprefix(character_set)
    value = value.replace(b"\0", b"").strip()
    if kind == "device":
        value = value.strip(b"0")
    if value and not (kind == "comment" and value.startswith(_BY_MACHINES)):
        yield kind


def _of_xmp(name: str) -> str | None:
    return _XMP.get(name) or _XMP.get(name.rpartition(":")[2])
