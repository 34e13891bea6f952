"""From a draft to what it says on one channel: variant, mentions and link applied, exactly as it will be sent.

`lint`, `plan` and `publish` all use this one function, so that what was checked and shown is what goes out. It must
not know the ledger or the clock, and opens pictures only to take their digest.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from kanal.limits import Limits
from kanal.media import digest
from kanal.model import Channel, Draft, Extra, Part, Picture, Variant
from kanal.part_extras import extras_out
from kanal.platforms import limits_of

MENTION = re.compile(r"\{@([^{}\s]+)\}")
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
        key = "thread" if further else re.split(r"[.\[]", name)[0]
        place = f"thread[{self.part.number - 2}].{name}" if further else name
        for variant in (self.channel.name, self.channel.platform):
            said = self.draft.variants.get(variant)
            if said and getattr(said, key, None) is not None:
                return f"variants.{variant}.{place}"
        return place


def compose(draft: Draft, channel: Channel, mentions: Mentions) -> tuple[Post, ...]:
    """The post of `draft` on `channel`: one part, or those of a thread in their order."""
    limits = limits_of(channel)
    by_channel = draft.variants.get(channel.name, Variant())
    by_platform = draft.variants.get(channel.platform, Variant())
    said = (by_channel, by_platform, draft)
    text = next(source.text for source in said if source.text is not None)
    link = next((source.link for source in said if source.link is not None), None)
    media = next(source.media for source in said if source.media is not None)
    thread = next(source.thread for source in said if source.thread is not None)
    left_out = next((v.leave_out for v in (by_channel, by_platform) if v.leave_out is not None), ())
    text = _named(text, channel, mentions)
    if link and not limits.link_field:
        text = text if _stands_in(text, link) else f"{text}\n\n{link}"
        link = None
    first = _with_extras(Part(text, draft.language, link, media), draft, left_out)
    if not thread or Extra.THREAD in left_out:
        return (Post(draft, channel, limits, first),)
    further = [
        first._replace(
            text=_named(part.text, channel, mentions),
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


def _with_extras(part: Part, draft: Draft, left_out: tuple[Extra, ...]) -> Part:
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
    if "{@" not in text:
        return text
    return MENTION.sub(lambda found: _mention(found, channel.platform, mentions), text)


def _stands_in(text: str, link: str) -> bool:
    """Whether the text says the address itself, not a longer one that begins alike."""
    if link.removesuffix("/") not in text:
        return False
    whole = re.escape(link.removesuffix("/")) + r"/?(?![\w/?#&=%+~@:-]|[.,;!]\w)"
    return re.search(whole, text) is not None


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
