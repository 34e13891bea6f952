"""Containers of the practice Instagram: pictures that it fetches itself, checks and keeps for a day.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media ; error codes:
…/reference/error-codes . Videos, reels and stories are not practised.
"""

import re
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph, pictures
from kanal.sandbox.dialect import Ground
from kanal.sandbox.fetch import NotFetched, fetched
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError
from kanal.sandbox.records import Account, StoredPicture, Upload

PUBLISH = "instagram_content_publish"
MAX_CAPTION, MAX_HASHTAGS, MAX_MENTIONS, MAX_ALT = 2200, 30, 20, 1000
MAX_BYTES = 8 * 1024 * 1024
RATIOS = (4 / 5, 1.91)
CHILDREN = (2, 10)
LIFE_SECONDS = 86_400
MAX_CONTAINERS = 400
# A pixel's rounding must not decide about a picture that was cropped to 4:5 or 1.91:1.
_TOLERANCE = 0.01

_NOT_FETCHED = GraphError(
    400,
    9004,
    "Only photo or video can be accepted as media type.",
    2207052,
    title="Media download has failed.",
    user_words="The media could not be fetched from this URI.",
)
_TOO_BIG = GraphError(400, 36000, "The image size is too large.", 2207004)
_FORMAT = GraphError(400, 36001, "The image format is not supported.", 2207005, user_words="Use a JPEG picture.")
_RATIO = GraphError(400, 36003, "The aspect ratio is not supported.", 2207009, user_words="Use 4:5 to 1.91:1.")
_CAPTION = GraphError(400, 36004, "The caption was too long.", 2207010)
_MENTIONS = GraphError(400, 36004, "Cannot use more than 20 tags (@).", 2207040)
_CAROUSEL = GraphError(400, 100, "Invalid parameter", 2207028, user_words="A carousel needs 2 to 10 children.")
_DAILY = GraphError(400, 9, "Application request limit reached", 2207042)


def routes(ground: Ground) -> list[Route]:
    """Make a container."""

    async def create(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "instagram", request, form, PUBLISH)
        graph.own_node(account, request.path_params["node"])
        if ground.store.count_uploads(account, ground.now() - LIFE_SECONDS) >= MAX_CONTAINERS:
            raise _DAILY.refusal()
        kind = form.one("media_type") or "IMAGE"
        if kind not in ("IMAGE", "CAROUSEL"):
            raise GraphError(501, 3, f"(#3) The practice network does not offer “{kind}”.").refusal()
        caption = _caption(form)
        picture, children = None, _children(ground, account, form) if kind == "CAROUSEL" else []
        number = ground.store.number(ground.now())
        if kind == "IMAGE":
            picture = await _picture(ground, f"18{number}", form)
        details = {
            "caption": caption,
            "children": [child.id for child in children],
            "item": form.one("is_carousel_item") == "true",
            "reads": ground.options.instagram_in_progress,
        }
        container = Upload(number, "instagram", account.account, f"18{number}", ground.now(), picture, None, details)
        ground.store.save_upload(container)
        return JSONResponse({"id": container.id})

    return [Route(f"{graph.VERSION}/{{node}}/media", create, methods=["POST"])]


def show(ground: Ground, form: Form, container: Upload) -> Response:
    """A container's state; each look at it lets an unfinished one come nearer to its end."""
    code = status_code(ground, container)
    fields: dict[str, graph.Field] = {
        "id": lambda: container.id,
        "status_code": lambda: code,
        "status": lambda: _STATUS[code],
    }
    body = graph.chosen(form, fields, ["id"], "ShadowIGMediaBuilder")
    if code == "IN_PROGRESS" and ("status" in body or "status_code" in body):
        details = {**container.details, "reads": container.details["reads"] - 1}
        ground.store.save_upload(replace(container, details=details))
    return JSONResponse(body)


_STATUS = {
    "IN_PROGRESS": "In Progress: Media is still being processed.",
    "FINISHED": "Finished: Media has been uploaded and it is ready to be published.",
    "EXPIRED": "Expired: The container was not published within 24 hours.",
    "PUBLISHED": "Published: Media has been successfully published.",
}


def status_code(ground: Ground, container: Upload) -> str:
    """PUBLISHED, EXPIRED, IN_PROGRESS or FINISHED."""
    if container.attached:
        return "PUBLISHED"
    if container.at + LIFE_SECONDS <= ground.now():
        return "EXPIRED"
    return "IN_PROGRESS" if container.details["reads"] > 0 else "FINISHED"


def _caption(form: Form) -> str:
    from kanal.text import instagram_length

    caption = form.one("caption") or ""
    hashtags = re.findall(r"#\w*[^\W\d]\w*", caption)
    if instagram_length(caption) > MAX_CAPTION or len(hashtags) > MAX_HASHTAGS:
        raise _CAPTION.refusal()
    if len(re.findall(r"(?<![\w.])@\w", caption)) > MAX_MENTIONS:
        raise _MENTIONS.refusal()
    return caption


async def _picture(ground: Ground, container_id: str, form: Form) -> StoredPicture:
    alt = form.one("alt_text") or ""
    if len(alt) > MAX_ALT:
        raise GraphError(400, 100, "(#100) alt_text is longer than 1000 characters").refusal()
    try:
        data = await fetched(form.one("image_url") or "", MAX_BYTES)
    except NotFetched as error:
        raise _NOT_FETCHED.refusal() from error
    if len(data) > MAX_BYTES:
        raise _TOO_BIG.refusal()
    picture = pictures.measure(container_id, data, alt)
    if picture is None:
        raise _NOT_FETCHED.refusal()
    if picture.type != "image/jpeg":
        raise _FORMAT.refusal()
    ratio = picture.width / picture.height
    if not RATIOS[0] - _TOLERANCE <= ratio <= RATIOS[1] + _TOLERANCE:
        raise _RATIO.refusal()
    return pictures.keep(ground.store, picture, data)


def _children(ground: Ground, account: Account, form: Form) -> list[Upload]:
    ids = [child for text in form.all("children") for child in text.strip("[]").replace('"', "").split(",") if child]
    if not CHILDREN[0] <= len(ids) <= CHILDREN[1]:
        raise _CAROUSEL.refusal()
    children = [ground.store.upload(account, child.strip()) for child in ids]
    fit = [child for child in children if child and child.details["item"] and not child.attached]
    if len(fit) != len(ids) or any(status_code(ground, child) == "EXPIRED" for child in fit):
        words = "The media with this id cannot be found, or is not a carousel item."
        raise GraphError(400, 24, words, 2207006).refusal()
    return fit
