"""How the practice X lets apps in with OAuth 2.0: the page, tokens for two hours, renewing that works once.

https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code . An app that has a secret shows it in the
header, one that has none names itself in the form.
"""

from base64 import b64decode
from collections.abc import Mapping
from secrets import token_urlsafe

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms, oauth
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.oauth import BadCode, Gate
from kanal.sandbox.refusal import Handler, Refused
from kanal.sandbox.tokens import App, Token

SCOPES = ("tweet.read", "tweet.write", "tweet.moderate.write", "users.read", "media.write", "offline.access")
CODE_SECONDS = 30.0
ACCESS_SECONDS = 7200


def routes(ground: Ground) -> list[Route]:
    """All of it."""
    return [
        *oauth.routes(ground, Gate("x", "/i/oauth2/authorize", CODE_SECONDS, needs_pkce=True)),
        Route("/2/oauth2/token", _token(ground), methods=["POST"]),
        Route("/2/oauth2/revoke", _revoke(ground), methods=["POST"]),
    ]


def _token(ground: Ground) -> Handler:
    async def token(request: Request) -> Response:
        form = await forms.read(request)
        app = _app_of(ground, request, form)
        if form.one("grant_type") == "refresh_token":
            found = ground.store.tokens.find("x", "refresh", form.one("refresh_token") or "")
            if found is None or found.app != app.id:
                return _problem(400, "invalid_request", "Value passed for the token was invalid.")
            for value in (found.value, found.details["access"]):
                ground.store.tokens.remove("x", value)
            return JSONResponse(_pair(ground, found))
        try:
            code = oauth.redeem(ground, app, form)
        except BadCode:
            return _problem(400, "invalid_request", "Value passed for the authorization code was invalid.")
        return JSONResponse(_pair(ground, code))

    return token


def _pair(ground: Ground, granted: Token) -> Mapping[str, object]:
    """A new access token, and one to renew it where `offline.access` was granted."""
    now = ground.now()
    access = Token(
        token_urlsafe(48), "x", "access", granted.account, granted.app, granted.scopes, now, now + ACCESS_SECONDS
    )
    ground.store.tokens.save(access)
    answer: dict[str, object] = {
        "token_type": "bearer",
        "expires_in": ACCESS_SECONDS,
        "access_token": access.value,
        "scope": " ".join(granted.scopes),
    }
    if "offline.access" in granted.scopes:
        refresh = Token(
            token_urlsafe(48),
            "x",
            "refresh",
            granted.account,
            granted.app,
            granted.scopes,
            now,
            details={"access": access.value},
        )
        ground.store.tokens.save(refresh)
        answer["refresh_token"] = refresh.value
    return answer


def _revoke(ground: Ground) -> Handler:
    async def revoke(request: Request) -> Response:
        form = await forms.read(request)
        app = _app_of(ground, request, form)
        value, tokens = form.one("token") or "", ground.store.tokens
        for found in (tokens.find("x", "access", value), tokens.find("x", "refresh", value)):
            if found and found.app == app.id:
                tokens.remove("x", found.value)
        return JSONResponse({"revoked": True})

    return revoke


def _app_of(ground: Ground, request: Request, form: Form) -> App:
    """Raises `Refused` unless the app proves itself in the way of its type."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        identity, _, secret = b64decode(encoded).decode().partition(":")
        app = ground.store.tokens.app("x", identity)
        if app is None or app.secret is None or app.secret != secret:
            raise Refused(_problem(401, "unauthorized_client", "Invalid client credentials."))
        return app
    app = ground.store.tokens.app("x", form.one("client_id") or "")
    if app is None:
        raise Refused(_problem(400, "invalid_request", "Missing required parameter [client_id]."))
    if app.secret is not None:
        raise Refused(_problem(401, "unauthorized_client", "Missing valid authorization header"))
    return app


def _problem(status: int, reason: str, words: str) -> Response:
    return JSONResponse({"error": reason, "error_description": words}, status)
