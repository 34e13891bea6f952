"""What the practice Graph API tells of an access token: `/debug_token` in a batch, and the version that it answers in.

https://developers.facebook.com/docs/graph-api/reference/debug_token and …/making-multiple-requests ; the real one wants
to be asked by the app or one of its developers. Here a token may ask about itself (docs/networks.md#unverified).
"""

import json
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kanal.sandbox import graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError
from kanal.sandbox.quirks import Quirk
from kanal.sandbox.records import Account

OTHER_VERSION = "v27.0"
_NOT_YOURS = GraphError(
    400, 100, "(#100) You must provide an app access token, or a user access token that is an owner of the app"
)


def routes(ground: Ground, platform: str, everything: Sequence[str], writing: str) -> list[Route]:
    """`everything` is what a token may do that may do everything here, `writing` the permission that publishes."""

    async def batch(request: Request) -> Response:
        form = await graph.read(request)
        asking = graph.speaker(ground, platform, request, form)
        asked = [_read_call(call) for call in _calls(form)]
        answers = [_told(asking, wanted) for wanted in asked]
        return JSONResponse([{"code": 200, "body": json.dumps(answer)} for answer in answers])

    def _told(asking: Account, wanted: str) -> Mapping[str, object]:
        if wanted != asking.token:
            raise _NOT_YOURS.refusal()
        quirks = ground.quirks(platform)
        granted = everything if asking.scopes is None else asking.scopes
        scopes = quirks.told(granted, writing=writing, extra="ads_management")
        left = quirks.now.get(Quirk.EXPIRING)
        return {"data": {**_facts(asking, scopes), "expires_at": 0 if left is None else int(ground.now() + left)}}

    return [Route(f"{graph.VERSION}/", batch, methods=["POST"])]


def _calls(form: Form) -> Sequence[Mapping[str, str]]:
    """The calls in a batch. Raises `Refused` (100)."""
    try:
        calls = json.loads(form.one("batch") or "")
        return [{"method": str(call["method"]), "relative_url": str(call["relative_url"])} for call in calls]
    except (ValueError, TypeError, KeyError) as error:
        raise GraphError(400, 100, "(#100) batch parameter must be a JSON array").refusal() from error


def _read_call(call: Mapping[str, str]) -> str:
    """The token that a call asks about. Raises `Refused` (3) for what is not practised in a batch."""
    path, _, query = call["relative_url"].partition("?")
    if (call["method"], path) != ("GET", "debug_token"):
        raise GraphError(501, 3, "(#3) The practice network offers nothing but debug_token in a batch.").refusal()
    return parse_qs(query).get("input_token", [""])[0]


def _facts(account: Account, scopes: Sequence[str]) -> Mapping[str, object]:
    return {
        "app_id": "1",
        "application": "kanal",
        "type": "PAGE",
        "is_valid": True,
        "data_access_expires_at": 0,
        "scopes": scopes,
        "granular_scopes": [{"scope": scope, "target_ids": [account.id]} for scope in scopes],
        "profile_id": account.id,
        "user_id": "1",
    }


def versioned(app: ASGIApp, ground: Ground, platform: str) -> ASGIApp:
    """The version that answers stands in a header: the one that is asked for, or another in its place."""

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        asked = scope["path"].strip("/").partition("/")[0]
        version = OTHER_VERSION if ground.has(platform, Quirk.OTHER_VERSION) else asked

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"facebook-api-version", version.encode())]
            await send(message)

        await app(scope, receive, send_on)

    return answering
