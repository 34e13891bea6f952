"""What the readers of file structures share: how a kind is told from its first bytes, and the one error they know."""

from kanal.media.exif import ORDERS

HEAD = 12
"""How many bytes tell the kind of a file."""
HEAD_OF_BOXES = 64
"""As many tell it of a file that is made of boxes (ISO 14496-12), which begins with a list of its kinds."""
_HEIC = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
"""As telephones write them (ISO 23008-12)."""
_AVIF = frozenset((b"avif", b"avis"))


class Broken(ValueError):
    """A file's structure ends too early or contradicts itself."""


def is_heic(head: bytes) -> bool:
    """Whether a file is a HEIC picture, which Pillow reads with an additional package only."""
    if head[4:8] != b"ftyp":
        return False
    kinds = {head[place : place + 4] for place in range(8, min(len(head), int.from_bytes(head[:4])), 4)}
    return bool(kinds & _HEIC) and not kinds & _AVIF


def kind_of(head: bytes) -> str:
    """`jpeg`, `png`, `webp`, `gif` or `tiff`, and an empty string for what is read by Pillow only."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "tiff" if head[:4] in ORDERS else ""
