"""Pictures as files: what kind they are, how large, and what they carry along, without decoding more than needed.

This module must not know what a network takes, nor change a file. Pillow is imported only when a picture is opened.
"""

import hashlib
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kanal.errors import KanalError
from kanal.message import msg

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

PIXELS_MAX = 100_000_000
"""A picture with more is refused by its header: decoded it would fill the memory of the machine."""

_SUFFIXES = {".jpg": "image/jpeg", ".tif": "image/tiff"} | {
    f".{kind}": f"image/{kind}" for kind in ("jpeg", "png", "webp", "gif", "avif", "bmp", "tiff")
}
# Pillow's other formats start foreign programs (EPS), or no network takes them.
_FORMATS = {
    "JPEG": "image/jpeg",
    # A JPEG with further ones behind it, as telephones write them; networks show the first.
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
"""EXIF orientations (tag 274) that swap width and height."""
_IPTC_RESOURCE = 0x0404
"""Photoshop's image resource that holds IPTC-IIM records."""
_EXIF_IFD, _GPS_IFD, _IPTC_TAG, _DESCRIPTION, _ARTIST = 0x8769, 0x8825, 33723, 270, 315
"""TIFF tags; a TIFF has others of its own, which are no metadata."""


class UnreadableMedia(KanalError):
    """A media file is missing, or not what can be sent as a picture."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What a picture is, from its content; only `expected_type` comes from its name (`None`: no known suffix).

    `bytes` is the size of the file, width and height are pixels as a viewer shows them (a camera's rotation applied),
    `mode` is Pillow's name of the colours (RGB, CMYK, P …).
    """

    media_type: str
    bytes: int
    width: int
    height: int
    animated: bool
    mode: str
    expected_type: str | None

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height


def measure(path: Path) -> PictureFacts:
    """The facts about a picture, from its header; that it is whole is told from its structure where the format allows.

    Raises `UnreadableMedia` for a file that is missing, empty, cut off, no picture, or has more than `PIXELS_MAX`.
    """
    try:
        stat = path.stat()
    except OSError as error:
        raise _no_file(path, error) from error
    return _measured(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=512)
def _measured(path: Path, size: int, _changed_at: int) -> PictureFacts:
    """Several rules look at the same picture on several channels; as long as it does not change, once is enough."""
    with _opened(path) as image:
        width, height = image.size
        if "exif" in image.info and image.getexif().get(_ORIENTATION) in _TURNED:
            width, height = height, width
        facts = PictureFacts(
            media_type=_FORMATS[image.format or ""],
            bytes=size,
            width=width,
            height=height,
            animated=image.format != "MPO" and bool(getattr(image, "is_animated", False)),
            mode=image.mode,
            expected_type=_SUFFIXES.get(path.suffix.lower()),
        )
        if not _is_whole(path, image):
            raise _damaged(path)
        return facts


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes in hex, read piece by piece. Raises `UnreadableMedia` if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _no_file(path, error) from error


def has_metadata(path: Path) -> tuple[str, ...]:
    """Which kinds of embedded metadata a picture carries: of `EXIF`, `XMP`, `IPTC`, `comment`, in this order.

    A PNG is decoded for it, since it may hold them at its end. Colour profiles are none. Raises `UnreadableMedia`.
    """
    with _opened(path) as image:
        tags, tiff = set(image.getexif()), image.format == "TIFF"
        texts = set(getattr(image, "text", {}))
        profiles = {key for key in texts if key.startswith(("XML:com.adobe.xmp", "Raw profile type"))}
        kinds = {
            "EXIF": bool(tags & {_EXIF_IFD, _GPS_IFD} if tiff else tags),
            "XMP": bool({"xmp", "XML:com.adobe.xmp"} & image.info.keys()),
            "IPTC": _IPTC_RESOURCE in image.info.get("photoshop", {}) or _IPTC_TAG in tags,
            "comment": bool(image.info.get("comment") or texts - profiles or (tiff and tags & {_DESCRIPTION, _ARTIST})),
        }
    return tuple(kind for kind, found in kinds.items() if found)


@contextmanager
def _opened(path: Path) -> "Iterator[ImageFile]":
    """The picture, its header read. What Pillow raises inside the block is translated, too."""
    from PIL import Image, UnidentifiedImageError

    _must_have_content(path)
    try:
        with warnings.catch_warnings():
            # Pillow warns from 89 million pixels on; ours is the limit that counts.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(path, formats=[kind for kind in _FORMATS if kind != "MPO"])
        with image:
            if image.width * image.height > PIXELS_MAX:
                raise _too_large(path)
            yield image
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except UnidentifiedImageError as error:
        raise UnreadableMedia(
            msg("“{file}” is not a picture that kanal can read.", file=path.name),
            msg("Save it as JPEG, PNG, WebP or GIF."),
        ) from error
    # Pillow's decoders raise all of these for broken content.
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise _damaged(path) from error


def _must_have_content(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _no_file(path, error) from error
    if not path.is_file():
        raise UnreadableMedia(msg("“{file}” is not a file.", file=path.name), msg("Name the picture itself."))
    if size == 0:
        raise UnreadableMedia(msg("“{file}” is empty.", file=path.name), msg("Copy the picture again."))


def _is_whole(path: Path, image: "ImageFile") -> bool:
    """Whether the file goes on to its proper end. Uses the picture up: nothing can be read from it afterwards."""
    if image.format in ("JPEG", "MPO"):
        # Pillow stopped where the scan begins. In a scan the end marker cannot occur by chance (T.81, B.1.1.5), and
        # thumbnails with a marker of their own stand before it.
        return image.fp is not None and b"\xff\xd9" in image.fp.read()
    if image.format == "GIF":
        return path.read_bytes().rstrip(b"\0").endswith(b";")
    if image.format == "PNG":
        image.verify()
    elif image.format != "WEBP":  # whose library refuses a file shorter than its header says, on opening
        image.load()
    return True


def _no_file(path: Path, error: OSError) -> UnreadableMedia:
    if isinstance(error, FileNotFoundError):
        return UnreadableMedia(
            msg("There is no file “{file}”.", file=path.name), msg("Check the name, capitals too, and the folder.")
        )
    return UnreadableMedia(
        msg("“{file}” cannot be read: {reason}.", file=path.name, reason=error.strerror or type(error).__name__),
        msg("Check that it is a file and that you may read it."),
    )


def _too_large(path: Path) -> UnreadableMedia:
    return UnreadableMedia(
        msg("“{file}” has more than {limit} million pixels.", file=path.name, limit=PIXELS_MAX // 1_000_000),
        msg("Save it smaller; no network shows that many."),
    )


def _damaged(path: Path) -> UnreadableMedia:
    return UnreadableMedia(msg("“{file}” is damaged or cut off.", file=path.name), msg("Copy the picture again."))
