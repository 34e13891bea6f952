"""Statuses of the practice Mastodon: publish, remember the key, read, delete.

https://docs.joinmastodon.org/methods/statuses/ ; the key's hour: docs/networks.md#mastodon-the-key
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms
from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon import scheduled
from kanal.sandbox.mastodon.contents import composed
from kanal.sandbox.mastodon.entities import status_entity
from kanal.sandbox.mastodon.listing import fitting, page
from kanal.sandbox.mastodon.words import error, speaker
from kanal.sandbox.records import Account, StoredPost
from kanal.sandbox.refusal import Refused

KEY_SECONDS = 3600


def routes(ground: Ground) -> list[Route]:
    """The routes below `/api/v1/statuses` but for editing, and an account's list of them."""

    async def create(request: Request) -> Response:
        account = speaker(ground, request, "write:statuses")
        key = request.headers.get("idempotency-key")
        known = ground.store.remembered(account, key, ground.now() - KEY_SECONDS) if key else None
        if known is not None:
            return _repeated(ground, known)
        form = await forms.read(request)
        due = scheduled.due(ground, form)
        post, uploads = composed(ground, account, form, due or ground.now())
        if due is None:
            post, save, entity = replace(post, id=id_of(post.number)), ground.store.save_post, status_entity
        else:
            scheduled.check(ground, account, due)
            save, entity = ground.store.waiting.save, scheduled.entity
        with ground.store.together():
            save(post)
            ground.store.attach(uploads, post.id)
            if key:
                ground.store.remember_key(account, key, post.id, ground.now())
        return JSONResponse(entity(ground, post))

    async def listed(request: Request) -> Response:
        account = speaker(ground, request, "read:statuses")
        if request.path_params["id"] != account.id:
            return error(404, "Record not found")
        posts = page(request, fitting(request, ground.store.posts("mastodon", account.account)))
        return JSONResponse([status_entity(ground, post) for post in posts])

    async def show(request: Request) -> Response:
        post = _seen(ground, speaker(ground, request, "read:statuses"), request)
        return JSONResponse(status_entity(ground, post))

    async def source(request: Request) -> Response:
        post = _seen(ground, speaker(ground, request, "read:statuses"), request)
        return JSONResponse({"id": post.id, "text": post.text, "spoiler_text": post.warning})

    async def delete(request: Request) -> Response:
        post = own(ground, speaker(ground, request, "write:statuses"), request)
        answer = {**status_entity(ground, post), "text": post.text}
        _remove(ground, post, with_media=request.query_params.get("delete_media") in ("true", "1"))
        return JSONResponse(answer)

    return [
        Route("/api/v1/statuses", create, methods=["POST"]),
        Route("/api/v1/accounts/{id}/statuses", listed, methods=["GET"]),
        Route("/api/v1/statuses/{id}", show, methods=["GET"]),
        Route("/api/v1/statuses/{id}/source", source, methods=["GET"]),
        Route("/api/v1/statuses/{id}", delete, methods=["DELETE"]),
    ]


def id_of(number: int) -> str:
    """The id of a published status; the lower 16 bits are Mastodon's for chance."""
    return str(number << 16)


def own(ground: Ground, account: Account, request: Request) -> StoredPost:
    """The status of the path, if it is the account's own. Raises `Refused` (404)."""
    post = ground.store.post("mastodon", request.path_params["id"])
    if post is None or post.account != account.account:
        raise Refused(error(404, "Record not found"))
    return post


def _remove(ground: Ground, post: StoredPost, *, with_media: bool) -> None:
    """Media that are not deleted with it may be used again, as one does to write a status anew."""
    with ground.store.together():
        ground.store.delete_post("mastodon", post.id)
        if with_media:
            ground.store.delete_uploads("mastodon", post.id)
        else:
            ground.store.hand_over("mastodon", post.id, None)


def _seen(ground: Ground, account: Account, request: Request) -> StoredPost:
    """The status of the path, if the account may see it. Raises `Refused` (404).

    Nobody follows anybody here, so that only its author sees what is for followers or for those it mentions.
    """
    post = ground.store.post("mastodon", request.path_params["id"])
    if post is None or (post.account != account.account and post.details["visibility"] not in ("public", "unlisted")):
        raise Refused(error(404, "Record not found"))
    return post


def _repeated(ground: Ground, post_id: str) -> Response:
    """The status made with this key, or the 500 of Mastodon 4.6.0 to 4.7.1 (mastodon/mastodon#40399).

    A scheduled status is looked for among the published ones, and not found (mastodon/mastodon#30039).
    """
    version = tuple(int(part) for part in ground.options.mastodon_version.split(".")[:3])
    post = ground.store.post("mastodon", post_id)
    if post is None:
        return error(404, "Record not found")
    if (4, 6, 0) <= version <= (4, 7, 1):
        return error(500, "Internal Server Error")
    return JSONResponse(status_entity(ground, post))
