"""What a receipt names: a post (`{page}_{post}`), or a video, whose id says nothing of its page.

This module must not talk to Facebook.
"""

import re
from urllib.parse import urlsplit

from kanal.errors import Unavailable
from kanal.media import digest
from kanal.message import msg
from kanal.model import Part, Receipt
from kanal.transport.failures import DO_IT_THERE

_VIDEO = re.compile(r"/([0-9]+)/videos/([0-9]+)/?")


def is_video(receipt: Receipt) -> bool:
    """Whether the post is a video."""
    return "_" not in receipt.id


def text_field(receipt: Receipt) -> str:
    """What Facebook calls its text."""
    return "description" if is_video(receipt) else "message"


def page_of(receipt: Receipt) -> str:
    """The page that a video stands on, as its address says; nothing for a post, whose id says it.

    Raises `Unavailable` when the address does not tell: of another page's video Meta says that there is none.
    """
    if not is_video(receipt):
        return ""
    found = _VIDEO.search(urlsplit(receipt.url or "").path)
    if not found or found[2] != receipt.id:
        raise Unavailable(
            msg("The ledger does not say on which page the video “{id}” stands.", id=receipt.id),
            DO_IT_THERE,
            needs_person=True,
        )
    return found[1]


def captions_mark(part: Part) -> str:
    """The SHA-256 (hex) of a video's captions, nothing for one without: what the ledger keeps of them."""
    return "".join(digest(media.captions) for media in part.media if media.captions)
