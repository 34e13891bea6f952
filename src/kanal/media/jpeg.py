"""The segments of a JPEG: which carry metadata, and the same picture without them.

Nothing is decoded. This module must not know what the metadata say.

Sources: ITU-T T.81, annex B (segments); JFIF 1.02; CIPA DC-008 (Exif 3.0), 4.7; ISO 16684-3 (XMP), 1.1.3; CIPA DC-007
(further pictures behind the first).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kanal.media.exif import ORDERS, PREFIX, only_orientation, orientation
from kanal.media.personal import Carried
from kanal.media.structure import Broken

_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP1, _APP2, _APP13, _APP14, _APP15 = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF
_WITHOUT_LENGTH = range(0xD0, 0xDA)
_LENGTH = 2
"""The size of the length, which it counts itself."""
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\0"
_MORE_XMP_HEAD = len(_MORE_XMP) + 32 + 4
"""A continued packet has its digest and length before the offset."""
_PHOTOSHOP = b"Photoshop 3.0\0"
_SEEN = {_APP0: b"JFIF\0", _APP2: b"ICC_PROFILE\0", _APP14: b"Adobe"}
"""What decides on colours and proportions; all other application segments are metadata or further pictures."""
_JFIF_SIZE = 14
"""JFIF's fields; the last two are width and height of the thumbnail that may follow."""
_PICTURES_MAX = 16
"""Telephones put two or three pictures behind the first."""


class _Segment(NamedTuple):
    marker: int
    start: int
    end: int
    data: bytes


def carried(content: bytes) -> Iterator[Carried]:
    """The metadata of the picture and of what stands behind it, as far as they can be read."""
    behind = 0
    for segments in _pictures(content):
        yield from _in_segments(segments)
        behind = behind or segments[-1].end
    # A short film behind the picture (Motion Photo): the place as QuickTime and Android write it (ISO 6709).
    film = re.compile(rb"(?s)\xa9xyz.{4}[+-]\d|com\.apple\.quicktime\.location").search(content, behind)
    if film:
        yield Carried("gps", film[0])


def cleaned(content: bytes) -> bytes:
    """The first picture without its metadata; only how it is to be turned stays. Raises `Broken`."""
    segments = list(_segments(content))
    if segments[-1].marker != _EOI:
        raise Broken
    turn = 1
    parts = []
    for segment in segments:
        if segment.marker == _APP1 and segment.data.startswith(PREFIX) and turn == 1:
            turn = orientation(segment.data)
        if not _is_seen(segment):
            continue
        if segment.marker == _APP0 and len(segment.data) > _JFIF_SIZE:
            parts.append(_segment(_APP0, segment.data[: _JFIF_SIZE - 2] + b"\0\0"))
        else:
            parts.append(content[segment.start : segment.end])
    if turn != 1:
        # JFIF wants to be the first, Exif too; readers expect them in this order.
        place = 2 if segments[1].marker == _APP0 and _is_seen(segments[1]) else 1
        parts.insert(place, _segment(_APP1, PREFIX + only_orientation(turn)))
    return b"".join(parts)


def _is_seen(segment: _Segment) -> bool:
    if _APP0 <= segment.marker <= _APP15:
        kept = _SEEN.get(segment.marker)
        return kept is not None and segment.data.startswith(kept)
    return segment.marker != _COM


def _segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


def _pictures(content: bytes) -> Iterator[list[_Segment]]:
    """The segments of each picture, those behind the first one as far as they can be read."""
    start = 0
    for _ in range(_PICTURES_MAX):
        segments = list(_segments(content, start))
        yield segments
        start = content.find(b"\xff\xd8\xff", segments[-1].end)
        if start < 0:
            return


def _segments(content: bytes, start: int = 0) -> Iterator[_Segment]:
    """From the start marker to the end marker, or as far as the structure holds. Data between them are left out."""
    if content[start : start + 2] != b"\xff\xd8":
        raise Broken
    yield _Segment(_SOI, start, start + 2, b"")
    place = start + 2
    while (segment := _segment_at(content, place)) is not None:
        yield segment
        if segment.marker == _EOI:
            return
        place = segment.end


def _segment_at(content: bytes, place: int) -> _Segment | None:
    """`None` if there is none. A scan ends with the coded data behind it."""
    found = re.compile(rb"\xff++[^\x00\xff]").match(content, place)
    if found is None:
        return None
    marker = found[0][-1]
    start = found.end() - 2  # any number of fill bytes may stand before
    if marker in _WITHOUT_LENGTH:
        return _Segment(marker, start, start + 2, b"")
    size = int.from_bytes(content[start + 2 : start + 4])
    end = start + 2 + size
    if size < _LENGTH or end > len(content):
        return None
    data = content[start + 4 : end]
    if marker == _SOS:
        # In coded data FF is followed by 00, or by the number of a restart (T.81, B.1.1.5).
        following = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]").search(content, end)
        end = following.start() if following else len(content)
    return _Segment(marker, start, end, data)


def _in_segments(segments: list[_Segment]) -> Iterator[Carried]:
    exif: list[list[bytes]] = []
    photoshop, more_xmp = [], []
    for marker, _, _, data in segments:
        if marker == _COM:
            yield Carried("comment", data)
        elif marker == _APP1 and data.startswith(PREFIX):
            part = data.removeprefix(PREFIX)
            # What does not fit into 64 KB goes on in the next segment.
            if exif and part[:4] not in ORDERS:
                exif[-1].append(part)
            else:
                exif.append([part])
        elif marker == _APP1 and data.startswith(_XMP):
            yield Carried("xmp", data.removeprefix(_XMP))
        elif marker == _APP1 and data.startswith(_MORE_XMP):
            more_xmp.append(data[_MORE_XMP_HEAD:])
        elif marker == _APP13 and data.startswith(_PHOTOSHOP):
            photoshop.append(data.removeprefix(_PHOTOSHOP))
    yield from (Carried("exif", b"".join(parts)) for parts in exif)
    yield Carried("photoshop", b"".join(photoshop))
    # Each part with its offset before it.
    yield Carried("xmp", b"".join(part[4:] for part in sorted(more_xmp)))
