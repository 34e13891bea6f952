"""Looking for a delivery among the account's own posts, when its outcome is unknown.

This module must not publish, and must say "not there" only after it has seen every post since the claim.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from kanal.alike import CLOCKS_DIFFER, alts_agree, links_differ
from kanal.errors import Unavailable
from kanal.message import msg
from kanal.model import Part, Prepared, Receipt
from kanal.platforms.x.connection import Connection
from kanal.text import comparable
from kanal.transport.failures import other_account

PAGES = 5
"""Of 100 posts each, the most that X allows in a quarter of an hour."""


def find_post(connection: Connection, account: str, prepared: Prepared, since: datetime, page: str) -> Receipt | None:
    """The post that says what was prepared, made since `since` (UTC). Raises `Unavailable` when it cannot tell."""
    part, answered = prepared.part, prepared.handles.get("reply_to")
    me = connection.me
    username = str(me.get("username", ""))
    if username.casefold() != account.casefold():
        raise other_account(username, account)
    near: Mapping[str, Any] | None = None
    for post, alts in _posts(connection, str(me["id"]), since - CLOCKS_DIFFER):
        if not _says(post, part) or _answers(post) != answered:
            continue
        keys = (post.get("attachments") or {}).get("media_keys") or []
        if alts_agree(_as_shown(part), [alts.get(str(key), "") for key in keys]):
            return Receipt(str(post["id"]), f"{page}/status/{post['id']}", _made(post))
        near = post
    if near is not None:
        raise Unavailable(
            msg("X shows a post with the same text, but with other pictures or alternative texts."),
            msg("Compare it with the draft, and tell kanal with “kanal resolve” whether it is this one."),
            words=f"{page}/status/{near['id']}",
            needs_person=True,
        )
    return None


def _as_shown(part: Part) -> Part:
    """The part with the alternative texts that X has: none for videos."""
    shown = (media._replace(alt="") if media.is_video else media for media in part.media)
    return part._replace(media=tuple(shown))


def _posts(connection: Connection, user: str, since: datetime) -> Iterator[tuple[Mapping[str, Any], Mapping[str, str]]]:
    """Every own post since `since`, with the alternative texts of its page's pictures by media key."""
    token: str | None = None
    for _ in range(PAGES):
        answer = connection.posts(user, since, token)
        included = (answer.get("includes") or {}).get("media") or []
        alts = {str(media.get("media_key")): str(media.get("alt_text") or "") for media in included}
        for post in answer.get("data") or []:
            yield post, alts
        token = (answer.get("meta") or {}).get("next_token")
        if not token:
            return
    raise Unavailable(msg("There are too many posts since the attempt to search them all."), needs_person=True)


def _says(post: Mapping[str, Any], part: Part) -> bool:
    """Whether text and links agree."""
    entities = (post.get("entities") or {}).get("urls") or []
    text = _as_written(str(post.get("text", "")), [entity for entity in entities if _is_picture(entity)])
    links = [str(entity.get("expanded_url", "")) for entity in entities if not _is_picture(entity)]
    return comparable(text) == comparable(part.text) and not links_differ(part, links)


def _answers(post: Mapping[str, Any]) -> str | None:
    """The id of the post that this one answers."""
    others = post.get("referenced_tweets") or post.get("referenced_posts") or []
    return next((str(other.get("id")) for other in others if other.get("type") == "replied_to"), None)


def _as_written(text: str, pictures: Sequence[Mapping[str, Any]]) -> str:
    """The text without what X adds: the link to the pictures, and escapes for the three characters of HTML."""
    for picture in pictures:
        text = text.replace(str(picture.get("url", "")), "")
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escaped, character)
    return text


def _is_picture(entity: Mapping[str, Any]) -> bool:
    return (
        "media_key" in entity
        or re.search(r"/status/\d+/(photo|video)/\d+$", str(entity.get("expanded_url"))) is not None
    )


def _made(post: Mapping[str, Any]) -> datetime:
    with suppress(ValueError):
        return datetime.fromisoformat(str(post.get("created_at", ""))).astimezone(UTC)
    return datetime.now(UTC)
