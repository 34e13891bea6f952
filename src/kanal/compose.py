"""From a draft to what it says on one channel: variant, mentions and link applied, exactly as it will be sent.

`lint`, `plan` and `publish` all use this one function, so that what was checked and shown is what goes out. It must
not know the ledger or the clock, and opens pictures only to take their digest.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from kanal.limits import Limits
from kanal.media import digest
from kanal.model import LINK, TEXT, Channel, Draft, Extra, Format, Part, Picture, Variant
from kanal.part_extras import extras_out
from kanal.platforms import limits_of
from kanal.text.link_within import stands_in
from kanal.text.pattern import Pattern

MENTION = Pattern(r"\{@([^{}\s]+)\}", "{")
LINK_PLACE = "{link}"
"""Where the link stands, in a text that puts it somewhere else than at the end."""
Mentions = Mapping[str, Mapping[str, str]]


class Post(NamedTuple):
    """One part of what a draft says on one channel, and which of the draft's fields each word came from."""

    draft: Draft
    channel: Channel
    limits: Limits
    part: Part

    def field(self, name: str) -> str:
        """The draft's field behind the part's `name` (`text`, `media[0].alt`): the variant's, if it says it."""
        further = self.part.number > 1
        place = f"thread[{self.part.number - 2}].{name}" if further else name
        if not self.draft.variants:
            return place
        key = "thread" if further else re.split(r"[.\[]", name)[0]
        for variant in (self.channel.name, self.channel.platform):
            said = self.draft.variants.get(variant)
            if said and getattr(said, key, None) is not None:
                return f"variants.{variant}.{place}"
        return place


def compose(draft: Draft, channel: Channel, mentions: Mentions) -> tuple[Post, ...]:
    """The post of `draft` on `channel`: one part, or those of a thread in their order."""
    limits = limits_of(channel)
    variants = [draft.variants[name] for name in (channel.name, channel.platform) if name in draft.variants]
    said: list[Draft | Variant] = [*variants, draft]
    left_out: tuple[str, ...] = _first(variants, "leave_out") or ()
    thread = () if Extra.THREAD in left_out else _first(said, "thread")
    link = None if LINK in left_out else _first(said, "link")
    media = _first(said, "media")
    texts = [_named(one, channel, mentions) for one in (_first(said, "text"), *(part.text for part in thread))]
    if TEXT in left_out:
        texts[0] = ""
    if link:
        texts = _linked(texts, link, at_the_end=not limits.link_field and TEXT not in left_out)
    link = link if limits.link_field else None
    is_story = _first(said, "format") is Format.STORY
    first = Part(texts[0], draft.language, link, media, story=is_story and Extra.FORMAT not in left_out)
    first = _with_extras(first, draft, left_out)
    limits = limits.of(first)
    if not thread:
        return (Post(draft, channel, limits, first),)
    further = [
        first._replace(
            text=texts[number - 1],
            link=None,
            media=part.media,
            number=number,
            poll=None,
            reply_to=None,
            quote=None,
        )
        for number, part in enumerate(thread, 2)
    ]
    return tuple(Post(draft, channel, limits, part) for part in (first, *further))


def _first(said: Iterable[Draft | Variant], key: str) -> Any:
    """What the first one that says something about it says."""
    for one in said:
        found = getattr(one, key)
        if found is not None:
            return found
    return None


def _with_extras(part: Part, draft: Draft, left_out: tuple[str, ...]) -> Part:
    """The part with what the draft asks for and the channel is not told to leave out."""
    if not draft.asks_for_more:
        return part
    asked = {
        Extra.POLL: ("poll", draft.poll),
        Extra.CONTENT_WARNING: ("warning", draft.content_warning),
        Extra.SENSITIVE_MEDIA: ("sensitive", draft.sensitive_media or None),
        Extra.VISIBILITY: ("visibility", draft.visibility),
        Extra.REPLY_TO: ("reply_to", draft.reply_to),
        Extra.QUOTE: ("quote", draft.quote),
    }
    extras: dict[str, Any] = {
        name: value for extra, (name, value) in asked.items() if value is not None and extra not in left_out
    }
    return part._replace(**extras) if extras else part


def _named(text: str, channel: Channel, mentions: Mentions) -> str:
    if "{" not in text:
        return text
    return MENTION.sub(lambda found: _mention(found, channel.platform, mentions), text)


def _linked(texts: list[str], link: str, *, at_the_end: bool) -> list[str]:
    """The texts of all parts with the link: where they say so, else at the end of the first, unless it is in there."""
    if any(LINK_PLACE in text for text in texts):
        return [text.replace(LINK_PLACE, link) for text in texts]
    first, *further = texts
    return [f"{first}\n\n{link}", *further] if at_the_end and not stands_in(first, link) else texts


def _mention(found: re.Match[str], platform: str, mentions: Mentions) -> str:
    known = mentions.get(found[1])
    if known is None:
        return found[0]
    return known.get(platform) or known.get("name") or found[1]


def content_digest(part: Part) -> str:
    """SHA-256 over everything that readers will see, pictures, videos and captions included, in hex."""
    import hashlib
    import json

    content: dict[str, object] = {
        "text": part.text,
        "language": part.language,
        "link": part.link,
        "media": [_shown(media) for media in part.media],
    }
    # What is not said is left out, so that the digests of older versions of kanal still hold.
    content |= extras_out(part)
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _shown(media: Picture) -> list[str]:
    shown = [digest(media.file), media.alt]
    return [*shown, digest(media.captions)] if media.captions else shown
