"""What all parts of the practice Mastodon say alike: errors, tokens, times."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account
from kanal.sandbox.refusal import Refused

PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
VIDEO_TYPES = frozenset({"video/mp4", "video/quicktime", "video/webm"})
MEDIA_TYPES = PICTURE_TYPES | VIDEO_TYPES


def error(status: int, words: str) -> Response:
    """An Error (https://docs.joinmastodon.org/entities/Error/)."""
    return JSONResponse({"error": words}, status)


def invalid(words: str) -> Refused:
    """What a validation of Rails says, as an exception for handlers to raise."""
    return Refused(error(422, f"Validation failed: {words}"))


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
    token = caller_of(request)
    store = ground.store
    account = store.account_with_token("mastodon", token) or store.account_granted("mastodon", token, ground.now())
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


def moment_of(text: str | None) -> float | None:
    """Unix seconds of an ISO time, as UTC where it names no zone; Rails takes what is none for nothing."""
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
