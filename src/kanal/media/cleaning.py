"""Taking metadata out of picture files without touching the picture: building blocks are left out, none is re-encoded.

This module must not know which metadata an office minds: all go. An office that wants to keep a credit line writes it
into the draft.
"""

import os
import stat
from pathlib import Path

from kanal.errors import KanalError
from kanal.media.metadata import personal_metadata
from kanal.media.opening import UnreadableMedia, damaged, no_file
from kanal.media.picture import measure
from kanal.media.structure import HEAD, Broken, kind_of
from kanal.message import msg


class UncleanableMedia(KanalError):
    """Metadata cannot be taken out of a picture; its file is as it was."""


def cleaned(path: Path) -> bytes:
    """The file's content without EXIF, XMP, IPTC, comments, thumbnails and whatever follows the picture.

    What decides on the looks stays: pixels, colour profile, resolution, and how the camera was held. Works for JPEG,
    PNG, GIF and WebP. Raises `UnreadableMedia` for a damaged file, `UncleanableMedia` for another format.
    """
    return _cleaned(path, _content(path))


def clean(path: Path) -> bool:
    """Take the metadata out of the file; says whether there were any.

    The new file takes the place of the old one only when it is complete on the disk, opens, measures the same and
    carries nothing personal: whatever happens, one of the two is there. Permissions stay, a link stays a link.
    Raises as `cleaned` does, and `UncleanableMedia` if the file cannot be written.
    """
    path = path.resolve()
    before = _content(path)
    after = _cleaned(path, before)
    if after == before:
        return False
    temporary = path.with_name(f".kanal-{os.urandom(4).hex()}.part")
    try:
        with temporary.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        _must_show_the_same(path, temporary)
        temporary.replace(path)
    except OSError as error:
        raise UncleanableMedia(
            msg("“{file}” cannot be written: {reason}.", file=path.name, reason=error.strerror or type(error).__name__),
            msg("The picture is as it was. Check the free space and your rights in its folder."),
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _content(path: Path) -> bytes:
    measure(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise no_file(path, error) from error


def stripped(path: Path) -> bytes | None:
    """As `cleaned`, without even how the camera was held; None where only encoding the picture anew takes that out.

    Raises `UnreadableMedia` for a damaged file.
    """
    from kanal.media import gif, jpeg, png, webp

    try:
        content = _cleaned(path, _content(path))
    except UncleanableMedia:
        return None
    readers = {"jpeg": jpeg.carried, "png": png.carried, "webp": webp.carried, "gif": gif.carried}
    left = readers[kind_of(content[:HEAD])](content)
    return None if any(block.data for block in left) else content


def _cleaned(path: Path, content: bytes) -> bytes:
    from kanal.media import gif, jpeg, png, webp

    cleaners = {"jpeg": jpeg.cleaned, "png": png.cleaned, "webp": webp.cleaned, "gif": gif.cleaned}
    kind = kind_of(content[:HEAD])
    if kind not in cleaners:
        raise UncleanableMedia(
            msg(
                "kanal cannot take metadata out of “{file}”: it does so in JPEG, PNG, GIF and WebP only.",
                file=path.name,
            ),
            msg("Export the picture from your picture program as JPEG or PNG, “without metadata”."),
        )
    try:
        return cleaners[kind](content)
    except Broken as error:
        raise damaged(path) from error


def _must_show_the_same(before: Path, after: Path) -> None:
    try:
        old, new = measure(before), measure(after)
        same = new._replace(bytes=old.bytes, expected_type=old.expected_type) == old and not personal_metadata(after)
    except UnreadableMedia:
        same = False
    if not same:
        raise UncleanableMedia(
            msg("kanal cannot take the metadata out of “{file}” without changing the picture.", file=before.name),
            msg("It is as it was. Export it from your picture program as JPEG or PNG, “without metadata”."),
        )
