"""Mastodon's way to count: grapheme clusters, with links and the servers of mentions discounted.

Source: Mastodon's `StatusLengthValidator`. This module must not know any server's limit.
"""

import re
from functools import cache

from kanal.text.links import web_links
from kanal.text.signs import highest
from kanal.text.tags import without_servers

LINK_LENGTH = 23
_LAST_BY_ITSELF = "\u02ff"
"""Up to here no letter joins another, but CR and LF."""


def mastodon_length(text: str) -> int:
    """The length of `text` in grapheme clusters, where a link with http(s) is 23 and `@user@server` only `@user`.

    A warning (`spoiler_text`) counts as well: give both as one string. Bare `example.de` counts its letters.
    """
    pieces, position = [], 0
    for link in web_links(text):
        pieces += [without_servers(text[position : link.start]), "x" * LINK_LENGTH]
        position = link.end
    pieces.append(without_servers(text[position:]))
    return _clusters("".join(pieces))


def _clusters(text: str) -> int:
    if (highest(text) <= _LAST_BY_ITSELF and "\r" not in text) or _one_each().fullmatch(text):
        return len(text)
    import regex

    return len(regex.findall(r"\X", text))


@cache
def _one_each() -> re.Pattern[str]:
    """Text whose every character is a cluster of its own: nothing in these ranges extends or joins its neighbour."""
    return re.compile(
        "(?>(?:[\x00-\x0c\x0e-\u02ff\u0370-\u0373\u0384-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u202f-\u205f"
        "\u20a0-\u20bf\u2100-\u2bff\U0001f300-\U0001f3fa\U0001f400-\U0001faff]|\r(?!\n))*)"
    )
