"""Videos of the practice Facebook page: uploaded in phases, worked on, shown; captions beside them.

https://developers.facebook.com/docs/graph-api/reference/page/videos and …/video/captions . Pieces are of four
megabytes, and one that is not the next is answered with where to go on.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph, pictures, videos
from kanal.sandbox.dialect import Ground
from kanal.sandbox.facebook.contents import MAX_MESSAGE, refuse_unpractised
from kanal.sandbox.facebook.posts import READ, WRITE
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError, missing
from kanal.sandbox.records import Account, StoredPost, Upload

PIECE = 4_000_000
MAX_BYTES = 10_000_000_000
MAX_CAPTIONS = 200_000
_PHASES = ("start", "transfer", "finish", "cancel")
_NOT_PRACTISED = ("file_url", "fbuploader_video_file_chunk", "source", "scheduled_publish_time", "targeting", "thumb")
_UNREADABLE = GraphError(400, 389, "(#389) Unable to fetch video file from URL.", 1363019)
_FAILED = GraphError(400, 6000, "(#6000) There was a problem uploading your video file. Please try again.", 1363045)
_NO_CAPTIONS = GraphError(400, 100, "(#100) The captions file must be a SubRip file named filename.locale.srt")


def routes(ground: Ground) -> list[Route]:
    """The phases of an upload, and captions."""

    async def phase(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE, READ)
        graph.own_node(account, request.path_params["node"])
        refuse_unpractised(form, _NOT_PRACTISED)
        asked = form.one("upload_phase")
        if asked not in _PHASES:
            raise GraphError(
                400, 100, "(#100) Param upload_phase must be one of {start, transfer, finish, cancel}"
            ).refusal()
        if asked == "start":
            return JSONResponse(_start(ground, account, form))
        upload = _session(ground, account, form)
        if asked == "transfer":
            return JSONResponse(_transfer(ground, upload, form))
        if asked == "finish":
            return JSONResponse(_finish(ground, account, upload, form))
        ground.store.arriving.forget("facebook", upload.id)
        ground.store.save_upload(replace(upload, details={**upload.details, "cancelled": True}))
        return JSONResponse({"success": True})

    async def captions(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE)
        post = ground.store.post("facebook", request.path_params["node"])
        file = form.files.get("captions_file")
        if post is None or post.account != account.account or "video" not in post.details:
            raise missing("post", request.path_params["node"])
        named = re.fullmatch(r".+\.([a-z]{2})_[A-Z]{2}\.srt", file.name) if file else None
        if file is None or named is None or b"-->" not in file.data or len(file.data) > MAX_CAPTIONS:
            raise _NO_CAPTIONS.refusal()
        kept = ground.store.keep(_as_webvtt(file.data), "text/vtt")
        shown = replace(post.media[0], captions={**post.media[0].captions, named[1].upper(): kept})
        ground.store.save_post(replace(post, media=(shown,)))
        return JSONResponse({"success": True})

    return [
        Route(f"{graph.VERSION}/{{node}}/videos", phase, methods=["POST"]),
        Route(f"{graph.VERSION}/{{node}}/captions", captions, methods=["POST"]),
    ]


def _start(ground: Ground, account: Account, form: Form) -> Mapping[str, Any]:
    size = form.one("file_size") or ""
    if not size.isdigit() or not 0 < int(size) <= MAX_BYTES:
        raise GraphError(400, 100, "(#100) Param file_size must be a positive number").refusal()
    number = ground.store.number(ground.now())
    session = str(ground.store.number(ground.now()))
    details = {"session": session, "total": int(size), "looks": ground.options.facebook_in_progress}
    ground.store.save_upload(Upload(number, "facebook", account.account, str(number), ground.now(), details=details))
    ground.store.save_upload(
        Upload(int(session), "facebook", account.account, session, ground.now(), details={"video": str(number)})
    )
    return {"upload_session_id": session, "video_id": str(number), **_offsets(0, int(size))}


def _session(ground: Ground, account: Account, form: Form) -> Upload:
    """The upload that a session stands for. Raises `Refused` for one that is not there, or over."""
    session = ground.store.upload(account, form.one("upload_session_id") or "")
    upload = ground.store.upload(account, session.details.get("video", "")) if session else None
    if upload is None or upload.attached or "cancelled" in upload.details:
        raise GraphError(400, 100, "(#100) Invalid upload_session_id", 1363033).refusal()
    return upload


def _transfer(ground: Ground, upload: Upload, form: Form) -> Mapping[str, str]:
    start, chunk = form.one("start_offset") or "", form.files.get("video_file_chunk")
    there, total = ground.store.arriving.size("facebook", upload.id), upload.details["total"]
    if chunk is None or not start.isdigit():
        raise GraphError(400, 100, "(#100) Params start_offset and video_file_chunk are required").refusal()
    wanted = _offsets(there, total)
    if int(start) != there or len(chunk.data) > int(wanted["end_offset"]) - there or not chunk.data:
        words = "There was a problem uploading your video file. Please try again with another offset."
        raise GraphError(400, 6001, f"(#6001) {words}", 1363037, transient=True, data=wanted).refusal()
    return _offsets(ground.store.arriving.add("facebook", upload.id, chunk.data), total)


def _offsets(there: int, total: int) -> dict[str, str]:
    return {"start_offset": str(there), "end_offset": str(min(there + PIECE, total))}


def _finish(ground: Ground, account: Account, upload: Upload, form: Form) -> Mapping[str, bool]:
    text = form.one("description") or ""
    if len(text) > MAX_MESSAGE:
        raise GraphError(400, 100, "(#100) The description is too long").refusal()
    data = ground.store.arriving.content("facebook", upload.id)
    if len(data) != upload.details["total"]:
        raise _FAILED.refusal()
    video = videos.measure(upload.id, data)
    if video is None:
        raise _UNREADABLE.refusal()
    video = pictures.keep(ground.store, video, data)
    number, now = ground.store.number(ground.now()), ground.now()
    details = {"made_at": now, "video": upload.id}
    post = StoredPost(number, "facebook", account.account, upload.id, text, now, None, (video,), details)
    with ground.store.together():
        ground.store.save_post(post)
        ground.store.attach([replace(upload, picture=video)], post.id)
        ground.store.arriving.forget("facebook", upload.id)
    return {"success": True}


def _as_webvtt(subrip: bytes) -> bytes:
    """As browsers want it, for the timeline."""
    return b"WEBVTT\n\n" + re.sub(rb"(\d\d:\d\d:\d\d),(\d{3})", rb"\1.\2", subrip.replace(b"\r\n", b"\n"))
