"""Pictures encoded anew: upright, in the colours of screens, without metadata, and as small as is asked for.

Nothing is enlarged and nothing is cut off. The same file and the same order give the same bytes, with the same Pillow.
This module must not know for which network that is, nor whether the office allows it.
"""

from collections.abc import Iterator
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kanal.media.opening import UnreadableMedia, opened
from kanal.message import msg

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MOVING_PIXELS_MAX = 300_000_000
"""Of all frames together: what X takes, and more than a machine should have to hold."""
QUALITIES = (90, 82, 74)
"""Of JPEG and WebP, tried in this order before the picture is made smaller."""
_SHORTEST_SIDE = 16
_PATIENCE = 24
"""So many sizes are tried."""
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"optimize": True},
    "WEBP": {"method": 4},
    "TIFF": {"compression": "tiff_adobe_deflate"},
}


class Order(NamedTuple):
    """What is to be made of a picture: its media type, pixels as a viewer shows them, and bytes at most."""

    media_type: str
    width: int
    height: int
    bytes_max: int


def made(path: Path, order: Order) -> bytes:
    """The content of the new file. What is too many bytes is first compressed more, then made smaller.

    A moving picture keeps its size, whatever is ordered. Raises `UnreadableMedia` for a file that cannot be decoded, or
    that cannot be made that small.
    """
    from kanal.media import colours
    from kanal.media.turning import upright

    form = order.media_type.removeprefix("image/").upper()
    with opened(path) as image:
        if _moves(image):
            return _moving(path, image, form)
        _decode_small(image, order)
        picture = upright(colours.for_screens(image, opaque=form == "JPEG"), image.info.get("exif", b""))
    for attempt in _attempts(picture, order, form):
        if len(attempt) <= order.bytes_max:
            return attempt
    raise UnreadableMedia(
        msg("“{file}” cannot be made as small as {limit} bytes.", file=path.name, limit=order.bytes_max),
        msg("Save it smaller."),
    )


def _moves(image: "ImageFile") -> bool:
    return image.format not in ("MPO", "HEIF") and bool(getattr(image, "is_animated", False))


def _decode_small(image: "ImageFile", order: Order) -> None:
    """A JPEG can be decoded at half or a quarter of its size, which is faster; twice what is needed looks the same."""
    side = 2 * max(order.width, order.height)
    if side <= min(image.size):
        image.draft(image.mode, (side, side))


def _attempts(picture: "Image", order: Order, form: str) -> Iterator[bytes]:
    """Ever smaller files, beginning with all pixels that are allowed."""
    from PIL.Image import Resampling

    scale = 1.0
    for _ in range(_PATIENCE):
        size = (max(1, round(order.width * scale)), max(1, round(order.height * scale)))
        if min(size) < _SHORTEST_SIDE and scale < 1:
            return
        smaller = picture if picture.size == size else picture.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
        content = b""
        for quality in QUALITIES if form in ("JPEG", "WEBP") else (None,):
            content = _encoded(smaller, form, quality)
            yield content
        scale *= min(0.9, sqrt(order.bytes_max / len(content)))


def _encoded(picture: "Image", form: str, quality: int | None) -> bytes:
    out = BytesIO()
    options = {**_OPTIONS.get(form, {}), **({} if quality is None else {"quality": quality})}
    picture.save(out, form, **options)
    return out.getvalue()


def _moving(path: Path, image: "ImageFile", form: str) -> bytes:
    """All frames, as long as before each. Raises `UnreadableMedia` for a flood of pixels."""
    from PIL import ImageSequence

    from kanal.media import colours
    from kanal.media.turning import upright

    count = getattr(image, "n_frames", 1)
    if count * image.width * image.height > MOVING_PIXELS_MAX:
        raise UnreadableMedia(
            msg("“{file}” has more than {limit} million pixels.", file=path.name, limit=MOVING_PIXELS_MAX // 1_000_000),
            msg("Save it smaller; no network shows that many."),
        )
    exif, loop = image.info.get("exif", b""), image.info.get("loop", 0)
    frames: list[Image] = []
    durations: list[float] = []
    for frame in ImageSequence.Iterator(image):
        frames.append(upright(colours.for_screens(frame, opaque=False), exif))
        durations.append(frame.info.get("duration", 0))
    out = BytesIO()
    options = {**_OPTIONS.get(form, {}), **({} if form == "TIFF" else {"duration": durations, "loop": loop})}
    frames[0].save(out, form, save_all=True, append_images=frames[1:], **options)
    return out.getvalue()
