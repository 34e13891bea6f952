"""Whether a post found on a network says what a part says, where the network has rewritten links on the way.

Shared by adapters that search their account's own posts. This module must not know any network.
"""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import unquote

from kanal.model import Part
from kanal.text import find_links

SAME_TIME = timedelta(minutes=1)
"""How exactly a network keeps the time for which something was handed over."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the office's clock may be ahead of a network's without hiding a post made since a claim."""


def links_differ(part: Part, found: Sequence[str]) -> bool:
    """Whether the addresses of a found post, in order, are clearly others than those in the text of `part`.

    Networks write umlauts and percent signs in their own way; addresses with either are not held against a post.
    """
    ours = [link.url for link in find_links(part.text)]
    if len(ours) != len(found):
        return False
    return any(_clear(a) and _clear(b) and _bare(a) != _bare(b) for a, b in zip(ours, found, strict=True))


def alts_agree(part: Part, found: Sequence[str]) -> bool:
    """Whether the alternative texts of a found post's pictures, in order, are those of `part`."""
    return [_flat(alt) for alt in found] == [_flat(picture.alt) for picture in part.media]


def _clear(url: str) -> bool:
    return url.isascii() and "xn--" not in url.lower() and unquote(url) == url


def _bare(url: str) -> str:
    return url.partition("://")[2].rstrip("/") if "://" in url else url.rstrip("/")


def _flat(alt: str) -> str:
    return " ".join(alt.split())
