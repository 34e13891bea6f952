"""Any picture's colours turned into those of screens (sRGB), since networks and browsers take all others for these.

This module must not know files.
"""

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_WHITE = (255, 255, 255, 255)
_DEEP = 256
"""Shades of a grey of 16 bits for each that a screen has."""


def for_screens(image: "Image", *, opaque: bool) -> "Image":
    """The picture in grey, RGB or RGBA, with nothing attached. `opaque`: what shines through becomes white."""
    has_alpha = image.has_transparency_data
    profile = image.info.get("icc_profile")
    alpha = image.convert("RGBA").getchannel("A") if has_alpha else None
    shown = _converted(_plain(image), profile if isinstance(profile, bytes) else b"")
    if alpha is not None:
        shown = shown.convert("RGB")
        shown.putalpha(alpha)
        if opaque:
            shown = _on_white(shown)
    shown = shown.copy()
    # What Pillow would write into the new file.
    shown.info = {}
    return shown


def _plain(image: "Image") -> "Image":
    """The picture without palette and depth that is for no screen; in its own colours still."""
    if image.mode.startswith("I"):
        return image.point(lambda shade: shade * (1 / _DEEP)).convert("L")
    if image.mode in ("1", "LA", "La", "F"):
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _converted(image: "Image", profile: bytes) -> "Image":
    """In sRGB. A profile that is damaged, or of other colours than the picture, is ignored as browsers do."""
    from PIL import ImageCms

    if profile:
        with suppress(ImageCms.PyCMSError, OSError):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image,
                own,
                ImageCms.createProfile("sRGB"),
                ImageCms.Intent.RELATIVE_COLORIMETRIC,  # white stays white (ICC.1, 7.2.15)
                outputMode="RGB",
            )
            if converted is not None:
                return converted
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    ground = Image.new("RGBA", image.size, _WHITE)
    return Image.alpha_composite(ground, image).convert("RGB")
