"""Hashtags and mentions, as far as their number matters for a network's limits.

This module must not know the limits. Its rules are those that the networks share; where they differ, it says so.
"""

import re
import unicodedata
from functools import cache, lru_cache

from kanal.text.links import find_links, web_links
from kanal.text.signs import REMEMBERED


@lru_cache(REMEMBERED)
def hashtags(text: str) -> tuple[str, ...]:
    """The hashtags of a text in order, repeated ones too, without `#`, in NFC.

    Letters of any script, their marks, digits and `_` belong to a tag, and at least one letter; everything else ends
    it. So `#Bürger_innen` is one tag, while `#Bürger*innen` and `#Bürger:innen` end at the sign: `Bürger`. A `#`
    inside a word, a link or a keycap emoji starts none.
    """
    if "#" not in text and "＃" not in text:
        return ()
    searched = _without_links(unicodedata.normalize("NFC", text))
    bodies = (_body(searched, found.end()) for found in _hash_sign().finditer(searched))
    return tuple(body for body in bodies if any(character.isalpha() for character in body))


def may_have_more_hashtags(text: str, count: int) -> bool:
    """Whether it is worth counting them: a text has no more hashtags than signs that begin one."""
    return text.count("#") + text.count("＃") > count


@lru_cache(REMEMBERED)
def mentions(text: str) -> tuple[str, ...]:
    """The mentioned accounts in order, repeated ones too, without `@`; `user@server` on Mastodon.

    A handle has ASCII letters, digits, `_`, and dots or hyphens inside (Instagram, Mastodon); a handle that goes on
    with an umlaut is none. Facebook's `@[1234]` gives `1234`. E-mail addresses and links hold no mentions.
    """
    if "@" not in text:
        return ()
    found = _mention().finditer(_without_links(text))
    return tuple(mention["page"] or mention["handle"] for mention in found)


def without_servers(text: str) -> str:
    """`text` with `@user` for each `@user@server`, the way Mastodon shows and counts mentions."""
    return _remote_mention().sub(r"\1", text) if "@" in text else text


def _without_links(text: str) -> str:
    pieces, position = [], 0
    for link in sorted({*find_links(text), *web_links(text)}, key=lambda link: link.start):
        pieces.append(text[position : link.start])
        position = max(position, link.end)
        # A letter, so that what touches the link is neither hashtag nor mention.
        pieces.append("x")
    return "".join([*pieces, text[position:]])


def _body(text: str, start: int) -> str:
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] == "_" or (end > start and _is_mark(text[end]))):
        end += 1
    return text[start:end]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


@cache
def _hash_sign() -> re.Pattern[str]:
    return re.compile(r"[#＃](?<![\w&#＃].)")


@cache
def _mention() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w@.+-])@(?:\[(?P<page>[0-9]+)\]"
        r"|(?P<handle>[A-Za-z0-9_]++(?>(?:[.-]++[A-Za-z0-9_]++)*)(?>(?:@\w++(?>(?:[.-]++\w++)+))?))(?![\w@]))"
    )


@cache
def _remote_mention() -> re.Pattern[str]:
    return re.compile(r"(?<![\w/=])(@[A-Za-z0-9_]++(?>(?:[.-]++[A-Za-z0-9_]++)*))@\w++(?>(?:[.-]++\w++)*)(?!@|://)")
