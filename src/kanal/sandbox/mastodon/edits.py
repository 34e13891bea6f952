"""Editing a status of the practice Mastodon. What a request leaves out is not kept but lost, as on the real server.

https://docs.joinmastodon.org/methods/statuses/#edit ; which fields survive: app/services/update_status_service.rb
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.mastodon.contents import check_text, is_sensitive, refuse_unpractised, uploads
from kanal.sandbox.mastodon.entities import status_entity
from kanal.sandbox.mastodon.media import described
from kanal.sandbox.mastodon.polls import asked_poll, checked
from kanal.sandbox.mastodon.statuses import own
from kanal.sandbox.mastodon.words import error, speaker
from kanal.sandbox.records import Account, StoredPost, Upload
from kanal.sandbox.refusal import Refused


def routes(ground: Ground) -> list[Route]:
    """`PUT /api/v1/statuses/:id`."""

    async def edit(request: Request) -> Response:
        account = speaker(ground, request, "write:statuses")
        post = own(ground, account, request)
        form = await forms.read(request)
        refuse_unpractised(form)
        media = _media(ground, account, form, post)
        changed = _edited(ground, form, post, media)
        if changed != post:
            changed = replace(changed, details={**changed.details, "edited_at": ground.now()})
            with ground.store.together():
                ground.store.save_post(changed)
                # What an edit removes stays part of the status, and may come back with the next one.
                ground.store.attach(media, post.id)
        return JSONResponse(status_entity(ground, changed))

    return [Route("/api/v1/statuses/{id}", edit, methods=["PUT"])]


def _edited(ground: Ground, form: Form, post: StoredPost, media: Sequence[Upload]) -> StoredPost:
    """The status as the request wants it: without text the new warning takes its place, and the old one stays."""
    text, warning = form.one("status") or "", form.one("spoiler_text") or ""
    sensitive = is_sensitive(form) or bool(text.strip() and warning)
    if not text.strip() and warning:
        text, warning = warning, post.warning
    check_text(text, warning, has_more=bool(media or post.details.get("quoted_status_id")))
    details = {
        **post.details,
        "spoiler_text": warning,
        "sensitive": sensitive,
        "language": form.one("language") or post.details["language"],
        "poll": _poll(ground, form, post),
    }
    pictures = tuple(upload.picture for upload in media if upload.picture)
    return replace(post, text=text, media=pictures, details=details)


def _poll(ground: Ground, form: Form, post: StoredPost) -> Mapping[str, Any] | None:
    """The poll that the request gives; it keeps its id, and its time begins anew."""
    asked = asked_poll(form)
    if asked is None:
        return None
    poll = checked(asked, post.poll["id"] if post.poll else str(ground.store.number(ground.now())))
    return {**poll, "seconds": ground.now() - post.at + poll["seconds"]}


def _media(ground: Ground, account: Account, form: Form, post: StoredPost) -> list[Upload]:
    found = uploads(ground, account, form.all("media_ids"), polled=asked_poll(form) is not None, of=post.id)
    descriptions = _descriptions(form)
    return [
        replace(upload, picture=replace(upload.picture, alt=described(descriptions.get(upload.id, upload.picture.alt))))
        for upload in found
        if upload.picture
    ]


def _descriptions(form: Form) -> Mapping[str, str]:
    """New alternative texts by media id, from `media_attributes`. Raises `Refused` (501) for what is not practised."""
    columns = {name: values for name, values in form.values.items() if name.startswith("media_attributes[][")}
    rows = form.values.get("media_attributes") or [
        {name[len("media_attributes[][") : -1]: value for name, value in zip(columns, row, strict=True)}
        for row in zip_longest(*columns.values())
    ]
    if any(not isinstance(row, dict) or set(row) != {"id", "description"} or None in row.values() for row in rows):
        words = "The practice network takes media_attributes with an id and a description each"
        raise Refused(error(501, words))
    return {str(row["id"]): str(row["description"]) for row in rows}
