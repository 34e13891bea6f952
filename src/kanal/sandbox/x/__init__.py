"""The practice X: the part of API v2 that a publisher needs, with OAuth 1.0a signatures and OAuth 2.0 scopes checked.

https://docs.x.com/x-api ; both namings of its specification (`tweet` until 2.159, `post` later) are understood, and
`Options.x_naming` decides which one is answered.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import Deed, FaultKind
from kanal.sandbox.dialect import Dialect, Ground
from kanal.sandbox.quirks import Quirk
from kanal.sandbox.rates import Matches, Rate, Window
from kanal.sandbox.records import Account
from kanal.sandbox.refusal import Handler, speaking
from kanal.sandbox.x import authorization, chunks, media, posts, subtitles
from kanal.sandbox.x.words import caller_of, fields, moment, problem, refuse_unknown_query, speaker

_QUARTER = 900


def _call(method: str, start: str, end: str = "") -> Matches:
    return lambda asked, path: asked == method and path.startswith(start) and path.endswith(end)


# https://docs.x.com/x-api/fundamentals/rate-limits , per user
RATES = (
    Rate("create", 100, _QUARTER, _call("POST", "/2/tweets")),
    Rate("delete", 50, _QUARTER, _call("DELETE", "/2/tweets/")),
    Rate("read", 900, _QUARTER, _call("GET", "/2/tweets/")),
    Rate("timeline", 900, _QUARTER, _call("GET", "/2/users/", "/tweets")),
    Rate("me", 75, _QUARTER, _call("GET", "/2/users/me")),
    Rate("upload", 500, _QUARTER, lambda method, path: method == "POST" and path == "/2/media/upload"),
    Rate("chunks", 1875, _QUARTER, _call("POST", "/2/media/upload/")),
    Rate("metadata", 500, _QUARTER, _call("POST", "/2/media/metadata")),
)
_FAILURES = {
    FaultKind.TOO_MANY: (429, "Too Many Requests"),
    FaultKind.ERROR_BEFORE: (503, "Service Unavailable"),
    FaultKind.ERROR_AFTER: (500, "Internal Server Error"),
    FaultKind.EXPIRED: (401, "Unauthorized"),
}


def dialect(ground: Ground) -> Dialect:
    """The practice X as the network's frame wants it."""
    routes = [
        Route("/2/users/me", _me(ground), methods=["GET"]),
        *authorization.routes(ground),
        *media.routes(ground),
        *chunks.routes(ground),
        *subtitles.routes(ground),
        *posts.routes(ground),
    ]

    def failure(kind: FaultKind, _: str, seconds: float) -> Response:
        answer = problem(*_FAILURES[kind])
        if kind is FaultKind.TOO_MANY:
            answer.headers.update(_headers(RATES[0].limit, 0, ground.now() + seconds))
        return answer

    return Dialect(
        platform="x",
        app=speaking(routes, problem),
        rates=RATES,
        deed=_deed,
        caller=_caller,
        failure=failure,
        rate_headers=_rate_headers,
    )


async def _caller(request: Request) -> str:
    return caller_of(request)


async def _deed(request: Request) -> Deed | None:
    path = request.url.path
    if request.method == "POST" and path == "/2/tweets":
        return "publish"
    return "retract" if request.method == "DELETE" and path.startswith("/2/tweets/") else None


def _rate_headers(_: str, windows: Sequence[Window]) -> Mapping[str, str]:
    nearest = windows[0]
    return _headers(nearest.rate.limit, nearest.remaining, nearest.resets_at)


def _headers(limit: int, remaining: int, resets_at: float) -> Mapping[str, str]:
    numbers = {"limit": limit, "remaining": remaining, "reset": ceil(resets_at)}
    return {f"x-rate-limit-{name}": str(number) for name, number in numbers.items()}


_ME = frozenset({"user.fields", "expansions", "tweet.fields", "post.fields"})


def _me(ground: Ground) -> Handler:
    async def me(request: Request) -> Response:
        account = await speaker(ground, request)
        refuse_unknown_query(request, _ME)
        username = "jemand_anders" if ground.has("x", Quirk.OTHER_ACCOUNT) else account.account.lstrip("@")
        data: dict[str, object] = {"id": account.id, "name": account.name, "username": username}
        wanted = fields(request, "user.fields")
        if "created_at" in wanted:
            data["created_at"] = moment(0)
        if "public_metrics" in wanted:
            count = ground.store.count_posts("x", account.account)
            names = ("followers_count", "following_count", "listed_count", "like_count", "media_count")
            data["public_metrics"] = {**dict.fromkeys(names, 0), "tweet_count": count}
        return JSONResponse({"data": data}, headers={"x-access-level": _access_level(ground, account)})

    return me


def _access_level(ground: Ground, account: Account) -> str:
    """What the app may do, in one word (docs/networks.md#unverified)."""
    quirks = ground.quirks("x").now
    if Quirk.MISSING_SCOPE in quirks or (account.scopes is not None and "read-write" not in account.scopes):
        return "read"
    return "read-write-directmessages" if Quirk.EXTRA_SCOPE in quirks else "read-write"
