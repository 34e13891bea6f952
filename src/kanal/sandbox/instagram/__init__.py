"""The practice Instagram: containers, publishing and an account's own media.

https://developers.facebook.com/docs/instagram-platform/content-publishing and …/reference/ig-user/media .
"""

from collections.abc import Mapping, Sequence
from math import ceil

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import Deed, FaultKind, graph
from kanal.sandbox.dialect import Dialect, Ground, Headers
from kanal.sandbox.graph import authorization as graph_authorization
from kanal.sandbox.graph import caller_of, token
from kanal.sandbox.graph.errors import FAILURES, GraphError, missing, refused_by_starlette
from kanal.sandbox.graph.usage import usage, usage_headers
from kanal.sandbox.instagram import authorization, containers, publishing
from kanal.sandbox.instagram.bytes import Bytes
from kanal.sandbox.instagram.publishing import READ, media_fields
from kanal.sandbox.quirks import Quirk
from kanal.sandbox.rates import Rate, Window
from kanal.sandbox.records import Account
from kanal.sandbox.refusal import Handler, speaking

# 4,800 calls per impression and day; a practice account has ten (…/overview/rate-limiting, business use cases).
RATES = (Rate("instagram", 48_000, 86_400, lambda *_: True),)
_EVERYTHING = (
    *(READ, containers.PUBLISH, publishing.DELETE),
    *("pages_show_list", "pages_read_engagement", "public_profile"),
)
_TOO_MANY = GraphError(
    400, 80002, "(#80002) There have been too many calls to this Instagram account. Wait a bit and try again."
)


def dialect(ground: Ground) -> Dialect:
    """The practice Instagram as the network's frame wants it."""
    bytes_ = Bytes(ground)
    routes = [
        *token.routes(ground, "instagram", _EVERYTHING, containers.PUBLISH),
        *graph_authorization.routes(ground, "instagram"),
        *authorization.routes(ground),
        *bytes_.routes(),
        *containers.routes(ground),
        *publishing.routes(ground),
        Route(f"{graph.VERSION}/{{node}}", _show(ground), methods=["GET"]),
    ]

    def failure(kind: FaultKind, caller: str, seconds: float) -> Response:
        if kind is not FaultKind.TOO_MANY:
            return FAILURES[kind].response()
        answer = _TOO_MANY.response()
        answer.headers.update(usage_headers("instagram", _user(ground, caller), 100, ceil(seconds / 60)))
        return answer

    def rate_headers(caller: str, windows: Sequence[Window]) -> Headers:
        return usage("instagram", _user(ground, caller), windows, ground.now())

    return Dialect(
        platform="instagram",
        app=token.versioned(speaking(routes, refused_by_starlette), ground, "instagram"),
        rates=RATES,
        deed=_deed,
        caller=caller_of,
        failure=failure,
        rate_headers=rate_headers,
        sink=bytes_.sink,
    )


async def _deed(request: Request) -> Deed | None:
    edge = graph.edge_of(request)
    if request.method == "POST" and edge == "media_publish":
        return "publish"
    return "retract" if request.method == "DELETE" and not edge else None


def _user(ground: Ground, token: str) -> str:
    store = ground.store
    account = store.account_with_token("instagram", token) or store.account_granted("instagram", token, ground.now())
    return account.id if account else "0"


def _show(ground: Ground) -> Handler:
    """The account itself, a container or a published media: the Graph API has one path for every node."""

    async def show(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "instagram", request, form, READ)
        node = request.path_params["node"]
        own = account.token.startswith(authorization.OWN_BEGINNING)
        if node == "me" and not own:  # the token is that of the page which the account is linked with
            return JSONResponse(graph.chosen(form, _page_fields(ground, account), ["name", "id"], "Page"))
        if node in {account.id, "me"}:
            if ground.has("instagram", Quirk.OTHER_ACCOUNT):
                raise missing("get", node)
            return JSONResponse(graph.chosen(form, _user_fields(ground, account), ["id"], "IGUser"))
        container = ground.store.upload(account, node)
        if container is not None:
            return containers.show(ground, form, container)
        post = ground.store.post("instagram", node)
        if post is None or post.account != account.account:
            raise missing("get", node)
        return JSONResponse(graph.chosen(form, media_fields(ground, account, post), ["id"], "IGMedia"))

    return show


def _page_fields(ground: Ground, account: Account) -> Mapping[str, graph.Field]:
    linked = f"9{account.id}" if ground.has("instagram", Quirk.OTHER_ACCOUNT) else account.id
    return {
        "id": lambda: f"1{account.id}",
        "name": lambda: account.name,
        "instagram_business_account": lambda: {"id": linked},
    }


def _user_fields(ground: Ground, account: Account) -> Mapping[str, graph.Field]:
    return {
        "id": lambda: account.id,
        "user_id": lambda: account.id,
        "username": lambda: account.name,
        "name": lambda: account.name,
        "followers_count": lambda: 0,
        "media_count": lambda: ground.store.count_posts("instagram", account.account),
    }
