"""Pictures made ready for a network, right before they are handed to its adapter: new files, the draft's untouched.

Whatever the policy says, what is sent carries no EXIF, XMP, IPTC or remarks, and stands upright; with `adapt` it is
also converted and scaled to what the network takes. An adapter knows nothing of that. This module must not know any
network, nor the ledger.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from kanal.adapting import anew, order_for
from kanal.errors import Rejected, Unavailable
from kanal.limits import Limits
from kanal.media.making import Order
from kanal.media.opening import OutOfReach, UnreadableMedia
from kanal.message import msg
from kanal.model import Part, Picture

Fit = Callable[[Part], Part]
"""`fit` for one channel: what its part is given to the network as."""
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "image/avif": ".avif",
    "image/heic": ".heic",
}
_ONE_AT_A_TIME = Lock()
"""A decoded picture may take several hundred megabytes, and each channel has a thread."""


def fit(part: Part, limits: Limits, folder: Path, *, adapt: bool) -> Part:
    """The part as the network is given it; files that had to be made are in `folder`, named by their content.

    What cannot be made to fit is left to the adapter to refuse. Raises `Rejected` for a file that is damaged, no
    picture, or has too many pixels; `Unavailable` for one that cannot be read here, or if `folder` cannot be written.
    """
    ours = limits.of(part)
    return part._replace(media=tuple(_fitted(picture, ours, folder, adapt=adapt) for picture in part.media))


def _fitted(picture: Picture, limits: Limits, folder: Path, *, adapt: bool) -> Picture:
    if picture.is_video:
        return picture
    try:
        with _ONE_AT_A_TIME:
            return picture._replace(file=_file(picture.file, limits, folder, adapt=adapt))
    except OutOfReach as error:
        raise Unavailable(error.message, error.advice, needs_person=True) from error
    except UnreadableMedia as error:
        raise Rejected(error.message, error.advice) from error
    except OSError as error:
        raise Unavailable(
            msg("“{file}” could not be made ready for sending: {reason}.", file=picture.file.name, reason=_why(error)),
            msg("Check that there is room in the folder for temporary files."),
            needs_person=True,
        ) from error


def _why(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _file(path: Path, limits: Limits, folder: Path, *, adapt: bool) -> Path:
    """The file to send: the draft's own if there is nothing to take out or to change, also not in its name."""
    from kanal.media import digest, measure

    facts = measure(path)
    order = order_for(facts, limits, adapt=adapt)
    kind = order.media_type if order else facts.media_type
    place = folder / f"{digest(path)[:16]}-{_name(order)}" / f"{path.stem}{SUFFIXES[kind]}"
    if place.exists():
        return place
    content = _content(path, order or anew(facts, limits), touch=order is not None)
    if content == path.read_bytes() and facts.expected_type in (None, kind):
        return path
    place.parent.mkdir(parents=True, exist_ok=True)
    incomplete = place.with_name(f"{place.name}.{os.getpid()}.part")
    incomplete.write_bytes(content)
    incomplete.replace(place)
    return place


def _name(order: Order | None) -> str:
    return f"{order.width}x{order.height}-{order.bytes_max}" if order else "clean"


def _content(path: Path, order: Order, *, touch: bool) -> bytes:
    from kanal.media.cleaning import stripped
    from kanal.media.making import made

    content = None if touch else stripped(path)
    return made(path, order) if content is None else content
