"""Where the hashtags of a text stand, and whether a sentence runs through one.

How many a network counts is `kanal.text.tags`' business. This module must not know how a hashtag should be written.
"""

from functools import lru_cache
from typing import NamedTuple

from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

_TAG = Pattern(r"[#＃](?<![\w&#＃].)[0-9_]*+[^\W\d_]\w*+", "#", "＃", begins=True)
_LINK_BEFORE = Pattern(r"(?:://|www\.)\S{0,300}+\Z", "://", "www.")
_NEAR = 200
_ONLY_TAGS = Pattern(r"(?>(?:\s|[^\w\s#＃]|[#＃]\w++|https?://\S++|www\.\S++)*)")


class Hashtag(NamedTuple):
    """`text[start:end]` with its `#`; `body` is what follows it."""

    start: int
    end: int
    body: str


@lru_cache(REMEMBERED)
def find_hashtags(text: str) -> tuple[Hashtag, ...]:
    """The hashtags of a text, in order."""
    tags = tuple(Hashtag(found.start(), found.end(), found[0][1:]) for found in _TAG.finditer(text))
    if not _LINK_BEFORE.may_match(text):
        return tags
    # The part of a link behind # is none.
    return tuple(tag for tag in tags if _LINK_BEFORE.search(text[max(0, tag.start - 300) : tag.start]) is None)


def stands_in_sentence(text: str, tag: Hashtag) -> bool:
    """Whether words of its line stand before and behind it, or it begins a sentence that goes on (`#Berlin feiert`)."""
    before = text[max(0, tag.start - _NEAR) : tag.start].rpartition("\n")[2]
    behind = text[tag.end : tag.end + _NEAR].partition("\n")[0]
    if behind.lstrip().startswith(":") and _ONLY_TAGS.fullmatch(before):
        return False
    return _ONLY_TAGS.fullmatch(behind) is None
