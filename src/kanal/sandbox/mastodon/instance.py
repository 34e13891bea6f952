"""What the practice Mastodon tells about itself: version and limits, in the newer and in the older shape.

https://docs.joinmastodon.org/entities/Instance/ and …/V1_Instance/
"""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon.contents import MAX_CHARACTERS, MAX_MEDIA
from kanal.sandbox.mastodon.media import (
    MAX_BYTES,
    MAX_DESCRIPTION,
    MAX_PIXELS,
    MAX_VIDEO_BYTES,
    MAX_VIDEO_PIXELS,
)
from kanal.sandbox.mastodon.polls import EXPIRATION, MAX_OPTION_CHARACTERS, MAX_OPTIONS
from kanal.sandbox.mastodon.words import MEDIA_TYPES
from kanal.sandbox.quirks import Quirk

_MAIL = "niemand@practice.invalid"


def routes(ground: Ground) -> list[Route]:
    """The instance in both versions; nobody needs a token for it."""

    async def second(_: Request) -> Response:
        return JSONResponse({**_common(ground), **_second(ground)})

    async def first(_: Request) -> Response:
        return JSONResponse({**_common(ground), **_first(ground)})

    return [
        Route("/api/v2/instance", second, methods=["GET"]),
        Route("/api/v1/instance", first, methods=["GET"]),
    ]


def _common(ground: Ground) -> Mapping[str, Any]:
    return {
        "version": ground.options.mastodon_version,
        "title": "Übungsnetz",
        "description": "Nichts hier ist öffentlich.",
        "languages": ["de"],
        "rules": [],
        "configuration": _SMALL if ground.has("mastodon", Quirk.SMALL_LIMITS) else _CONFIGURATION,
    }


def _second(ground: Ground) -> Mapping[str, Any]:
    return {
        "domain": "practice.invalid",
        "source_url": "https://github.com/mastodon/mastodon",
        "api_versions": {"mastodon": 7},
        "usage": {"users": {"active_month": len(ground.store.accounts())}},
        "thumbnail": {"url": f"{ground.address}assets/blank.gif"},
        "icon": [],
        "registrations": {"enabled": False, "approval_required": False, "message": None},
        "contact": {"email": _MAIL, "account": None},
    }


def _first(ground: Ground) -> Mapping[str, Any]:
    users, statuses = len(ground.store.accounts()), len(ground.store.posts("mastodon"))
    return {
        "uri": "practice.invalid",
        "short_description": "Nichts hier ist öffentlich.",
        "email": _MAIL,
        "urls": {"streaming_api": "wss://practice.invalid"},
        "stats": {"user_count": users, "status_count": statuses, "domain_count": 0},
        "thumbnail": None,
        "registrations": False,
        "approval_required": False,
        "invites_enabled": False,
        "contact_account": None,
    }


_CONFIGURATION: Mapping[str, Any] = {
    "urls": {},
    "translation": {"enabled": False},
    "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
    "statuses": {
        "max_characters": MAX_CHARACTERS,
        "max_media_attachments": MAX_MEDIA,
        "characters_reserved_per_url": 23,
    },
    "media_attachments": {
        "supported_mime_types": sorted(MEDIA_TYPES),
        "description_limit": MAX_DESCRIPTION,
        "image_size_limit": MAX_BYTES,
        "image_matrix_limit": MAX_PIXELS,
        "video_size_limit": MAX_VIDEO_BYTES,
        "video_frame_rate_limit": 120,
        "video_matrix_limit": MAX_VIDEO_PIXELS,
    },
    "polls": {
        "max_options": MAX_OPTIONS,
        "max_characters_per_option": MAX_OPTION_CHARACTERS,
        "min_expiration": EXPIRATION[0],
        "max_expiration": EXPIRATION[1],
    },
}
# Told only: what is posted is held against the usual numbers all the same.
_SMALL: Mapping[str, Any] = {
    **_CONFIGURATION,
    "statuses": {**_CONFIGURATION["statuses"], "max_characters": 40, "max_media_attachments": 1},
}
