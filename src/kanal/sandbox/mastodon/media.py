"""Media of the practice Mastodon: pictures are finished at once, as since Mastodon 4.0; what moves takes a while.

A video or a moving GIF is answered with 202, is still being worked on when it is first asked for (206), and finished
the next time. https://docs.joinmastodon.org/methods/media/
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms, pictures, videos
from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon.entities import media_entity
from kanal.sandbox.mastodon.words import MEDIA_TYPES, VIDEO_TYPES, error, invalid, speaker
from kanal.sandbox.records import StoredPicture, Upload
from kanal.sandbox.refusal import Refused

MAX_BYTES = 16_777_216
MAX_PIXELS = 33_177_600
MAX_VIDEO_BYTES = 103_809_024
MAX_VIDEO_PIXELS = 8_294_400
MAX_DESCRIPTION = 1500
UNFINISHED = "unfinished"
"""Among the details of an upload that cannot be attached yet."""


def routes(ground: Ground) -> list[Route]:
    """The routes below `/api/v1/media` and `/api/v2/media`."""

    async def create(request: Request) -> Response:
        account = speaker(ground, request, "write:media")
        form = await forms.read(request)
        file = form.files.get("file")
        if file is None:
            raise invalid("File can't be blank")
        number = ground.store.number(ground.now())
        media_id, description = str(number << 16), described(form.one("description") or "")
        found = videos.measure(media_id, file.data, description) or pictures.measure(media_id, file.data, description)
        media = pictures.keep(ground.store, _checked(found), file.data)
        details = {UNFINISHED: True} if media.moves else {}
        ground.store.save_upload(
            Upload(number, "mastodon", account.account, media_id, ground.now(), media, None, details)
        )
        return _unfinished(ground, media, 202) if media.moves else JSONResponse(media_entity(ground, media))

    async def show(request: Request) -> Response:
        upload, media = _own(ground, request)
        if upload.details.get(UNFINISHED):
            ground.store.save_upload(replace(upload, details={}))
            return _unfinished(ground, media, 206)
        return JSONResponse(media_entity(ground, media))

    async def change(request: Request) -> Response:
        upload, picture = _own(ground, request)
        if upload.attached:
            return error(404, "Record not found")
        form = await forms.read(request)
        description = form.one("description")
        if description is not None:
            picture = replace(picture, alt=described(description))
            ground.store.save_upload(replace(upload, picture=picture))
        return JSONResponse(media_entity(ground, picture))

    return [
        Route("/api/v2/media", create, methods=["POST"]),
        Route("/api/v1/media/{id}", show, methods=["GET"]),
        Route("/api/v1/media/{id}", change, methods=["PUT"]),
    ]


def _own(ground: Ground, request: Request) -> tuple[Upload, StoredPicture]:
    account = speaker(ground, request, "write:media")
    upload = ground.store.upload(account, request.path_params["id"])
    if upload is None or upload.picture is None:
        raise Refused(error(404, "Record not found"))
    return upload, upload.picture


def described(text: str) -> str:
    if len(text) > MAX_DESCRIPTION:
        raise invalid(f"Description is too long (maximum is {MAX_DESCRIPTION} characters)")
    return text


def _unfinished(ground: Ground, media: StoredPicture, status: int) -> Response:
    return JSONResponse({**media_entity(ground, media), "url": None}, status)


def _checked(media: StoredPicture | None) -> StoredPicture:
    if media is None or media.type not in MEDIA_TYPES:
        raise invalid("File content type is invalid, File is invalid")
    is_video = media.type in VIDEO_TYPES
    if media.size > (MAX_VIDEO_BYTES if is_video else MAX_BYTES):
        raise invalid(f"File file size must be less than {99 if is_video else 16} MB")
    if media.width * media.height > (MAX_VIDEO_PIXELS if is_video else MAX_PIXELS):
        raise invalid(f"{media.width}x{media.height} {'videos' if is_video else 'images'} are not supported")
    return media
