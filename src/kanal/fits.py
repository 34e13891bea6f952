"""Whether a part fits a network, asked once more right before it is sent.

`lint` asks the same in advance; this is the last look of an adapter, with the numbers that the network's own server
gives today. This module must not know any network, and opens pictures only to see what kind they are.
"""

from collections.abc import Iterator
from pathlib import Path

from kanal.errors import Rejected, Unavailable
from kanal.limits import Limits
from kanal.message import Message, msg
from kanal.model import Part, Picture

_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
HEAD = 12
"""Bytes at the start of a file that tell its kind."""


def refuse_misfits(part: Part, limits: Limits) -> None:
    """Raise `Rejected` with the numbers for the first limit that `part` breaks, before anything is sent."""
    for problem in _problems(part, limits):
        raise Rejected(problem)


def media_type(picture: Picture) -> str:
    """The kind of a picture by its first bytes, as an IANA media type. Raises `Unavailable` for an unreadable file."""
    head = _head(picture.file)
    for start, kind in _SIGNATURES:
        if head.startswith(start):
            return kind
    return "image/webp" if head[:4] == b"RIFF" and head[8:] == b"WEBP" else "application/octet-stream"


def _problems(part: Part, limits: Limits) -> Iterator[Message]:
    length = limits.count(part.text)
    if length > limits.text:
        yield msg(
            "The text has {length} characters; the network takes {limit} at most.", length=length, limit=limits.text
        )
    if part.link and not limits.link_field:
        yield msg("The network has no field for a link; it must stand in the text.")
    count = len(part.media)
    if count > limits.media_max:
        yield msg(
            "Pictures in the post: {count}; the network takes {limit} at most.", count=count, limit=limits.media_max
        )
    if count < limits.media_min:
        yield msg(
            "Pictures in the post: {count}; the network wants {limit} at least.", count=count, limit=limits.media_min
        )
    if not part.text.strip() and not part.media and not part.link:
        yield msg("The post is empty.")
    for picture in part.media:
        yield from _picture_problems(picture, limits)


def _picture_problems(picture: Picture, limits: Limits) -> Iterator[Message]:
    name, kind = picture.file.name, media_type(picture)
    if kind not in limits.media_types:
        yield msg(
            "“{file}” is of the kind {kind}; the network takes {kinds}.",
            file=name,
            kind=kind,
            kinds=", ".join(sorted(limits.media_types)),
        )
    size = picture.file.stat().st_size
    if size > limits.media_bytes:
        yield msg(
            "“{file}” has {size} bytes; the network takes {limit} at most.",
            file=name,
            size=size,
            limit=limits.media_bytes,
        )
    if len(picture.alt) > limits.alt:
        yield msg(
            "The alternative text of “{file}” has {length} characters; the network takes {limit} at most.",
            file=name,
            length=len(picture.alt),
            limit=limits.alt,
        )


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError as error:
        raise Unavailable(
            msg("The picture “{file}” cannot be read: {reason}.", file=file.name, reason=error.strerror or ""),
            needs_person=True,
        ) from error
