"""Posts of the practice X: publish, read, delete; the same text twice is refused as X refuses it."""

from json import JSONDecodeError
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture, StoredPost
from kanal.sandbox.refusal import Refused
from kanal.sandbox.x.listing import LIST_QUERY, LOOK_QUERY, POST_FIELDS, includes, page
from kanal.sandbox.x.request_body import PRACTISED, check_body
from kanal.sandbox.x.words import (
    fields,
    invalid,
    not_found,
    post_entity,
    problem,
    refuse_unknown_query,
    speaker,
)

MAX_WEIGHT = 280
MEDIA_SECONDS = 86_400
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
# X does not say how long it looks back; a day catches every repeat that a publisher could make by mistake.
_DUPLICATE_SECONDS = 86_400
_EPOCH_MS = 1_288_834_974_657


def routes(ground: Ground) -> list[Route]:
    """The routes below `/2/tweets` and a user's list of posts."""

    async def create(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        body = await _body(request)
        check_body(body)
        post = _new_post(ground, account, body)
        ground.store.save_post(post)
        return JSONResponse({"data": post_entity(ground, post, set())}, 201)

    async def listed(request: Request) -> Response:
        account = await speaker(ground, request)
        refuse_unknown_query(request, LIST_QUERY)
        if request.path_params["id"] != account.id:
            return not_found("user", request.path_params["id"])
        return page(ground, account, request)

    async def show(request: Request) -> Response:
        await speaker(ground, request)
        refuse_unknown_query(request, LOOK_QUERY)
        post = ground.store.post("x", request.path_params["id"])
        if post is None:
            return not_found("tweet", request.path_params["id"])
        entity = post_entity(ground, post, fields(request, *POST_FIELDS))
        return JSONResponse({"data": entity, **includes(ground, [post], request)})

    async def delete(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        post = ground.store.post("x", request.path_params["id"])
        if post is None:
            return problem(404, "Not Found")
        if post.account != account.account:
            return problem(403, "You are not authorized to delete this Tweet.")
        ground.store.delete_post("x", post.id)
        return JSONResponse({"data": {"deleted": True}})

    return [
        Route("/2/tweets", create, methods=["POST"]),
        Route("/2/tweets/{id}", show, methods=["GET"]),
        Route("/2/tweets/{id}", delete, methods=["DELETE"]),
        Route("/2/users/{id}/tweets", listed, methods=["GET"]),
    ]


async def _body(request: Request) -> Any:
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise invalid("Requests with bodies must have content-type of application/json.")
    try:
        return await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise invalid("Request body is not valid JSON.") from error


def _new_post(ground: Ground, account: Account, body: dict[str, Any]) -> StoredPost:
    from kanal.text import weighted_length

    for name in sorted(set(body) - PRACTISED):
        raise Refused(problem(501, f"The practice network does not offer “{name}”."))
    text = body.get("text", "")
    media = tuple(_picture(ground, account, upload_id) for upload_id in body.get("media", {}).get("media_ids", []))
    reply_to = body.get("reply", {}).get("in_reply_to_tweet_id")
    if not text.strip() and not media:
        raise invalid("$.text: is missing but it is required")
    if weighted_length(text) > MAX_WEIGHT:
        # What X answers to accounts that may not write long posts (tweepy/tweepy#2197).
        raise Refused(problem(403, "You are not permitted to perform this action."))
    if len(media) > 1 and any(picture.type == "image/gif" for picture in media):
        raise invalid("A GIF must be the only media of a Tweet.", {"media.media_ids": [pic.id for pic in media]})
    _refuse_repetition(ground, account, text, media, reply_to)
    number = ground.store.number(ground.now())
    post_id = str((number - _EPOCH_MS) << 22)
    return StoredPost(
        number,
        "x",
        account.account,
        post_id,
        text,
        ground.now(),
        media=media,
        details={
            "reply_to": reply_to,
            "conversation_id": _conversation(ground, account, reply_to) or post_id,
            "reply_settings": body.get("reply_settings", "everyone"),
            "made_with_ai": body.get("made_with_ai", False),
            "paid_partnership": body.get("paid_partnership", False),
        },
    )


def _picture(ground: Ground, account: Account, upload_id: str) -> StoredPicture:
    upload = ground.store.upload(account, upload_id)
    if upload is None or upload.picture is None or upload.at + MEDIA_SECONDS < ground.now():
        words = "Your media IDs are invalid."
        raise invalid(words, {"media.media_ids": [upload_id]}, words)
    return upload.picture


def _conversation(ground: Ground, account: Account, reply_to: str | None) -> str | None:
    if reply_to is None:
        return None
    parent = ground.store.post("x", reply_to)
    if parent is None:
        words = "You attempted to reply to a Tweet that is deleted or not visible to you."
        raise Refused(problem(403, words))
    if parent.account != account.account:
        words = "You can only reply to or quote posts where you are mentioned or are the author."
        raise Refused(problem(403, words))
    conversation: str = parent.details["conversation_id"]
    return conversation


def _refuse_repetition(
    ground: Ground, account: Account, text: str, media: tuple[StoredPicture, ...], reply_to: str | None
) -> None:
    shown = [picture.sha256 for picture in media]
    for post in ground.store.posts("x", account.account, text=text, since=ground.now() - _DUPLICATE_SECONDS):
        if post.details["reply_to"] == reply_to and [picture.sha256 for picture in post.media] == shown:
            raise Refused(problem(403, DUPLICATE))
