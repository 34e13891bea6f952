"""What a network sees of an uploaded video: kind and size in pixels, told from its structure; nothing is decoded.

So `kanal sandbox` needs no package for videos. Source: ISO/IEC 14496-12, 8.3.2 (track header box).
"""

import struct
from io import BytesIO

from kanal.media.container import HEAD, MATROSKA, MP4, QUICKTIME, WEBM, Box, boxes_of, kind_of
from kanal.sandbox.records import StoredPicture

_UNKNOWN = (1280, 720)
"""Of a video whose structure is not read for its size."""
_TRACK_SIZE = {0: 76, 1: 88}
"""Where width and height stand in a track header, by its version."""


def measure(video_id: str, data: bytes, alt: str = "") -> StoredPicture | None:
    """The video in `data`, not yet kept, or `None` when it is none, or one without a track that shows anything."""
    kind = kind_of(data[:HEAD])
    if kind in (MP4, QUICKTIME):
        width, height = _size(data)
    else:
        width, height = _UNKNOWN if kind in (WEBM, MATROSKA) else (0, 0)
    if not width or not height:
        return None
    return StoredPicture(video_id, "", kind, width, height, len(data), alt, moves=True)


def _size(data: bytes) -> tuple[int, int]:
    sizes = [_track_size(data, header) for header in _track_headers(data)]
    return max(sizes, default=(0, 0))


def _track_headers(data: bytes) -> list[Box]:
    found = [Box(b"", 0, len(data))]
    for wanted in (b"moov", b"trak", b"tkhd"):
        found = [
            box for outer in found for box in boxes_of(BytesIO(data), outer.end, outer.start) if box.type == wanted
        ]
    return found


def _track_size(data: bytes, header: Box) -> tuple[int, int]:
    place = header.start + _TRACK_SIZE.get(data[header.start], 76)
    if place + 8 > min(header.end, len(data)):
        return 0, 0
    width, height = struct.unpack(">II", data[place : place + 8])
    return width >> 16, height >> 16
