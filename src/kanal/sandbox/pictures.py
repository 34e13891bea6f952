"""What a network sees of an uploaded picture: type and size in pixels, told from the bytes and not from the name."""

from io import BytesIO

from kanal.sandbox.records import StoredPicture
from kanal.sandbox.store import Store

_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}


def measure(picture_id: str, data: bytes, alt: str = "") -> StoredPicture | None:
    """The picture in `data`, not yet kept, or `None` when it is not one that any of the networks knows."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as image:
            kind, (width, height), moves = image.format, image.size, getattr(image, "is_animated", False)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    if kind not in _TYPES:
        return None
    moves = bool(moves) and kind == "GIF"
    return StoredPicture(picture_id, "", _TYPES[kind], width, height, len(data), alt, moves=moves)


def keep(store: Store, picture: StoredPicture, data: bytes) -> StoredPicture:
    """The same picture, with its bytes in the store."""
    from dataclasses import replace

    return replace(picture, sha256=store.keep(data, picture.type))
