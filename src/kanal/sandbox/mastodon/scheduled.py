"""Statuses of the practice Mastodon that wait for their time: accepted, listed, moved, cancelled.

https://docs.joinmastodon.org/methods/scheduled_statuses/ ; the limits: app/models/scheduled_status.rb
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.mastodon.entities import media_entity
from kanal.sandbox.mastodon.listing import page
from kanal.sandbox.mastodon.words import error, invalid, moment, moment_of, speaker
from kanal.sandbox.records import Account, StoredPost
from kanal.sandbox.refusal import Refused

AHEAD_SECONDS = 300
TOTAL, DAILY = 300, 25


def routes(ground: Ground) -> list[Route]:
    """The routes below `/api/v1/scheduled_statuses`."""

    async def listed(request: Request) -> Response:
        account = speaker(ground, request, "read:statuses")
        posts = page(request, ground.store.waiting.posts("mastodon", account.account))
        return JSONResponse([entity(ground, post) for post in posts])

    async def show(request: Request) -> Response:
        return JSONResponse(entity(ground, _own(ground, speaker(ground, request, "read:statuses"), request)))

    async def move(request: Request) -> Response:
        account = speaker(ground, request, "write:statuses")
        post = _own(ground, account, request)
        at = moment_of((await forms.read(request)).one("scheduled_at"))
        if at is not None:
            check(ground, account, at, moved=post)
            post = replace(post, at=at)
            ground.store.waiting.save(post)
        return JSONResponse(entity(ground, post))

    async def cancel(request: Request) -> Response:
        post = _own(ground, speaker(ground, request, "write:statuses"), request)
        with ground.store.together():
            ground.store.waiting.remove(post)
            ground.store.hand_over("mastodon", post.id, None)
        return JSONResponse({})

    one = "/api/v1/scheduled_statuses/{id}"
    return [
        Route("/api/v1/scheduled_statuses", listed, methods=["GET"]),
        Route(one, show, methods=["GET"]),
        Route(one, move, methods=["PUT"]),
        Route(one, cancel, methods=["DELETE"]),
    ]


def due(ground: Ground, form: Form) -> float | None:
    """When the request wants its status to come out (Unix seconds); `None` is now, and so is every time in the past."""
    at = moment_of(form.one("scheduled_at"))
    return at if at is not None and at > ground.now() else None


def check(ground: Ground, account: Account, at: float, *, moved: StoredPost | None = None) -> None:
    """Raises `Refused` (422) when `at` is too soon, or the account has too many statuses that wait."""
    others = [post for post in ground.store.waiting.posts("mastodon", account.account) if post != moved]
    wrong = []
    if at <= ground.now() + AHEAD_SECONDS:
        wrong.append("Scheduled at The scheduled date must be in the future")
    if len(others) >= TOTAL:
        wrong.append(f"You have exceeded the limit of {TOTAL} scheduled posts")
    if sum(_day(post.at) == _day(at) for post in others) >= DAILY:
        wrong.append(f"You have exceeded the limit of {DAILY} scheduled posts for today")
    if wrong:
        raise invalid(", ".join(wrong))


def entity(ground: Ground, post: StoredPost) -> Mapping[str, Any]:
    """A ScheduledStatus (https://docs.joinmastodon.org/entities/ScheduledStatus/)."""
    poll = post.poll
    params = {
        "text": post.text,
        "media_ids": [picture.id for picture in post.media] or None,
        "sensitive": post.details["sensitive"],
        "spoiler_text": post.warning or None,
        "visibility": post.details["visibility"],
        "language": post.details["language"],
        "in_reply_to_id": int(post.reply_to) if post.reply_to else None,
        "quoted_status_id": post.details["quoted_status_id"],
        "poll": poll and {"expires_in": poll["seconds"], **{name: poll[name] for name in _POLL}},
        "scheduled_at": None,
        "idempotency": None,
        "application_id": 1,
        "with_rate_limit": False,
    }
    media = [media_entity(ground, picture) for picture in post.media]
    return {"id": post.id, "scheduled_at": moment(post.at), "params": params, "media_attachments": media}


_POLL = ("options", "multiple", "hide_totals")


def _own(ground: Ground, account: Account, request: Request) -> StoredPost:
    post = ground.store.waiting.post("mastodon", account.account, request.path_params["id"])
    if post is None:
        raise Refused(error(404, "Record not found"))
    return post


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
