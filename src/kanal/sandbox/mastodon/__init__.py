"""The practice Mastodon server: the part of its API that a publisher needs.

https://docs.joinmastodon.org/methods/ ; the limits are those of a server with Mastodon's defaults, and are told in
`/api/v2/instance`. What is not practised (boosts, votes, who may quote) is refused, never ignored.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from kanal.sandbox import Deed, FaultKind
from kanal.sandbox.dialect import Dialect, Ground
from kanal.sandbox.mastodon import authorization, credentials, edits, instance, media, scheduled, statuses, words
from kanal.sandbox.mastodon.words import caller_of, error
from kanal.sandbox.rates import Rate, Window
from kanal.sandbox.refusal import speaking

# https://docs.joinmastodon.org/api/rate-limits/ ; creating and editing: app/lib/rate_limiter.rb
RATES = (
    Rate("api", 300, 300, lambda *_: True),
    Rate("media", 30, 1800, lambda method, path: method == "POST" and path.startswith("/api/v2/media")),
    Rate("statuses", 300, 10800, lambda method, path: _deed_of(method, path) in ("publish", "correct")),
    Rate("deletes", 30, 1800, lambda method, path: _deed_of(method, path) == "retract"),
)

_FAILURES = {
    FaultKind.TOO_MANY: (429, "Too many requests"),
    FaultKind.ERROR_BEFORE: (503, "There was a temporary problem serving your request, please try again"),
    FaultKind.ERROR_AFTER: (500, "Internal Server Error"),
    FaultKind.EXPIRED: (401, "The access token has expired"),
}


def dialect(ground: Ground) -> Dialect:
    """The practice server as the network's frame wants it."""
    routes = [
        *credentials.routes(ground),
        *authorization.routes(ground),
        *instance.routes(ground),
        *media.routes(ground),
        *statuses.routes(ground),
        *edits.routes(ground),
        *scheduled.routes(ground),
    ]

    def failure(kind: FaultKind, _: str, seconds: float) -> Response:
        answer = error(*_FAILURES[kind])
        if kind is FaultKind.TOO_MANY:
            answer.headers.update(_headers(RATES[2].limit, 0, ground.now() + seconds))
        return answer

    return Dialect(
        platform="mastodon",
        app=words.without_trailing_slash(speaking(routes, error)),
        rates=RATES,
        deed=_deed,
        caller=_caller,
        failure=failure,
        rate_headers=_rate_headers,
        exclusive=_exclusive,
        id_when_out=lambda _, number: statuses.id_of(number),
    )


async def _caller(request: Request) -> str:
    return caller_of(request)


_DEEDS: Mapping[str, Deed] = {"PUT": "correct", "DELETE": "retract"}


async def _deed(request: Request) -> Deed | None:
    if request.method == "DELETE" and request.url.path.startswith("/api/v1/scheduled_statuses/"):
        return "retract"  # what is cancelled does not count as deleted, but can go wrong like it
    return _deed_of(request.method, request.url.path)


def _deed_of(method: str, path: str) -> Deed | None:
    if method == "POST" and path.rstrip("/") == "/api/v1/statuses":
        return "publish"
    if not path.startswith("/api/v1/statuses/"):
        return None
    return _DEEDS.get(method)


def _exclusive(request: Request) -> str | None:
    """A repeated key waits for nobody: Mastodon answers 503 while the first request with it still runs."""
    key = request.headers.get("idempotency-key")
    publishing = _deed_of(request.method, request.url.path) == "publish"
    return sha256(f"{caller_of(request)} {key}".encode()).hexdigest() if key and publishing else None


def _rate_headers(_: str, windows: Sequence[Window]) -> Mapping[str, str]:
    nearest = windows[0]
    return _headers(nearest.rate.limit, nearest.remaining, nearest.resets_at)


def _headers(limit: int, remaining: int, resets_at: float) -> Mapping[str, str]:
    reset = datetime.fromtimestamp(ceil(resets_at), UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(remaining), "X-RateLimit-Reset": reset}
