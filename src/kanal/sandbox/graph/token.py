"""What the practice Graph API tells of an access token: `/debug_token`, and the version that it answers in.

https://developers.facebook.com/docs/graph-api/reference/debug_token ; the real one wants to be asked by the app or one
of its developers. Here a token may ask about itself (docs/networks.md#unverified).
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kanal.sandbox import graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.graph.errors import GraphError
from kanal.sandbox.quirks import Quirk

OTHER_VERSION = "v27.0"


def routes(ground: Ground, platform: str, everything: Sequence[str], writing: str) -> list[Route]:
    """`everything` is what a token may do that may do everything here, `writing` the permission that publishes."""

    async def debug_token(request: Request) -> Response:
        form = await graph.read(request)
        asking = graph.speaker(ground, platform, request, form)
        account = ground.store.account_with_token(platform, form.one("input_token") or "")
        if account is None or account.token != asking.token:
            words = "(#100) You must provide an app access token, or a user access token that is an owner of the app"
            raise GraphError(400, 100, words).refusal()
        quirks = ground.quirks(platform)
        granted = everything if account.scopes is None else account.scopes
        scopes = quirks.told(granted, writing=writing, extra="ads_management")
        left = quirks.now.get(Quirk.EXPIRING)
        return JSONResponse(
            {
                "data": {
                    "app_id": "1",
                    "application": "kanal",
                    "type": "PAGE",
                    "is_valid": True,
                    "issued_at": int(ground.now()) - 3600,
                    "expires_at": int(ground.now() + left) if left is not None else 0,
                    "data_access_expires_at": 0,
                    "scopes": scopes,
                    "granular_scopes": [{"scope": scope, "target_ids": [account.id]} for scope in scopes],
                    "profile_id": account.id,
                    "user_id": "1",
                }
            }
        )

    return [Route(f"{graph.VERSION}/debug_token", debug_token, methods=["GET"])]


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
