"""What Facebook's and Instagram's practice Graph API have in common: tokens, fields, pages, times.

https://developers.facebook.com/docs/graph-api/overview . Parameters that a node does not know are ignored, as the real
API does; unknown `fields` are refused, as it does too.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request

from kanal.sandbox import forms
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError, missing
from kanal.sandbox.records import Account, StoredPost

VERSION = "/v{version:str}"


async def read(request: Request) -> Form:
    """Fields of body and query together; the Graph API makes no difference."""
    form = await forms.read(request)
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    return Form({**query, **form.values}, form.files)


async def caller_of(request: Request) -> str:
    """The token a request shows, without looking whether it is one."""
    return _shown_token(request) or (await forms.read(request)).one("access_token") or ""


def _shown_token(request: Request) -> str:
    """The token in the header or in the query."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() in ("bearer", "oauth"):
        return token.strip()
    return request.query_params.get("access_token", "")


def speaker(ground: Ground, platform: str, request: Request, form: Form, *permissions: str) -> Account:
    """Whose token this is: in the header, a field or the query. Raises `Refused` with code 190 or 200."""
    token = _shown_token(request) or form.one("access_token")
    if not token:
        words = "An access token is required to request this resource."
        raise GraphError(400, 104, words).refusal()
    account = ground.store.account_with_token(platform, token)
    account = account or ground.store.account_granted(platform, token, ground.now())
    if account is None:
        raise GraphError(400, 190, "Invalid OAuth access token - Cannot parse access token").refusal()
    for permission in permissions:
        if account.scopes is not None and permission not in account.scopes:
            words = f"(#200) The permission(s) {permission} must be granted before this call."
            raise GraphError(403, 200, words).refusal()
    return account


def node_of(request: Request) -> str:
    """The node that a path names: `100` in `/v26.0/100/feed`, nothing in a batch's."""
    return request.url.path.strip("/").partition("/")[2].partition("/")[0]


def edge_of(request: Request) -> str:
    """What the path asks of its node: `feed` in `/v26.0/100/feed`, nothing when it means the node itself."""
    return request.url.path.strip("/").partition("/")[2].partition("/")[2]


def own_node(account: Account, node: str) -> None:
    """Raises `Refused` unless `node` is the token's own page or user, by id or as `me`."""
    if node not in (account.id, "me"):
        raise missing("post", node)


Field = Callable[[], Any]


def chosen(form: Form, fields: Mapping[str, Field], default: Sequence[str], node_type: str) -> dict[str, Any]:
    """The node's fields that `?fields=` names, `id` always. Raises `Refused` (100) for one it does not have.

    Sub-fields in braces are not practised.
    """
    asked = form.one("fields")
    names = [name.strip() for name in asked.split(",") if name.strip()] if asked else list(default)
    for name in names:
        if name not in fields:
            words = f"(#100) Tried accessing nonexisting field ({name}) on node type ({node_type})"
            raise GraphError(400, 100, words).refusal()
    found = {name: fields[name]() for name in dict.fromkeys([*names, "id"])}
    return {name: value for name, value in found.items() if value is not None}


def page_of(
    request: Request, form: Form, posts: Sequence[StoredPost], default: int = 25
) -> tuple[list[StoredPost], dict[str, Any]]:
    """The page that `limit`, `since`, `until` and `after` ask for, and the answer's `paging`."""
    since, until = moment_of(form.one("since")), moment_of(form.one("until"))
    fitting = [post for post in posts if (since is None or post.at >= since) and (until is None or post.at <= until)]
    limit = min(_number(form, "limit", default), 100)
    start = _number(form, "after", 0)
    page = fitting[start : start + limit]
    if not page:
        return page, {}
    paging: dict[str, Any] = {"cursors": {"before": str(start), "after": str(start + len(page))}}
    if start + len(page) < len(fitting):
        paging["next"] = str(request.url.include_query_params(after=start + len(page)))
    return page, {"paging": paging}


def _number(form: Form, name: str, default: int) -> int:
    text = form.one(name)
    if text is None:
        return default
    if not text.isdigit():
        raise GraphError(400, 100, f"(#100) Param {name} must be an integer").refusal()
    return int(text)


def moment_of(text: str | None) -> float | None:
    """Unix seconds or an ISO time, as the Graph API takes both."""
    if text is None or text.isdigit():
        return float(text) if text else None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise GraphError(400, 100, f"(#100) Invalid time: {text}").refusal() from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def written(at: float) -> str:
    """Unix seconds as the Graph API writes times."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")


def publishes_field(text: str | None) -> bool:
    """Whether `published` says yes, as it does when it is not there."""
    return (text or "true").lower() not in ("false", "0")


async def is_published(request: Request) -> bool:
    """The `published` field of a request that may be large."""
    if "published" in request.query_params:
        return publishes_field(request.query_params["published"])
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return publishes_field(parse_qs((await request.body()).decode("ascii", "replace")).get("published", [""])[-1])
    return publishes_field((await forms.read(request)).one("published"))
