"""Media of the practice Mastodon: pictures are finished at once, as since Mastodon 4.0; videos are not practised.

https://docs.joinmastodon.org/methods/media/
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms, pictures
from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon.entities import media_entity
from kanal.sandbox.mastodon.words import MEDIA_TYPES, error, invalid, speaker
from kanal.sandbox.records import StoredPicture, Upload
from kanal.sandbox.refusal import Refused

MAX_BYTES = 16_777_216
MAX_PIXELS = 33_177_600
MAX_DESCRIPTION = 1500


def routes(ground: Ground) -> list[Route]:
    """The routes below `/api/v1/media` and `/api/v2/media`."""

    async def create(request: Request) -> Response:
        account = speaker(ground, request, "write:media")
        form = await forms.read(request)
        file = form.files.get("file")
        if file is None:
            raise invalid("File can't be blank")
        number = ground.store.number(ground.now())
        picture = pictures.measure(str(number << 16), file.data, described(form.one("description") or ""))
        _check(picture)
        assert picture is not None
        picture = pictures.keep(ground.store, picture, file.data)
        upload = Upload(number, "mastodon", account.account, picture.id, ground.now(), picture)
        ground.store.save_upload(upload)
        return JSONResponse(media_entity(ground, picture))

    async def show(request: Request) -> Response:
        return JSONResponse(media_entity(ground, _own(ground, request)[1]))

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


def _check(picture: StoredPicture | None) -> None:
    if picture is None or picture.type not in MEDIA_TYPES:
        raise invalid("File content type is invalid, File is invalid")
    if picture.size > MAX_BYTES:
        raise invalid("File file size must be less than 16 MB")
    if picture.width * picture.height > MAX_PIXELS:
        raise invalid(f"{picture.width}x{picture.height} images are not supported")
