"""Measuring pictures: what kind they are and how large, without decoding more than needed.

This module must not know what a network takes, nor change a file.
"""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kanal.media.opening import FORMATS, damaged, found, no_file, opened

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

_SUFFIXES = {".jpg": "image/jpeg", ".tif": "image/tiff", ".heic": "image/heic", ".heif": "image/heic"} | {
    f".{kind}": f"image/{kind}" for kind in ("jpeg", "png", "webp", "gif", "avif", "bmp", "tiff")
}
_STILL = ("MPO", "HEIF")
"""What a telephone puts behind the first picture is no film."""
_TURNED = (5, 6, 7, 8)
"""EXIF orientations (tag 274) that swap width and height."""


class PictureFacts(NamedTuple):
    """What a picture is, from its content; only `expected_type` comes from its name (`None`: no known suffix).

    `bytes` is the size of the file, width and height are pixels as a viewer shows them (a camera's rotation applied),
    `mode` is Pillow's name of the colours (RGB, CMYK, P …). `transparent`: something may shine through. `turned`: only
    its EXIF says which side is up.
    """

    media_type: str
    bytes: int
    width: int
    height: int
    animated: bool
    mode: str
    expected_type: str | None
    transparent: bool = False
    turned: bool = False

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height


def measure(path: Path) -> PictureFacts:
    """The facts about a picture, from its header; that it is whole is told from its structure where the format allows.

    Raises `UnreadableMedia` for a file that is missing, empty, cut off, no picture, or has more than `PIXELS_MAX`.
    """
    from kanal.media.exif import orientation

    size = found(path).st_size
    with opened(path) as image:
        width, height = image.size
        turn = orientation(image.info.get("exif", b""))
        if turn in _TURNED:
            width, height = height, width
        facts = PictureFacts(
            media_type=FORMATS[image.format or ""],
            bytes=size,
            width=width,
            height=height,
            animated=image.format not in _STILL and bool(getattr(image, "is_animated", False)),
            mode=image.mode,
            expected_type=_SUFFIXES.get(path.suffix.lower()),
            transparent=image.has_transparency_data,
            turned=turn != 1,
        )
        if not _is_whole(path, image):
            raise damaged(path)
        return facts


def digest(path: Path) -> str:
    """SHA-256 of the file's bytes in hex, read piece by piece. Raises `UnreadableMedia` if it cannot be read."""
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise no_file(path, error) from error


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
