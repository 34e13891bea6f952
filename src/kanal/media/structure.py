"""What the readers of file structures share: how a kind is told from its first bytes, and the one error they know."""

from kanal.media.exif import ORDERS

HEAD = 12
"""How many bytes tell the kind of a file."""


class Broken(ValueError):
    """A file's structure ends too early or contradicts itself."""


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
