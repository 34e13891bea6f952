"""Whether a post that is found on a network is ours, although the network changed the text on its way.

A false yes hides that something was never published, so only what networks are known to change is evened out:
links (t.co, display forms), HTML escapes, Unicode normal form, white space, the server of a mention. Words, numbers,
signs, hashtags and capitals stay. Pure functions; this module must not know a platform's API.
"""

import re
import unicodedata
from functools import cache

from kanal.text.links import find_links
from kanal.text.tags import without_servers

LINK_PLACEHOLDER = "\ufffc"
"""U+FFFC, object replacement character: in a normal form it stands for a link."""

_ELLIPSES = ("…", "...")


def plain(html: str) -> str:
    """Mastodon's `content` as the text that was posted: paragraphs become empty lines, `<br>` a new line.

    The spans that only hide parts of a long link are ignored, so links come out whole. A remote mention has lost its
    server (`@user`); text without any tag comes back unescaped.
    """
    from html import unescape

    text = _line_break().sub("\n", html.replace("\n", " "))
    text = _block_end().sub("\n\n", text)
    return _newlines().sub("\n\n", unescape(_tag().sub("", text))).strip()


def comparable(text: str) -> str:
    """The normal form in which a text and what X, Mastodon, Facebook or Instagram made of it are equal.

    Every link that X would see is the same placeholder, so two texts that differ in nothing but their links are equal
    here: who can, compares the links as well.
    """
    normal = unicodedata.normalize("NFC", _unescaped(text))
    pieces, position = [], 0
    for link in find_links(normal):
        pieces += [without_servers(normal[position : link.start]), LINK_PLACEHOLDER]
        position = link.end + _cut_off(normal, link.end)
    pieces.append(without_servers(normal[position:]))
    return " ".join("".join(pieces).split())


def _unescaped(text: str) -> str:
    """Only the three escapes that X makes, and as often as they are nested."""
    while True:
        once = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        if once == text:
            return text
        text = once


def _cut_off(text: str, end: int) -> int:
    """The length of the ellipsis with which a display form breaks a link off."""
    for ellipsis in _ELLIPSES:
        after = end + len(ellipsis)
        if text.startswith(ellipsis, end) and not text[after : after + 1].strip():
            return len(ellipsis)
    return 0


@cache
def _line_break() -> re.Pattern[str]:
    return re.compile(r"<br\b[^>]*>", re.IGNORECASE)


@cache
def _block_end() -> re.Pattern[str]:
    return re.compile(r"</(?:p|div|li|ul|ol|blockquote|pre|h[1-6])\s*>", re.IGNORECASE)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"</?[a-z][^>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)


@cache
def _newlines() -> re.Pattern[str]:
    return re.compile(r"\n{3,}")
