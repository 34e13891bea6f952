"""Posts, their pictures and their polls in X's JSON."""

import re
from collections.abc import Mapping
from hashlib import sha256
from html import escape
from typing import Any

from kanal.sandbox import addresses
from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import StoredPicture, StoredPost
from kanal.sandbox.x.words import media_key, moment


def post_entity(ground: Ground, post: StoredPost, wanted: set[str]) -> dict[str, Any]:
    """A post with its default fields and those of `wanted` that the practice network has.

    As X does, links in `text` are t.co links, `&`, `<` and `>` are escaped, and a link to the pictures is added.
    """
    text, urls = shortened(ground, post)
    history = "edit_history_post_ids" if ground.options.x_naming == "post" else "edit_history_tweet_ids"
    entity: dict[str, Any] = {"id": post.id, "text": text, history: [post.id]}
    account = ground.store.account("x", post.account)
    assert account is not None  # accounts are never removed
    more = {
        "created_at": moment(post.at),
        "author_id": account.id,
        "conversation_id": post.details["conversation_id"],
        "lang": "de",
        "reply_settings": post.details["reply_settings"],
        "public_metrics": dict.fromkeys(_METRICS, 0),
    }
    if urls:
        more["entities"] = {"urls": urls}
    if post.media:
        more["attachments"] = {"media_keys": [media_key(picture) for picture in post.media]}
    if post.poll:
        more["attachments"] = {"poll_ids": [post.poll["id"]]}
    named = (("replied_to", post.reply_to), ("quoted", post.details.get("quote_of")))
    references = [{"type": kind, "id": other} for kind, other in named if other]
    if references:
        more["referenced_posts" if ground.options.x_naming == "post" else "referenced_tweets"] = references
    if post.reply_to:
        more["in_reply_to_user_id"] = account.id
    return {**entity, **{name: value for name, value in more.items() if name in wanted}}


_METRICS = ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")


def media_entity(ground: Ground, picture: StoredPicture) -> Mapping[str, Any]:
    """A picture for `includes.media`."""
    return {
        "media_key": media_key(picture),
        "type": "photo",
        "url": addresses.picture(ground.address, picture.sha256),
        "alt_text": picture.alt,
        "width": picture.width,
        "height": picture.height,
    }


def poll_entity(ground: Ground, post: StoredPost, wanted: set[str]) -> Mapping[str, Any]:
    """The post's poll for `includes.polls`, with its default fields and those of `wanted`; nobody votes here."""
    assert post.poll is not None
    ends = post.at + post.poll["seconds"]
    options = [{"position": place, "label": label, "votes": 0} for place, label in enumerate(post.poll["options"], 1)]
    more = {
        "duration_minutes": post.poll["seconds"] // 60,
        "end_datetime": moment(ends),
        "voting_status": "open" if ground.now() < ends else "closed",
    }
    entity = {"id": post.poll["id"], "options": options}
    return {**entity, **{name: value for name, value in more.items() if name in wanted}}


def shortened(ground: Ground, post: StoredPost) -> tuple[str, list[dict[str, Any]]]:
    """The text as X gives it back, and `entities.urls`; places count code points of that text."""
    from kanal.text import find_links

    parts, urls, place, length = [], [], 0, 0
    for link in find_links(post.text):
        before = escape(post.text[place : link.start], quote=False)
        short = _tco(post.id, link.start, link.url)
        parts += [before, short]
        start = length + len(before)
        length = start + len(short)
        full = link.url if link.has_protocol else f"http://{link.url}"
        urls.append({"start": start, "end": length, "url": short, "expanded_url": full, "display_url": _shown(full)})
        place = link.end
    text = "".join(parts) + escape(post.text[place:], quote=False)
    if post.media:
        text, entity = _with_picture_link(ground, post, text)
        urls.append(entity)
    return text, urls


def _with_picture_link(ground: Ground, post: StoredPost, text: str) -> tuple[str, dict[str, Any]]:
    page = addresses.post(ground.address, "x", post.account, post.id)
    short = _tco(post.id, -1, page)
    full = f"{text} {short}".lstrip()
    keys = {"media_key": media_key(post.media[0])}
    entity = {"start": len(full) - len(short), "end": len(full), "url": short, "expanded_url": f"{page}/photo/1"}
    return full, {**entity, "display_url": _shown(page), **keys}


def _tco(post_id: str, place: int, url: str) -> str:
    digits = sha256(f"{post_id} {place} {url}".encode()).hexdigest()
    return f"https://t.co/{digits[:10]}"


def _shown(url: str) -> str:
    rest = re.sub(r"^https?://(www\.)?", "", url)
    return rest if len(rest) <= 26 else f"{rest[:25]}…"  # noqa: PLR2004 - X shows 25 characters and an ellipsis
