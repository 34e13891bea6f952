"""What pictures carry along beside what is seen: which sorts of metadata, and which of them tell on somebody.

This module must not change a file, nor know which metadata an office minds.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kanal.media.opening import must_have_content, no_file, opened

if TYPE_CHECKING:
    from kanal.media.personal import Carried

_IPTC_RESOURCE = 0x0404
"""Photoshop's image resource that holds IPTC-IIM records."""
_EXIF_IFD, _GPS_IFD, _IPTC_TAG, _DESCRIPTION, _ARTIST = 0x8769, 0x8825, 33723, 270, 315
"""TIFF tags; a TIFF has others of its own, which are no metadata."""


def has_metadata(path: Path) -> tuple[str, ...]:
    """Which kinds of embedded metadata a picture carries: of `EXIF`, `XMP`, `IPTC`, `comment`, in this order.

    A PNG is decoded for it, since it may hold them at its end. Colour profiles are none. Raises `UnreadableMedia`.
    """
    with opened(path) as image:
        tags, tiff = set(image.getexif()), image.format == "TIFF"
        texts = set(getattr(image, "text", {}))
        profiles = {key for key in texts if key.startswith(("XML:com.adobe.xmp", "Raw profile type"))}
        kinds = {
            "EXIF": bool(tags & {_EXIF_IFD, _GPS_IFD} if tiff else tags),
            "XMP": bool({"xmp", "XML:com.adobe.xmp"} & image.info.keys()),
            "IPTC": _IPTC_RESOURCE in image.info.get("photoshop", {}) or _IPTC_TAG in tags,
            "comment": bool(image.info.get("comment") or texts - profiles or (tiff and tags & {_DESCRIPTION, _ARTIST})),
        }
    return tuple(kind for kind, present in kinds.items() if present)


def personal_metadata(path: Path) -> tuple[str, ...]:
    """Which metadata tell on somebody: of `gps`, `person`, `device` (a serial number), `comment`, in this order.

    `comment` is what somebody wrote about the picture: captions, titles, keywords, remarks. Read in JPEG, PNG, WebP,
    GIF and TIFF from the structure, without decoding, and as far as a damaged file can be read; in AVIF with Pillow.
    Raises `UnreadableMedia` for what is missing, empty or no picture.
    """
    from kanal.media.personal import KINDS, kinds_in

    present = {kind for block in _carried(path) for kind in kinds_in(block)}
    return tuple(kind for kind in KINDS if kind in present)


def _carried(path: Path) -> "Iterator[Carried]":
    from kanal.media import gif, jpeg, png, webp
    from kanal.media.personal import Carried
    from kanal.media.structure import Broken

    readers = {"jpeg": jpeg.carried, "png": png.carried, "webp": webp.carried, "gif": gif.carried}
    must_have_content(path)
    try:
        kind, content = _read(path)
    except OSError as error:
        raise no_file(path, error) from error
    if kind in readers:
        with suppress(Broken):
            yield from readers[kind](content)
    elif kind == "tiff":
        yield Carried("exif", content)
    else:
        with opened(path) as image:
            blocks = [Carried(form, image.info[form]) for form in ("exif", "xmp") if form in image.info]
        yield from blocks


def _read(path: Path) -> tuple[str, bytes]:
    """What kind the file is of, and its content if that is one that is read here."""
    from kanal.media.structure import HEAD, kind_of

    with path.open("rb") as file:
        kind = kind_of(file.read(HEAD))
        file.seek(0)
        return kind, file.read() if kind else b""
