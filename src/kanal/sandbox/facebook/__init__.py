"""The practice Facebook: the part of the Pages API that a publisher needs.

https://developers.facebook.com/docs/pages-api/posts , …/graph-api/reference/page/feed and …/page/photos .
"""

from collections.abc import Sequence
from math import ceil

from starlette.requests import Request
from starlette.responses import Response

from kanal.sandbox import Deed, FaultKind, graph
from kanal.sandbox.dialect import Dialect, Ground, Headers
from kanal.sandbox.facebook import edits, photos, posts, videos
from kanal.sandbox.graph import authorization, token
from kanal.sandbox.graph.errors import FAILURES, GraphError, refused_by_starlette
from kanal.sandbox.graph.usage import usage, usage_headers
from kanal.sandbox.rates import Rate, Window
from kanal.sandbox.refusal import speaking

# 4,800 calls per engaged user and day and page; a practice page has ten (…/overview/rate-limiting, business use cases).
RATES = (Rate("pages", 48_000, 86_400, lambda *_: True),)
_EVERYTHING = ("pages_show_list", posts.READ, posts.WRITE, "public_profile")
_TOO_MANY = GraphError(
    400, 80001, "(#80001) There have been too many calls to this Page account. Wait a bit and try again."
)


def dialect(ground: Ground) -> Dialect:
    """The practice Pages API as the network's frame wants it."""
    routes = [
        *token.routes(ground, "facebook", _EVERYTHING, posts.WRITE),
        *authorization.routes(ground, "facebook"),
        *photos.routes(ground),
        *videos.routes(ground),
        *posts.routes(ground),
        *edits.routes(ground),
    ]

    def failure(kind: FaultKind, caller: str, seconds: float) -> Response:
        if kind is not FaultKind.TOO_MANY:
            return FAILURES[kind].response()
        answer = _TOO_MANY.response()
        answer.headers.update(usage_headers("pages", _page(ground, caller), 100, ceil(seconds / 60)))
        return answer

    def rate_headers(caller: str, windows: Sequence[Window]) -> Headers:
        return usage("pages", _page(ground, caller), windows, ground.now())

    return Dialect(
        platform="facebook",
        app=token.versioned(speaking(routes, refused_by_starlette), ground, "facebook"),
        rates=RATES,
        deed=_deed,
        caller=graph.caller_of,
        failure=failure,
        rate_headers=rate_headers,
    )


def _page(ground: Ground, token: str) -> str:
    store = ground.store
    account = store.account_with_token("facebook", token) or store.account_granted("facebook", token, ground.now())
    return account.id if account else "0"


async def _deed(request: Request) -> Deed | None:
    edge = graph.edge_of(request)
    if request.method == "DELETE":
        return "retract" if not edge else None
    if request.method != "POST":
        return None
    if not edge:
        return "correct" if graph.node_of(request) else None
    if edge == "captions":
        return "correct"
    if edge == "videos":
        return "publish" if (await graph.read(request)).one("upload_phase") == "finish" else None
    return "publish" if edge == "feed" or (edge == "photos" and await graph.is_published(request)) else None
