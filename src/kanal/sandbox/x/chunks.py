"""Chunked media upload of the practice X: initialize, append, finalize, ask for the state.

https://docs.x.com/x-api/media/quickstart/media-upload-chunked ; pictures are finished at once, videos and moving GIFs
when `STATUS` is asked for the first time.
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms
from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Upload
from kanal.sandbox.x.media import (
    LIFE_SECONDS,
    UNFINISHED,
    category_of,
    json_object,
    own,
    refuse_unknown,
    take,
    uploaded,
)
from kanal.sandbox.x.words import invalid, speaker

_INITIALIZE = frozenset({"media_type", "total_bytes", "media_category", "shared", "additional_owners"})
_APPEND = frozenset({"media", "segment_index"})
MAX_SEGMENT = 999
# Of the older interface; the newer one does not say (docs/networks.md#x-calls).
MAX_SEGMENT_BYTES = 5_000_000


def routes(ground: Ground) -> list[Route]:
    """The routes of a chunked upload."""

    async def initialize(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        body = await json_object(request)
        refuse_unknown(set(body), _INITIALIZE)
        category, total = category_of(body.get("media_category")), body.get("total_bytes")
        if not isinstance(total, int) or total < 1 or not isinstance(body.get("media_type"), str):
            raise invalid("$: media_type and total_bytes are required")
        number = ground.store.number(ground.now())
        details = {"category": category, "total": total, "segments": {}}
        kept = Upload(number, "x", account.account, str(number << 20), ground.now(), details=details)
        ground.store.save_upload(kept)
        return JSONResponse({"data": uploaded(kept, ground.now())})

    async def append(request: Request) -> Response:
        kept = await _open_upload(ground, request)
        index, data = _segment(await forms.read(request))
        segments = {**kept.details["segments"], index: ground.store.keep(data, "application/octet-stream")}
        ground.store.save_upload(replace(kept, details={**kept.details, "segments": segments}))
        return JSONResponse({"data": {"expires_at": int(kept.at + LIFE_SECONDS)}})

    async def finalize(request: Request) -> Response:
        kept = await _open_upload(ground, request)
        segments = sorted(kept.details["segments"].items(), key=lambda item: int(item[0]))
        parts = [ground.store.kept(digest) for _, digest in segments]
        data = b"".join(part[1] for part in parts if part)
        if len(data) != kept.details["total"]:
            raise invalid(f"Segments do not add up to provided total file size ({len(data)})")
        picture = take(ground, kept.id, kept.details["category"], data)
        details = {"category": kept.details["category"], **({UNFINISHED: True} if picture.moves else {})}
        kept = replace(kept, picture=picture, details=details)
        ground.store.save_upload(kept)
        ground.store.forget(digest for _, digest in segments if digest != picture.sha256)
        return JSONResponse({"data": uploaded(kept, ground.now())})

    async def status(request: Request) -> Response:
        account = await speaker(ground, request)
        if request.query_params.get("command") != "STATUS":
            raise invalid("The query parameter [command] must be STATUS")
        kept = own(ground, account, request.query_params.get("media_id", ""))
        if UNFINISHED in kept.details:
            kept = replace(kept, details={"category": kept.details["category"]})
            ground.store.save_upload(kept)
        return JSONResponse({"data": uploaded(kept, ground.now())})

    return [
        Route("/2/media/upload", status, methods=["GET"]),
        Route("/2/media/upload/initialize", initialize, methods=["POST"]),
        Route("/2/media/upload/{id}/append", append, methods=["POST"]),
        Route("/2/media/upload/{id}/finalize", finalize, methods=["POST"]),
    ]


def _segment(form: forms.Form) -> tuple[str, bytes]:
    """Number and bytes of the segment in a form. Raises `Refused`."""
    refuse_unknown({*form.values, *form.files}, _APPEND)
    file, index = form.files.get("media"), form.one("segment_index") or ""
    if file is None or not index.isdigit() or int(index) > MAX_SEGMENT:
        raise invalid("$: media and segment_index (0 to 999) are required")
    if len(file.data) > MAX_SEGMENT_BYTES:
        raise invalid(f"Segment exceeds {MAX_SEGMENT_BYTES} bytes.")
    return index, file.data


async def _open_upload(ground: Ground, request: Request) -> Upload:
    account = await speaker(ground, request, writes=True)
    kept = own(ground, account, request.path_params["id"])
    if kept.picture is not None or "segments" not in kept.details:
        raise invalid("The media is already finalized.", {"id": [kept.id]})
    return kept
