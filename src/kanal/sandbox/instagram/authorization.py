"""How the practice Instagram lets apps in without Facebook: a token for an hour becomes one for sixty days.

https://developers.facebook.com/docs/instagram-platform/reference/access_token and …/refresh_access_token ; neither has
a version in its path.
"""

from secrets import token_urlsafe

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.graph.authorization import LONG_SECONDS, user_token
from kanal.sandbox.graph.errors import EXPIRED, GraphError
from kanal.sandbox.refusal import Handler
from kanal.sandbox.tokens import Token

OWN_BEGINNING = "IGAA"
"""How tokens of Instagram Login begin, which are the account's own and not its page's."""
YOUNG_SECONDS = 24 * 3600
"""How old a token must be before it can be renewed."""


def routes(ground: Ground) -> list[Route]:
    """Exchange and renewal."""
    return [
        Route("/access_token", _exchange(ground), methods=["GET"]),
        Route("/refresh_access_token", _refresh(ground), methods=["GET"]),
    ]


def _exchange(ground: Ground) -> Handler:
    async def exchange(request: Request) -> Response:
        form = await graph.read(request)
        short = user_token(ground, "instagram", form.one("access_token"))
        app = ground.store.tokens.app("instagram", short.app)
        if form.one("grant_type") != "ig_exchange_token" or app is None or app.secret != form.one("client_secret"):
            raise GraphError(400, 101, "Error validating client secret.").refusal()
        return _answer(_made(ground, short))

    return exchange


def _refresh(ground: Ground) -> Handler:
    async def refresh(request: Request) -> Response:
        form = await graph.read(request)
        old = ground.store.tokens.find("instagram", "access", form.one("access_token") or "")
        if old is None or form.one("grant_type") != "ig_refresh_token":
            raise GraphError(400, 190, "Invalid OAuth access token - Cannot parse access token").refusal()
        if old.ends is not None and old.ends <= ground.now():
            raise EXPIRED.refusal()
        if ground.now() - old.at < YOUNG_SECONDS:
            raise GraphError(400, 100, "(#100) The access token is not 24 hours old yet.").refusal()
        return _answer(_made(ground, old))

    return refresh


def _made(ground: Ground, before: Token) -> Token:
    now = ground.now()
    value = f"{OWN_BEGINNING}{token_urlsafe(48)}"
    made = Token(value, "instagram", "access", before.account, before.app, before.scopes, now, now + LONG_SECONDS)
    ground.store.tokens.save(made)
    return made


def _answer(token: Token) -> Response:
    return JSONResponse({"access_token": token.value, "token_type": "bearer", "expires_in": LONG_SECONDS})
