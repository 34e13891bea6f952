"""X's way to count: weights by code point, 2 for an emoji however it is composed, 23 for a link.

Source: twitter-text configuration version 3. This module must not know the limit, nor what a post with a link costs.
"""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from kanal.text.links import find_links
from kanal.text.signs import highest

if TYPE_CHECKING:
    import regex

LINK_WEIGHT = 23
_EMOJI_WEIGHT = 2
_LAST_LIGHT = "\u10ff"
"""Up to here a letter weighs 1, and none is part of an emoji but © and ®."""


def weighted_length(text: str) -> int:
    """The length of `text` as X counts it, after NFC, every line end being one character.

    A sequence of an emoji younger than X's own list may count more there than the 2 it counts here.
    """
    normal = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    total, position = 0, 0
    for link in find_links(normal):
        total += _weight(normal[position : link.start]) + LINK_WEIGHT
        position = link.end
    return total + _weight(normal[position:])


def _weight(text: str) -> int:
    if highest(text) <= _LAST_LIGHT and "\xa9" not in text and "\xae" not in text:
        return len(text)
    if _hints_at_emoji().search(text) is None:
        return _plain_weight(text)
    rest, emoji = _emoji().subn("", text)
    return _plain_weight(rest) + emoji * _EMOJI_WEIGHT


def _plain_weight(text: str) -> int:
    return len(text) + len(_heavy().findall(text))


@cache
def _heavy() -> re.Pattern[str]:
    return re.compile("[^\x00-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")


@cache
def _hints_at_emoji() -> re.Pattern[str]:
    """What makes an emoji count otherwise than its single code points: © and ®, joiners, keycaps, flags, tags."""
    return re.compile("[\xa9\xae\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")


@cache
def _emoji() -> "regex.Pattern[str]":
    """Emoji sequences by their grammar (UTS #51, section 1.4.9), with or without U+FE0F where one is due."""
    import regex

    keycap = r"[0-9#*]\ufe0f?\u20e3"
    flag = r"\p{Regional_Indicator}{2}"
    tagged = r"\U0001F3F4[\U000E0020-\U000E007E]+\U000E007F"
    single = r"[\p{Emoji}--[0-9#*]--\p{Regional_Indicator}]"
    element = rf"(?:\p{{Emoji_Modifier_Base}}\ufe0f?\p{{Emoji_Modifier}}|{single}\ufe0f?)"
    return regex.compile(rf"(?V1){keycap}|{flag}|{tagged}|{element}(?>(?:\u200d{element})*)")
