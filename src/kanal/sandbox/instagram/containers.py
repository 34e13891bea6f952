"""Containers of the practice Instagram: pictures and videos that it fetches or is given, checks and keeps for a day.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media ; error codes:
…/reference/error-codes . Covers, collaborators, places and tags are not practised.
"""

import re
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph, pictures, videos
from kanal.sandbox.dialect import Ground
from kanal.sandbox.fetch import NotFetched, fetched
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError
from kanal.sandbox.records import Account, StoredPicture, Upload

PUBLISH = "instagram_content_publish"
MAX_CAPTION, MAX_HASHTAGS, MAX_MENTIONS, MAX_ALT = 2200, 30, 20, 1000
MAX_BYTES = 8 * 1024 * 1024
MAX_VIDEO = {"REELS": 300_000_000, "VIDEO": 300_000_000, "STORIES": 100_000_000}
ERROR = "error"
"""Among the details of a container that Instagram could not use: the subcode."""
KINDS = ("IMAGE", "CAROUSEL", "REELS", "STORIES", "VIDEO")
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
_KIND = GraphError(400, 100, "(#100) Param media_type must be one of {CAROUSEL, REELS, STORIES, VIDEO (in carousels)}")
_VIDEO = GraphError(400, 352, "The video format is not supported.", 2207026, user_words="Use MP4 or MOV.")
_DAILY = GraphError(400, 9, "Application request limit reached", 2207042)


def routes(ground: Ground) -> list[Route]:
    """Make a container."""

    async def create(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "instagram", request, form, PUBLISH)
        graph.own_node(account, request.path_params["node"])
        if ground.store.count_uploads(account, ground.now() - LIFE_SECONDS) >= MAX_CONTAINERS:
            raise _DAILY.refusal()
        kind, is_item = form.one("media_type") or "IMAGE", form.one("is_carousel_item") == "true"
        if kind not in KINDS or (kind == "VIDEO" and not is_item):
            raise _KIND.refusal()
        caption = "" if kind == "STORIES" else _caption(form)
        picture, children = None, _children(ground, account, form) if kind == "CAROUSEL" else []
        number = ground.store.number(ground.now())
        resumable = form.one("upload_type") == "resumable" and kind in MAX_VIDEO
        if kind == "IMAGE" or form.one("image_url"):
            picture = await _picture(ground, f"18{number}", form, any_shape=kind == "STORIES")
        elif kind in MAX_VIDEO and not resumable:
            picture = await _video(ground, f"18{number}", form, MAX_VIDEO[kind])
        details = {
            "kind": kind,
            "resumable": resumable,
            "caption": caption,
            "children": [child.id for child in children],
            "item": is_item,
            "reads": ground.options.instagram_in_progress,
        }
        container = Upload(number, "instagram", account.account, f"18{number}", ground.now(), picture, None, details)
        ground.store.save_upload(container)
        address = f"https://rupload.facebook.com/ig-api-upload/v26.0/{container.id}"
        return JSONResponse({"id": container.id, **({"uri": address} if resumable else {})})

    return [Route(f"{graph.VERSION}/{{node}}/media", create, methods=["POST"])]


def show(ground: Ground, form: Form, container: Upload) -> Response:
    """A container's state; each look at it lets an unfinished one come nearer to its end."""
    code = status_code(ground, container)
    fields: dict[str, graph.Field] = {
        "id": lambda: container.id,
        "status_code": lambda: code,
        "status": lambda: _STATUS[code].format(container.details.get(ERROR, "")),
        "video_status": lambda: _video_status(ground, container) if container.details["kind"] in MAX_VIDEO else None,
    }
    body = graph.chosen(form, fields, ["id"], "ShadowIGMediaBuilder")
    if code == "IN_PROGRESS" and container.details["reads"] and ("status" in body or "status_code" in body):
        details = {**container.details, "reads": container.details["reads"] - 1}
        ground.store.save_upload(replace(container, details=details))
    return JSONResponse(body)


_STATUS = {
    "IN_PROGRESS": "In Progress: Media is still being processed.",
    "FINISHED": "Finished: Media has been uploaded and it is ready to be published.",
    "ERROR": "Error: Media upload has failed with error code {}",
    "EXPIRED": "Expired: The container was not published within 24 hours.",
    "PUBLISHED": "Published: Media has been successfully published.",
}


def status_code(ground: Ground, container: Upload) -> str:
    """PUBLISHED, ERROR, EXPIRED, IN_PROGRESS or FINISHED."""
    if container.attached:
        return "PUBLISHED"
    if ERROR in container.details:
        return "ERROR"
    if container.at + LIFE_SECONDS <= ground.now():
        return "EXPIRED"
    waits = container.details["resumable"] and container.picture is None
    return "IN_PROGRESS" if waits or container.details["reads"] > 0 else "FINISHED"


def _video_status(ground: Ground, container: Upload) -> dict[str, Any]:
    """As `IGResumableVideoUploadStatus`."""
    there = container.picture.size if container.picture else ground.store.arriving.size("instagram", container.id)
    done = container.picture is not None
    return {
        "uploading_phase": {"status": "complete" if done else "in_progress", "bytes_transferred": there},
        "processing_phase": {"status": "complete" if done and not container.details["reads"] else "not_started"},
    }


def _caption(form: Form) -> str:
    from kanal.text import instagram_length

    caption = form.one("caption") or ""
    hashtags = re.findall(r"#\w*[^\W\d]\w*", caption)
    if instagram_length(caption) > MAX_CAPTION or len(hashtags) > MAX_HASHTAGS:
        raise _CAPTION.refusal()
    if len(re.findall(r"(?<![\w.])@\w", caption)) > MAX_MENTIONS:
        raise _MENTIONS.refusal()
    return caption


async def _video(ground: Ground, container_id: str, form: Form, most: int) -> StoredPicture:
    try:
        data = await fetched(form.one("video_url") or "", most)
    except NotFetched as error:
        raise _NOT_FETCHED.refusal() from error
    video = videos.measure(container_id, data) if len(data) <= most else None
    if video is None:
        raise _VIDEO.refusal()
    return pictures.keep(ground.store, video, data)


async def _picture(ground: Ground, container_id: str, form: Form, *, any_shape: bool) -> StoredPicture:
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
    if not any_shape and not RATIOS[0] - _TOLERANCE <= ratio <= RATIOS[1] + _TOLERANCE:
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
