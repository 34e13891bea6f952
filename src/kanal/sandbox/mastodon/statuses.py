"""Statuses of the practice Mastodon: publish, remember the key, list, read, delete.

https://docs.joinmastodon.org/methods/statuses/ ; the key's hour: docs/networks.md#mastodon-the-key
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.mastodon.words import account_entity, error, speaker, status_entity
from kanal.sandbox.records import Account, StoredPost, Upload
from kanal.sandbox.refusal import Refused

MAX_CHARACTERS = 500
MAX_MEDIA = 4
KEY_SECONDS = 3600
_VISIBILITIES = ("public", "unlisted", "private", "direct")
_NOT_PRACTISED = ("poll", "scheduled_at", "quoted_status_id", "allowed_mentions", "quote_approval_policy")


def routes(ground: Ground) -> list[Route]:
    """The routes below `/api/v1/statuses` and an account's list of them."""

    async def create(request: Request) -> Response:
        account = speaker(ground, request, "write:statuses")
        key = request.headers.get("idempotency-key")
        known = ground.store.remembered(account, key, ground.now() - KEY_SECONDS) if key else None
        if known is not None:
            return _repeated(ground, account, known)
        form = await forms.read(request)
        uploads = _media(ground, account, form)
        post = _new_status(ground, account, form, uploads)
        with ground.store.together():
            ground.store.add_post(post)
            ground.store.attach(uploads, post.id)
            if key:
                ground.store.remember_key(account, key, post.id, ground.now())
        return JSONResponse(status_entity(ground, post, account_entity(ground, account)))

    async def listed(request: Request) -> Response:
        account = speaker(ground, request, "read:statuses")
        if request.path_params["id"] != account.id:
            return error(404, "Record not found")
        author = account_entity(ground, account)
        return JSONResponse([status_entity(ground, post, author) for post in _page(ground, account, request)])

    async def show(request: Request) -> Response:
        speaker(ground, request, "read:statuses")
        post = _found(ground, request)
        return JSONResponse(status_entity(ground, post, _author(ground, post)))

    async def source(request: Request) -> Response:
        speaker(ground, request, "read:statuses")
        post = _found(ground, request)
        return JSONResponse({"id": post.id, "text": post.text, "spoiler_text": post.details["spoiler_text"]})

    async def delete(request: Request) -> Response:
        account = speaker(ground, request, "write:statuses")
        post = _found(ground, request)
        if post.account != account.account:
            return error(404, "Record not found")
        ground.store.delete_post("mastodon", post.id)
        return JSONResponse({**status_entity(ground, post, account_entity(ground, account)), "text": post.text})

    return [
        Route("/api/v1/statuses", create, methods=["POST"]),
        Route("/api/v1/accounts/{id}/statuses", listed, methods=["GET"]),
        Route("/api/v1/statuses/{id}", show, methods=["GET"]),
        Route("/api/v1/statuses/{id}/source", source, methods=["GET"]),
        Route("/api/v1/statuses/{id}", delete, methods=["DELETE"]),
    ]


def _author(ground: Ground, post: StoredPost) -> Mapping[str, Any]:
    account = ground.store.account("mastodon", post.account)
    assert account is not None  # accounts are never removed
    return account_entity(ground, account)


def _repeated(ground: Ground, account: Account, post_id: str) -> Response:
    """The status made with this key, or the 500 of Mastodon 4.6.0 to 4.7.1 (mastodon/mastodon#40399)."""
    version = tuple(int(part) for part in ground.options.mastodon_version.split(".")[:3])
    post = ground.store.post("mastodon", post_id)
    if post is None:
        return error(404, "Record not found")
    if (4, 6, 0) <= version <= (4, 7, 1):
        return error(500, "Internal Server Error")
    return JSONResponse(status_entity(ground, post, account_entity(ground, account)))


def _new_status(ground: Ground, account: Account, form: Form, uploads: list[Upload]) -> StoredPost:
    _refuse_unpractised(form)
    text, warning = form.one("status") or "", form.one("spoiler_text") or ""
    _check_text(text, warning, has_media=bool(uploads))
    visibility = form.one("visibility") or "public"
    if visibility not in _VISIBILITIES:
        raise Refused(error(422, "Validation failed: Visibility is not included in the list"))
    reply_to = form.one("in_reply_to_id")
    if reply_to and ground.store.post("mastodon", reply_to) is None:
        raise Refused(error(404, "The post you are trying to reply to does not appear to exist."))
    number = ground.store.number(ground.now())
    return StoredPost(
        number,
        "mastodon",
        account.account,
        str(number << 16),
        text,
        ground.now(),
        media=tuple(upload.picture for upload in uploads if upload.picture),
        details={
            "spoiler_text": warning,
            "sensitive": form.one("sensitive") in ("true", "1") or bool(warning),
            "visibility": visibility,
            "language": form.one("language"),
            "in_reply_to_id": reply_to,
        },
    )


def _refuse_unpractised(form: Form) -> None:
    for name in form.values:
        if name.partition("[")[0] in _NOT_PRACTISED:
            raise Refused(error(501, f"The practice network does not offer “{name}”"))


def _check_text(text: str, warning: str, *, has_media: bool) -> None:
    from kanal.text import mastodon_length

    if not text.strip() and not has_media:
        raise Refused(error(422, "Validation failed: Text can't be blank"))
    if mastodon_length(warning + text) > MAX_CHARACTERS:
        raise Refused(error(422, f"Validation failed: Text character limit of {MAX_CHARACTERS} exceeded"))


def _media(ground: Ground, account: Account, form: Form) -> list[Upload]:
    ids = form.all("media_ids")
    if len(ids) > MAX_MEDIA:
        raise Refused(error(422, f"Cannot attach more than {MAX_MEDIA} files"))
    uploads = {upload_id: ground.store.upload(account, upload_id) for upload_id in ids}
    missing = [upload_id for upload_id, upload in uploads.items() if upload is None or upload.attached]
    if missing:
        raise Refused(error(422, f"Media {', '.join(missing)} not found or already attached to another post"))
    return [upload for upload in uploads.values() if upload is not None]


def _page(ground: Ground, account: Account, request: Request) -> list[StoredPost]:
    """Newest first; with `min_id` the page that follows it directly, as Mastodon does."""
    query = request.query_params
    limit = min(_number(query.get("limit")) or 20, 40)
    posts = ground.store.posts("mastodon", account.account)
    lower, upper = _number(query.get("min_id") or query.get("since_id")), _number(query.get("max_id"))
    posts = [post for post in posts if int(post.id) > lower and (not upper or int(post.id) < upper)]
    if query.get("exclude_replies") in ("true", "1"):
        posts = [post for post in posts if not post.details["in_reply_to_id"]]
    if query.get("only_media") in ("true", "1"):
        posts = [post for post in posts if post.media]
    return posts[-limit:] if query.get("min_id") else posts[:limit]


def _number(text: str | None) -> int:
    """As Ruby's `to_i`: what is no number is 0."""
    return int(text) if text and text.isdecimal() else 0


def _found(ground: Ground, request: Request) -> StoredPost:
    post = ground.store.post("mastodon", request.path_params["id"])
    if post is None:
        raise Refused(error(404, "Record not found"))
    return post
