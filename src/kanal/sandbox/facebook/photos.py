"""Photos of the practice Facebook page: unpublished ones that a post will show, and single ones that are a post.

https://developers.facebook.com/docs/graph-api/reference/page/photos/
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph, pictures
from kanal.sandbox.dialect import Ground
from kanal.sandbox.facebook.contents import MAX_MESSAGE, TEMPORARY, Contents, refuse_unpractised
from kanal.sandbox.facebook.posts import READ, WRITE, publish
from kanal.sandbox.fetch import NotFetched, fetched
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError
from kanal.sandbox.records import Upload

# Only “jpeg, bmp, png, gif, tiff” and “smaller than 4 MB” are documented; the length of alternative texts is not.
TYPES = frozenset({"image/jpeg", "image/bmp", "image/png", "image/gif", "image/tiff"})
MAX_BYTES = 4 * 1024 * 1024


def routes(ground: Ground) -> list[Route]:
    """Upload a photo, and look at one."""

    async def create(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE, READ)
        graph.own_node(account, request.path_params["node"])
        refuse_unpractised(form, ("scheduled_publish_time",))
        message = form.one("message") or form.one("caption") or ""
        if len(message) > MAX_MESSAGE:
            raise GraphError(400, 100, "(#100) The message is too long").refusal()
        data = await _bytes(form)
        number = ground.store.number(ground.now())
        picture = pictures.measure(str(number), data, form.one("alt_text_custom") or "")
        if picture is None or picture.type not in TYPES:
            raise _unfit("The photo is in a format that is not supported.")
        if picture.size > MAX_BYTES:
            raise _unfit("Photos should be smaller than 4 MB.")
        picture = pictures.keep(ground.store, picture, data)
        upload = Upload(number, "facebook", account.account, picture.id, ground.now(), picture)
        if _is_temporary(form):
            upload = replace(upload, details={TEMPORARY: True})
        if not graph.publishes_field(form.one("published")):
            ground.store.save_upload(upload)
            return JSONResponse({"id": picture.id})
        post = publish(ground, account, Contents(message, None, [upload]))
        return JSONResponse({"id": picture.id, "post_id": post.id})

    return [Route(f"{graph.VERSION}/{{node}}/photos", create, methods=["POST"])]


def _is_temporary(form: Form) -> bool:
    """Whether it is for a post that comes out later. Raises `Refused` (100) for one that is published by itself."""
    if form.one("temporary") not in {"true", "1"}:
        return False
    if graph.publishes_field(form.one("published")):
        raise GraphError(400, 100, "(#100) A temporary photo cannot be published").refusal()
    return True


async def _bytes(form: Form) -> bytes:
    if "source" in form.files:
        return form.files["source"].data
    url = form.one("url")
    if not url:
        raise GraphError(400, 324, "(#324) Requires upload file").refusal()
    try:
        return await fetched(url, MAX_BYTES)
    except NotFetched as error:
        raise GraphError(400, 100, "(#100) Missing or invalid image file", 1366046).refusal() from error


def _unfit(words: str) -> Exception:
    message = "(#324) Missing or invalid image file"
    return GraphError(400, 324, message, 2069019, title="Unsupported photo", user_words=words).refusal()
