"""What all parts of the practice Mastodon say alike: errors, tokens, and its nouns as JSON."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kanal.sandbox import addresses
from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon.html import to_html
from kanal.sandbox.records import Account, StoredPicture, StoredPost
from kanal.sandbox.refusal import Refused

MEDIA_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


def error(status: int, words: str) -> Response:
    """An Error (https://docs.joinmastodon.org/entities/Error/)."""
    return JSONResponse({"error": words}, status)


def without_trailing_slash(app: ASGIApp) -> ASGIApp:
    """Rails does not care for a trailing slash, and Mastodon.py asks for `/api/v2/instance/`."""

    async def forgiving(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "path": scope["path"].rstrip("/")}, receive, send)

    return forgiving


def caller_of(request: Request) -> str:
    """The token a request shows, without looking whether it is one."""
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip()


def speaker(ground: Ground, request: Request, *scopes: str) -> Account:
    """Whose token this is. Raises `Refused`: 401 for an unknown one, 403 when it has none of the `scopes`.

    A scope like `write` holds for all that begin with it (https://docs.joinmastodon.org/api/oauth-scopes/).
    """
    account = ground.store.account_with_token("mastodon", caller_of(request))
    if account is None:
        raise Refused(error(401, "The access token is invalid"))
    if account.scopes is not None and not any(
        scope in account.scopes or scope.partition(":")[0] in account.scopes for scope in scopes
    ):
        raise Refused(error(403, "This action is outside the authorized scopes"))
    return account


def moment(at: float) -> str:
    """Unix seconds as Mastodon writes times."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def account_entity(ground: Ground, account: Account) -> Mapping[str, Any]:
    """An Account (https://docs.joinmastodon.org/entities/Account/)."""
    page = addresses.account(ground.address, account.platform, account.account)
    username = account.account.removeprefix("@").partition("@")[0]
    blank = f"{ground.address}assets/blank.gif"
    return {
        "id": account.id,
        "username": username,
        "acct": username,
        "display_name": account.name,
        "url": page,
        "uri": page,
        "note": "",
        "locked": False,
        "bot": False,
        "group": False,
        "indexable": False,
        "created_at": "2026-01-01T00:00:00.000Z",
        "avatar": blank,
        "avatar_static": blank,
        "header": blank,
        "header_static": blank,
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": ground.store.count_posts("mastodon", account.account),
        "emojis": [],
        "fields": [],
    }


def media_entity(ground: Ground, picture: StoredPicture) -> Mapping[str, Any]:
    """A MediaAttachment (https://docs.joinmastodon.org/entities/MediaAttachment/)."""
    address = addresses.picture(ground.address, picture.sha256)
    size = {"width": picture.width, "height": picture.height, "size": f"{picture.width}x{picture.height}"}
    return {
        "id": picture.id,
        "type": "image",
        "url": address,
        "preview_url": address,
        "remote_url": None,
        "description": picture.alt or None,
        "blurhash": None,
        "meta": {"original": {**size, "aspect": picture.width / picture.height}},
    }


def status_entity(ground: Ground, post: StoredPost, author: Mapping[str, Any]) -> Mapping[str, Any]:
    """A Status (https://docs.joinmastodon.org/entities/Status/)."""
    page = addresses.post(ground.address, post.platform, post.account, post.id)
    return {
        "id": post.id,
        "created_at": moment(post.at),
        "in_reply_to_id": post.details["in_reply_to_id"],
        "in_reply_to_account_id": author["id"] if post.details["in_reply_to_id"] else None,
        "sensitive": post.details["sensitive"],
        "spoiler_text": post.details["spoiler_text"],
        "visibility": post.details["visibility"],
        "language": post.details["language"],
        "uri": page,
        "url": page,
        "content": to_html(post.text),
        "account": author,
        "media_attachments": [media_entity(ground, picture) for picture in post.media],
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "quotes_count": 0,
        "edited_at": None,
        "reblog": None,
        "poll": None,
        "card": None,
        "mentions": [],
        "tags": [],
        "emojis": [],
    }
