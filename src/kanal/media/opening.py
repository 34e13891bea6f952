"""Opening picture files with Pillow, and saying in plain words why one cannot be opened.

This module must not know what is done with the picture. Pillow is imported only when a picture is opened.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import stat_result
from pathlib import Path
from typing import TYPE_CHECKING

from kanal.errors import KanalError
from kanal.message import msg

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

PIXELS_MAX = 100_000_000
"""A picture with more is refused by its header: decoded it would fill the memory of the machine."""

# Pillow's other formats start foreign programs (EPS), or no network takes them.
FORMATS = {
    "JPEG": "image/jpeg",
    # A JPEG with further ones behind it, as telephones write them; networks show the first.
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "HEIF": "image/heic",
}
"""Pillow's name of a format and its media type."""
_FOR_BROKEN_CONTENT = (
    *(OSError, SyntaxError, ValueError, TypeError, EOFError, LookupError, RuntimeError),
    *(struct.error, zlib.error),
)
"""Pillow's decoders and those of its packages raise all of these; found by damaging files."""
_NOT_OPENED_BY_NAME = ("MPO", "HEIF")
"""The first is opened as JPEG, the second is known to Pillow only with `pillow-heif`."""


class UnreadableMedia(KanalError):
    """A media file is missing, or not what can be sent as a picture."""


class OutOfReach(UnreadableMedia):
    """The file itself may be in order, but this computer cannot get at what is in it."""


@contextmanager
def opened(path: Path) -> "Iterator[ImageFile]":
    """The picture, its header read. What Pillow raises inside the block is translated to `UnreadableMedia`, too."""
    from PIL import Image, UnidentifiedImageError

    must_have_content(path)
    heic = _is_heic(path)
    formats = [_heif(path)] if heic else [kind for kind in FORMATS if kind not in _NOT_OPENED_BY_NAME]
    _hush()
    try:
        with Image.open(path, formats=formats) as image:
            if image.width * image.height > PIXELS_MAX:
                raise _too_large(path)
            if image.info.get("exif", b"") is None:
                del image.info["exif"]  # so says pillow-heif of a picture without; Pillow itself leaves the key out
            yield image
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except UnidentifiedImageError as error:
        if heic:
            raise damaged(path) from error
        raise UnreadableMedia(
            msg("“{file}” is not a picture that kanal can read.", file=path.name),
            msg("Save it as JPEG, PNG, WebP or GIF."),
        ) from error
    except _FOR_BROKEN_CONTENT as error:
        raise damaged(path) from error


def found(path: Path) -> stat_result:
    """What the file system knows of the file. Raises `UnreadableMedia` if it is not there or out of reach."""
    try:
        return path.stat()
    except OSError as error:
        raise no_file(path, error) from error


def must_have_content(path: Path) -> None:
    """Raise `UnreadableMedia` for what is missing, a folder, or empty."""
    size = found(path).st_size
    if not path.is_file():
        raise UnreadableMedia(msg("“{file}” is not a file.", file=path.name), msg("Name the picture itself."))
    if size == 0:
        raise UnreadableMedia(msg("“{file}” is empty.", file=path.name), msg("Copy the picture again."))


def no_file(path: Path, error: OSError) -> OutOfReach:
    """The error for a file that the system does not give out."""
    if isinstance(error, FileNotFoundError):
        return OutOfReach(
            msg("There is no file “{file}”.", file=path.name), msg("Check the name, capitals too, and the folder.")
        )
    return OutOfReach(
        msg("“{file}” cannot be read: {reason}.", file=path.name, reason=error.strerror or type(error).__name__),
        msg("Check that it is a file and that you may read it."),
    )


def damaged(path: Path) -> UnreadableMedia:
    """The error for a picture whose content is not what its beginning promises."""
    return UnreadableMedia(msg("“{file}” is damaged or cut off.", file=path.name), msg("Copy the picture again."))


def _hush() -> None:
    """No warnings from Pillow: of 89 million pixels, where ours is the limit that counts, and of faults in metadata.

    For the whole process, since `warnings.catch_warnings` in one thread takes away what a library in another one set.
    """
    warnings.filterwarnings("ignore", module=r"PIL\.|pillow_heif")


def _is_heic(path: Path) -> bool:
    from kanal.media.structure import HEAD_OF_BOXES, is_heic

    try:
        with path.open("rb") as file:
            return is_heic(file.read(HEAD_OF_BOXES))
    except OSError as error:
        raise no_file(path, error) from error


def _heif(path: Path) -> str:
    """Pillow's name of the format, which it knows from now on. Raises `OutOfReach` without the package for it."""
    try:
        from pillow_heif import register_heif_opener
    except ImportError as error:
        raise OutOfReach(
            msg("“{file}” is a HEIC picture, and kanal needs an additional package to read those.", file=path.name),
            msg("Install it with: pip install 'kanal[heic]', or save the picture as JPEG."),
        ) from error
    register_heif_opener()
    return "HEIF"


def _too_large(path: Path) -> UnreadableMedia:
    return UnreadableMedia(
        msg("“{file}” has more than {limit} million pixels.", file=path.name, limit=PIXELS_MAX // 1_000_000),
        msg("Save it smaller; no network shows that many."),
    )
