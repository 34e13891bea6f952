"""Captions of the practice X: a caption file that was uploaded before is put beside a video, by language.

https://docs.x.com/x-api/media/create-media-subtitles
"""

import re
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture, Upload
from kanal.sandbox.x.media import json_object, own, refuse_unknown
from kanal.sandbox.x.words import invalid, speaker

_BODY = frozenset({"id", "media_category", "subtitles"})
_TRACK = frozenset({"id", "language_code", "display_name"})


def routes(ground: Ground) -> list[Route]:
    """The route that adds captions."""

    async def add(request: Request) -> Response:
        account = await speaker(ground, request, writes=True)
        body = await json_object(request)
        refuse_unknown(set(body), _BODY)
        if body.get("media_category") != "TweetVideo":
            raise invalid("$.media_category: does not have a value in the enumeration [AmplifyVideo, TweetVideo]")
        track = body.get("subtitles")
        if not isinstance(track, dict):
            raise invalid("$.subtitles: object expected")
        refuse_unknown(set(track), _TRACK)
        language = str(track.get("language_code", ""))
        if not re.fullmatch("[A-Z]{2}", language):
            raise invalid("$.subtitles.language_code: does not match the regex pattern ^[A-Z]{2}$")
        upload, video = _taken(ground, account, str(body.get("id", "")), "tweet_video")
        _, captions = _taken(ground, account, str(track.get("id", "")), "subtitles")
        video = replace(video, captions={**video.captions, language: captions.sha256})
        ground.store.save_upload(replace(upload, picture=video))
        # A list until specification 2.159, an object later.
        told = track if ground.options.x_naming == "post" else [track]
        return JSONResponse({"data": {"id": upload.id, "media_category": "TweetVideo", "associated_subtitles": told}})

    return [Route("/2/media/subtitles", add, methods=["POST"])]


def _taken(ground: Ground, account: Account, upload_id: str, category: str) -> tuple[Upload, StoredPicture]:
    """The account's finished upload of this category. Raises `Refused`."""
    upload = own(ground, account, upload_id)
    if upload.picture is None or upload.details.get("category") != category:
        raise invalid("Your media IDs are invalid.", {"id": [upload_id]})
    return upload, upload.picture
