"""Changing a post of the practice Facebook: its text, and while it waits its time.

https://developers.facebook.com/docs/graph-api/reference/pagepost#updating ; every app is the one that made the post.
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.facebook.contents import check_message, refuse_unpractised
from kanal.sandbox.facebook.fields import shown
from kanal.sandbox.facebook.posts import READ, WRITE, own_post
from kanal.sandbox.facebook.scheduling import chosen_time, refuse_on_published
from kanal.sandbox.forms import Form
from kanal.sandbox.records import StoredPost

_NOT_PRACTISED = ("attached_media", "backdated_time", "is_hidden", "is_pinned", "place", "privacy", "tags")


def routes(ground: Ground) -> list[Route]:
    """`POST /{post}`."""

    async def edit(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE, READ)
        post = own_post(ground, account, request.path_params["node"], "post")
        refuse_unpractised(form, _NOT_PRACTISED)
        if post.at > ground.now():
            changed = _with_time(ground, form, _with_message(form, post))
            ground.store.waiting.save(changed)
        else:
            refuse_on_published(form)
            changed = _with_message(form, post)
            if changed != post:
                changed = replace(changed, details={**post.details, "edited_at": ground.now()})
                ground.store.save_post(changed)
        answer = {"success": True} if form.one("fields") is None else shown(ground, account, form, changed)
        return JSONResponse(answer)

    return [Route(f"{graph.VERSION}/{{node}}", edit, methods=["POST"])]


def _with_message(form: Form, post: StoredPost) -> StoredPost:
    message = form.one("description" if "video" in post.details else "message")
    if message is None:
        return post
    check_message(message, has_more=bool(post.link or post.media))
    return replace(post, text=message)


def _with_time(ground: Ground, form: Form, post: StoredPost) -> StoredPost:
    """A waiting post at its new time; one that is published comes out with the next look at the networks."""
    if form.one("is_published") and graph.publishes_field(form.one("is_published")):
        return replace(post, at=ground.now())
    return replace(post, at=chosen_time(ground, form)) if form.one("scheduled_publish_time") else post
