"""A post in a page's feed: the fields that make one, and what of a listed one tells that it is the same.

This module must not talk to Facebook.
"""

import json
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from kanal.graph.answers import Answer
from kanal.graph.posts import Fields
from kanal.model import Part, Prepared
from kanal.text.link_within import stands_in

FIELDS = Fields(text="message", time="created_time", address="permalink_url")


def message_of(part: Part) -> str:
    """The text, and with pictures or a video the link as well, unless it stands there already."""
    if not part.link or not part.media or stands_in(part.text, part.link):
        return part.text
    return f"{part.text}\n\n{part.link}" if part.text else part.link


def as_sent(part: Part) -> Part:
    """The part with the text that Facebook gets."""
    return part._replace(text=message_of(part))


def feed_fields(prepared: Prepared) -> Mapping[str, str]:
    """What is posted to the feed."""
    part = prepared.part
    fields = {"message": message_of(part)} if message_of(part) else {}
    if part.link and not part.media:
        fields["link"] = part.link
    for number, name in enumerate(sorted(prepared.handles)):
        fields[f"attached_media[{number}]"] = json.dumps({"media_fbid": prepared.handles[name]})
    return fields


def carries_the_same(entry: Answer, part: Part) -> bool:
    """Whether a listed post has as many pictures as the part, or else the same link."""
    attached = list(_attachments(entry))
    if part.media:
        return sum(_pictures(attachment) for attachment in attached) == len(part.media)
    if any(_pictures(attachment) for attachment in attached):
        return False
    links = {_plain(str(attachment["url"])) for attachment in attached if attachment.get("url")}
    # A link in the text makes Meta add a preview by itself.
    return not links or (_plain(part.link) in links if part.link else True)


def _attachments(entry: Answer) -> Iterator[Answer]:
    attachments = entry.get("attachments")
    data = attachments.get("data") if isinstance(attachments, dict) else None
    for attachment in data if isinstance(data, list) else ():
        if isinstance(attachment, dict):
            yield attachment


def _pictures(attachment: Answer) -> int:
    inner = attachment.get("subattachments")
    data = inner.get("data") if isinstance(inner, dict) else None
    if isinstance(data, list) and attachment.get("type") in ("album", "new_album", "photo"):
        return len(data)
    return 1 if attachment.get("type") == "photo" else 0


def _plain(link: str) -> str:
    """Without what does not tell pages apart, and without the detour that Facebook puts before outside links."""
    parts = urlsplit(link)
    if parts.hostname == "l.facebook.com":
        link = parse_qs(parts.query).get("u", [link])[0]
    return unquote(link.partition("#")[0]).rstrip("/")
