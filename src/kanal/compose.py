"""From a draft to what it says on one channel: variant, mentions and link applied, exactly as it will be sent.

`lint`, `plan` and `publish` all use this one function, so that what was checked and shown is what goes out. It must
not know the ledger or the clock, and opens pictures only to take their digest.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from kanal.limits import Limits
from kanal.media import digest
from kanal.model import Channel, Draft, Part, Variant
from kanal.platforms import limits_of

MENTION = re.compile(r"\{@([^{}\s]+)\}")
Mentions = Mapping[str, Mapping[str, str]]


class Post(NamedTuple):
    """What one draft says on one channel, and which of the draft's fields each word came from."""

    draft: Draft
    channel: Channel
    limits: Limits
    part: Part

    def field(self, name: str) -> str:
        """The draft's field behind the part's `name` (`text`, `media[0].alt`): the variant's, if it says it."""
        for key in (self.channel.name, self.channel.platform):
            variant = self.draft.variants.get(key)
            if variant and getattr(variant, re.split(r"[.\[]", name)[0]) is not None:
                return f"variants.{key}.{name}"
        return name


def compose(draft: Draft, channel: Channel, mentions: Mentions) -> Post:
    """The post of `draft` on `channel`."""
    limits = limits_of(channel)
    by_channel = draft.variants.get(channel.name, Variant())
    by_platform = draft.variants.get(channel.platform, Variant())
    said = (by_channel, by_platform, draft)
    text = next(source.text for source in said if source.text is not None)
    link = next((source.link for source in said if source.link is not None), None)
    media = next(source.media for source in said if source.media is not None)
    if "{@" in text:
        text = MENTION.sub(lambda found: _mention(found, channel.platform, mentions), text)
    if link and not limits.link_field:
        text = text if _stands_in(text, link) else f"{text}\n\n{link}"
        link = None
    return Post(draft, channel, limits, Part(text, draft.language, link, media))


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
    """SHA-256 over everything that readers will see, pictures included, in hex."""
    import hashlib
    import json

    content = {
        "text": part.text,
        "language": part.language,
        "link": part.link,
        "media": [[digest(picture.file), picture.alt] for picture in part.media],
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
