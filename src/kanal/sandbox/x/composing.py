"""A new post of the practice X: what X refuses although its specification allows it.

The same text twice is refused, and replies and quotes of what is gone or belongs to others.
"""

from collections.abc import Mapping
from typing import Any

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture, StoredPost
from kanal.sandbox.refusal import Refused
from kanal.sandbox.x.request_body import PRACTISED
from kanal.sandbox.x.words import invalid, problem

MAX_WEIGHT = 280
MEDIA_SECONDS = 86_400
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
# X does not say how long it looks back; a day catches every repeat that a publisher could make by mistake.
_DUPLICATE_SECONDS = 86_400
_EPOCH_MS = 1_288_834_974_657


def composed(ground: Ground, account: Account, body: Mapping[str, Any]) -> StoredPost:
    """The post that a body within the specification asks for. Raises `Refused`: 400, 403, 501 for the unpractised."""
    for name in sorted(set(body) - PRACTISED):
        raise Refused(problem(501, f"The practice network does not offer “{name}”."))
    text = body.get("text", "")
    media = tuple(_picture(ground, account, upload_id) for upload_id in body.get("media", {}).get("media_ids", []))
    _check(text, media)
    parent = _referred(ground, account, "reply to", body.get("reply", {}).get("in_reply_to_tweet_id"))
    quoted = _referred(ground, account, "quote", body.get("quote_tweet_id"))
    number = ground.store.number(ground.now())
    post_id = str((number - _EPOCH_MS) << 22)
    poll = body.get("poll", {})
    details = {
        "reply_to": parent and parent.id,
        "quote_of": quoted and quoted.id,
        "conversation_id": parent.details["conversation_id"] if parent else post_id,
        "reply_settings": body.get("reply_settings") or poll.get("reply_settings", "everyone"),
        "made_with_ai": body.get("made_with_ai", False),
        "paid_partnership": body.get("paid_partnership", False),
        "poll": _poll(poll, number) if poll else None,
    }
    post = StoredPost(number, "x", account.account, post_id, text, ground.now(), media=media, details=details)
    _refuse_repetition(ground, post)
    return post


def _check(text: str, media: tuple[StoredPicture, ...]) -> None:
    from kanal.text import weighted_length

    if not text.strip() and not media:
        raise invalid("$.text: is missing but it is required")
    if weighted_length(text) > MAX_WEIGHT:
        # What X answers to accounts that may not write long posts (tweepy/tweepy#2197).
        raise Refused(problem(403, "You are not permitted to perform this action."))
    if len(media) > 1 and any(picture.type == "image/gif" for picture in media):
        raise invalid("A GIF must be the only media of a Tweet.", {"media.media_ids": [pic.id for pic in media]})


def _picture(ground: Ground, account: Account, upload_id: str) -> StoredPicture:
    upload = ground.store.upload(account, upload_id)
    if upload is None or upload.picture is None or upload.at + MEDIA_SECONDS < ground.now():
        words = "Your media IDs are invalid."
        raise invalid(words, {"media.media_ids": [upload_id]}, words)
    return upload.picture


def _referred(ground: Ground, account: Account, how: str, post_id: str | None) -> StoredPost | None:
    """The post that is replied to or quoted. X's words about a lost quote are unknown."""
    if post_id is None:
        return None
    post = ground.store.post("x", post_id)
    if post is None:
        raise Refused(problem(403, f"You attempted to {how} a Tweet that is deleted or not visible to you."))
    if post.account != account.account:
        words = "You can only reply to or quote posts where you are mentioned or are the author."
        raise Refused(problem(403, words))
    return post


def _poll(asked: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    return {"id": str(number), "options": asked["options"], "seconds": asked["duration_minutes"] * 60}


def _refuse_repetition(ground: Ground, post: StoredPost) -> None:
    since = post.at - _DUPLICATE_SECONDS
    for other in ground.store.posts("x", post.account, text=post.text, since=since):
        if _besides_text(other) == _besides_text(post):
            raise Refused(problem(403, DUPLICATE))


def _besides_text(post: StoredPost) -> tuple[object, ...]:
    """What else must agree for a post to be the same again."""
    options = post.poll["options"] if post.poll else None
    return [picture.sha256 for picture in post.media], post.reply_to, post.details.get("quote_of"), options
