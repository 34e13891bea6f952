"""Pictures put the right way up, as their EXIF says and viewers show them.

Pillow's own way also listens to XMP, which no viewer does. This module must not know files.
"""

from typing import TYPE_CHECKING

from kanal.media.exif import orientation

if TYPE_CHECKING:
    from PIL.Image import Image


def upright(picture: "Image", exif: bytes) -> "Image":
    """The picture as it is to be seen; `exif` is its block (Exif 3.0, 4.6.5.1)."""
    from PIL.Image import Transpose

    turn = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }.get(orientation(exif))
    return picture if turn is None else picture.transpose(turn)
