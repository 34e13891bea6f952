"""Media of the practice X: pictures and caption files in one call, and alternative texts; for chunks see `chunks`.

https://docs.x.com/x-api/media/quickstart/media-upload-chunked
"""

from dataclasses import replace
from json import JSONDecodeError
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms, pictures, videos
from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture, Upload
from kanal.sandbox.refusal import Refused
from kanal.sandbox.x.words import invalid, media_key, problem, speaker

MAX_ALT = 1000
LIFE_SECONDS = 86_400
UNFINISHED = "unfinished"
"""Among the details of an upload that X still works on."""
# How large captions may be, X does not say.
MAX_BYTES = {"tweet_image": 5_000_000, "tweet_gif": 15_000_000, "tweet_video": 512_000_000, "subtitles": 1_000_000}
_TYPES = {
    "tweet_image": frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"}),
    "tweet_gif": frozenset({"image/gif"}),
    "tweet_video": frozenset({"video/mp4", "video/quicktime"}),
    "subtitles": frozenset({"text/vtt", "text/srt"}),
}
_KEYS = {"tweet_video": 7, "tweet_gif": 16}
"""How X's media keys begin, by category; those of pictures with 3."""
_ONE_SHOT = frozenset({"media", "media_category", "media_type", "shared", "additional_owners"})


def routes(ground: Ground) -> list[Route]:
    """The routes below `/2/media`."""

    async def upload(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        form = await forms.read(request)
        refuse_unknown({*form.values, *form.files}, _ONE_SHOT)
        file = form.files.get("media")
        if file is None:
            raise invalid("$.media: is missing but it is required")
        category = category_of(form.one("media_category"))
        if category == "tweet_video":
            raise invalid("$.media_category: does not have a value in the enumeration [tweet_image, subtitles]")
        number = ground.store.number(ground.now())
        picture = take(ground, str(number << 20), category, file.data)
        details = {"category": category}
        kept = Upload(number, "x", account.account, picture.id, ground.now(), picture, details=details)
        ground.store.save_upload(kept)
        return JSONResponse({"data": uploaded(kept, ground.now())})

    async def metadata(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        body = await json_object(request)
        kept = own(ground, account, str(body.get("id", "")))
        if kept.picture is None:
            raise invalid("The media is not finalized yet.", {"id": [kept.id]})
        alt = _alt(body)
        ground.store.save_upload(replace(kept, picture=replace(kept.picture, alt=alt)))
        return JSONResponse({"data": {"id": kept.id, "associated_metadata": {"alt_text": {"text": alt}}}})

    return [
        Route("/2/media/upload", upload, methods=["POST"]),
        Route("/2/media/metadata", metadata, methods=["POST"]),
    ]


def own(ground: Ground, account: Account, upload_id: str) -> Upload:
    """The account's upload, younger than a day. Raises `Refused`."""
    kept = ground.store.upload(account, upload_id)
    if kept is None or kept.at + LIFE_SECONDS < ground.now():
        raise invalid("Your media IDs are invalid.", {"id": [upload_id]})
    return kept


def refuse_unknown(given: set[str], known: frozenset[str]) -> None:
    """Raises `Refused` for a field that X's specification does not have."""
    for name in sorted(given - known):
        raise invalid(f"$.{name}: is not defined in the schema and the schema does not allow additional properties")


def category_of(given: object) -> str:
    """The media category, if it is practised. Raises `Refused`."""
    if given in ("amplify_video", "dm_image", "dm_gif", "dm_video"):
        raise Refused(problem(501, f"The practice network does not offer “{given}”."))
    if given not in MAX_BYTES:
        raise invalid("$.media_category: is missing, or does not have a value in the enumeration")
    return str(given)


def take(ground: Ground, upload_id: str, category: str, data: bytes) -> StoredPicture:
    """The picture, video or captions in `data`, kept. Raises `Refused` when X would not take it in this category."""
    match category:
        case "tweet_video":
            picture = videos.measure(upload_id, data)
        case "subtitles":
            picture = _captions(upload_id, data)
        case _:
            picture = pictures.measure(upload_id, data)
    if picture is None or picture.type not in _TYPES[category]:
        raise invalid("media type unrecognized.")
    if picture.size > MAX_BYTES[category]:
        raise invalid(f"File size exceeds {MAX_BYTES[category]} bytes.")
    return pictures.keep(ground.store, picture, data)


def uploaded(kept: Upload, now: float) -> dict[str, Any]:
    """The `data` of X's `MediaUploadResponse`."""
    begun = _KEYS.get(kept.details.get("category", ""), 3)
    key = media_key(kept.picture) if kept.picture else f"{begun}_{kept.id}"
    data = {"id": kept.id, "media_key": key, "expires_after_secs": int(kept.at + LIFE_SECONDS - now)}
    if UNFINISHED in kept.details:
        data["processing_info"] = {"state": "pending", "check_after_secs": 1}
    elif kept.picture and kept.picture.moves:
        data["processing_info"] = {"state": "succeeded", "progress_percent": 100}
    return {**data, "size": kept.picture.size} if kept.picture else data


def _captions(upload_id: str, data: bytes) -> StoredPicture | None:
    """A caption file, as something kept that shows nothing by itself."""
    if b"-->" not in data:
        return None
    kind = "text/vtt" if data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") else "text/srt"
    return StoredPicture(upload_id, "", kind, 0, 0, len(data))


def _alt(body: dict[str, Any]) -> str:
    try:
        alt = body["metadata"]["alt_text"]["text"]
    except (KeyError, TypeError) as error:
        raise invalid("$.metadata.alt_text.text: is missing but it is required") from error
    if not isinstance(alt, str) or not 1 <= len(alt) <= MAX_ALT:
        raise invalid(f"$.metadata.alt_text.text: must be 1 to {MAX_ALT} characters long")
    return alt


async def json_object(request: Request) -> dict[str, Any]:
    """The request's body, if it is a JSON object. Raises `Refused`."""
    try:
        body = await request.json()
    except (JSONDecodeError, UnicodeDecodeError) as error:
        raise invalid("Request body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise invalid("$: object expected")
    return body
