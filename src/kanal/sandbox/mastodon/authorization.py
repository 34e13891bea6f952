"""How the practice Mastodon lets apps in: registration, the page, tokens that do not end, taking them back.

https://docs.joinmastodon.org/methods/apps/ and …/methods/oauth/ . Before 4.3 there is no `profile`, no PKCE and no page
that says what there is.
"""

from secrets import token_urlsafe

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms, oauth
from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon.words import error, invalid
from kanal.sandbox.oauth import BadCode, Gate
from kanal.sandbox.refusal import Handler
from kanal.sandbox.tokens import App, Token

SCOPES = (
    "read",
    "write",
    "profile",
    "read:accounts",
    "read:statuses",
    "read:notifications",
    "write:statuses",
    "write:media",
)
_CODE_SECONDS = 600.0
"""Doorkeeper's own default, which Mastodon does not change."""


def routes(ground: Ground) -> list[Route]:
    """All of it."""
    return [
        Route("/api/v1/apps", _register(ground), methods=["POST"]),
        *oauth.routes(ground, Gate("mastodon", "/oauth/authorize", _CODE_SECONDS, needs_pkce=False)),
        Route("/oauth/token", _token(ground), methods=["POST"]),
        Route("/oauth/revoke", _revoke(ground), methods=["POST"]),
        Route("/.well-known/oauth-authorization-server", _metadata(ground), methods=["GET"]),
    ]


def _is_before_4_3(ground: Ground) -> bool:
    major, minor = ground.options.mastodon_version.split(".")[:2]
    return (int(major), int(minor)) < (4, 3)


def _known(ground: Ground) -> tuple[str, ...]:
    return tuple(scope for scope in SCOPES if scope != "profile" or not _is_before_4_3(ground))


def _register(ground: Ground) -> Handler:
    async def register(request: Request) -> Response:
        form = await forms.read(request)
        name = form.one("client_name")
        redirects = [address for text in form.all("redirect_uris") for address in text.split()]
        scopes = (form.one("scopes") or "read").split()
        if not name:
            raise invalid("Application name can't be blank")
        if not redirects:
            raise invalid("Redirect URI can't be blank")
        if not set(scopes) <= set(_known(ground)):
            raise invalid("Scopes doesn't match configured on the server.")
        app = App("mastodon", token_urlsafe(32), token_urlsafe(32), tuple(redirects), tuple(scopes), name)
        ground.store.tokens.save_app(app)
        return JSONResponse(
            {
                "id": str(ground.store.number(ground.now())),
                "name": name,
                "website": None,
                "scopes": scopes,
                "redirect_uri": "\n".join(redirects),
                "redirect_uris": redirects,
                "client_id": app.id,
                "client_secret": app.secret,
                "client_secret_expires_at": 0,
                "vapid_key": "",
            }
        )

    return register


def _token(ground: Ground) -> Handler:
    async def token(request: Request) -> Response:
        form = await forms.read(request)
        app = ground.store.tokens.app("mastodon", form.one("client_id") or "")
        if app is None or app.secret != form.one("client_secret"):
            return _oauth_error(401, "invalid_client", "Client authentication failed due to unknown client.")
        if form.one("grant_type") != "authorization_code":
            return _oauth_error(400, "unsupported_grant_type", "The authorization grant type is not supported.")
        try:
            code = oauth.redeem(ground, app, form)
        except BadCode as bad:
            return _oauth_error(400, "invalid_grant", str(bad))
        made = Token(token_urlsafe(32), "mastodon", "access", code.account, app.id, code.scopes, ground.now())
        ground.store.tokens.save(made)
        scope = " ".join(made.scopes)
        return JSONResponse(
            {"access_token": made.value, "token_type": "Bearer", "scope": scope, "created_at": int(made.at)}
        )

    return token


def _revoke(ground: Ground) -> Handler:
    async def revoke(request: Request) -> Response:
        form = await forms.read(request)
        app = ground.store.tokens.app("mastodon", form.one("client_id") or "")
        found = ground.store.tokens.find("mastodon", "access", form.one("token") or "")
        if app is None or app.secret != form.one("client_secret") or (found and found.app != app.id):
            return _oauth_error(403, "unauthorized_client", "You are not authorized to revoke this token")
        if found:
            ground.store.tokens.remove("mastodon", found.value)
        return JSONResponse({})

    return revoke


def _metadata(ground: Ground) -> Handler:
    async def metadata(request: Request) -> Response:
        if _is_before_4_3(ground):
            return error(404, "Not Found")
        origin = str(request.base_url)
        return JSONResponse(
            {
                "issuer": origin,
                "service_documentation": "https://docs.joinmastodon.org/",
                "authorization_endpoint": f"{origin}oauth/authorize",
                "token_endpoint": f"{origin}oauth/token",
                "app_registration_endpoint": f"{origin}api/v1/apps",
                "revocation_endpoint": f"{origin}oauth/revoke",
                "userinfo_endpoint": f"{origin}oauth/userinfo",
                "scopes_supported": list(_known(ground)),
                "response_types_supported": ["code"],
                "response_modes_supported": ["query", "fragment", "form_post"],
                "grant_types_supported": ["authorization_code"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    return metadata


def _oauth_error(status: int, reason: str, words: str) -> Response:
    return JSONResponse({"error": reason, "error_description": words}, status)
