"""How the practice Graph API lets apps in: a person's token is exchanged for a longer one, and that for a page's.

https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived and
…/docs/graph-api/reference/debug_token . Every account of the network is a page; Instagram's accounts are each linked
with one.
"""

from collections.abc import Sequence
from secrets import token_urlsafe
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import EXPIRED, GraphError
from kanal.sandbox.records import Account
from kanal.sandbox.refusal import Handler
from kanal.sandbox.tokens import App, Token

LONG_SECONDS = 5_183_944
"""The `expires_in` of Meta's own example."""
SHORT_SECONDS = 3600
_CANNOT_PARSE = GraphError(400, 190, "Invalid OAuth access token - Cannot parse access token")


def routes(ground: Ground, platform: str) -> list[Route]:
    """Exchange, pages, and what a token is good for. They go before the paths of nodes."""
    return [
        Route(f"{graph.VERSION}/oauth/access_token", _exchange(ground, platform), methods=["GET"]),
        Route(f"{graph.VERSION}/me/accounts", _pages(ground, platform), methods=["GET"]),
        Route(f"{graph.VERSION}/debug_token", _debug(ground, platform), methods=["GET"]),
    ]


def app_of(ground: Ground, platform: str, form: Form) -> App:
    """The app that proves itself by `client_id` and `client_secret`. Raises `Refused`."""
    app = ground.store.tokens.app(platform, form.one("client_id") or "")
    if app is None:
        raise GraphError(
            400, 101, "Error validating application. Cannot get application info due to a system error."
        ).refusal()
    if app.secret != form.one("client_secret"):
        raise GraphError(400, 1, "Error validating client secret.").refusal()
    return app


def user_token(ground: Ground, platform: str, value: str | None) -> Token:
    """A person's token that holds. Raises `Refused` (190)."""
    found = ground.store.tokens.find(platform, "user", value or "")
    if found is None:
        raise _CANNOT_PARSE.refusal()
    if found.ends is not None and found.ends <= ground.now():
        raise EXPIRED.refusal()
    return found


def page_id(platform: str, account: Account) -> str:
    """A page's own id; that of the page which an Instagram account is linked with."""
    return account.id if platform == "facebook" else f"9{account.id}"


def _exchange(ground: Ground, platform: str) -> Handler:
    async def exchange(request: Request) -> Response:
        form = await graph.read(request)
        app = app_of(ground, platform, form)
        if form.one("grant_type") != "fb_exchange_token":
            raise GraphError(400, 100, "(#100) Invalid grant_type").refusal()
        short = user_token(ground, platform, form.one("fb_exchange_token"))
        if short.app != app.id:
            raise GraphError(400, 190, "The access token does not belong to application").refusal()
        now = ground.now()
        details = {**short.details, "long": True}
        made = Token(
            f"EAA{token_urlsafe(48)}", platform, "user", "", app.id, short.scopes, now, now + LONG_SECONDS, details
        )
        ground.store.tokens.save(made)
        return JSONResponse({"access_token": made.value, "token_type": "bearer", "expires_in": LONG_SECONDS})

    return exchange


def _pages(ground: Ground, platform: str) -> Handler:
    async def pages(request: Request) -> Response:
        form = await graph.read(request)
        user = user_token(ground, platform, await graph.caller_of(request))
        if "pages_show_list" not in user.scopes:
            raise GraphError(
                403, 200, "(#200) The permission(s) pages_show_list must be granted before this call."
            ).refusal()
        chosen = user.details.get("accounts")
        accounts = [
            account
            for account in ground.store.accounts()
            if account.platform == platform and (chosen is None or account.account in chosen)
        ]
        listed = [_page(ground, platform, user, account, form) for account in accounts]
        return JSONResponse({"data": listed, "paging": {"cursors": {"before": "0", "after": str(len(listed))}}})

    return pages


def _page(ground: Ground, platform: str, user: Token, account: Account, form: Form) -> dict[str, Any]:
    def token() -> str:
        ends = None if user.details.get("long") else user.ends
        value = f"EAA{token_urlsafe(48)}"
        kept = Token(value, platform, "access", account.account, user.app, user.scopes, ground.now(), ends)
        ground.store.tokens.save(kept)
        return value

    fields = {
        "id": lambda: page_id(platform, account),
        "name": lambda: account.name,
        "access_token": token,
        "instagram_business_account": lambda: {"id": account.id} if platform == "instagram" else None,
    }
    return graph.chosen(form, fields, ["id", "name", "access_token"], "Page")


def _debug(ground: Ground, platform: str) -> Handler:
    async def debug(request: Request) -> Response:
        form = await graph.read(request)
        identity, _, secret = (form.one("access_token") or "").partition("|")
        app = ground.store.tokens.app(platform, identity)
        if app is None or app.secret != secret:
            raise _CANNOT_PARSE.refusal()
        value, tokens = form.one("input_token") or "", ground.store.tokens
        found = tokens.living(platform, "access", value, ground.now()) or tokens.living(
            platform, "user", value, ground.now()
        )
        if found is None:
            error = {"code": 190, "message": "The session is invalid or has expired."}
            return JSONResponse({"data": {"is_valid": False, "scopes": [], "error": error}})
        return JSONResponse({"data": _told(ground, platform, found)})

    return debug


def _told(ground: Ground, platform: str, token: Token) -> dict[str, Any]:
    account = ground.store.account(platform, token.account)
    targets = [page_id(platform, account), account.id] if account else []
    return {
        "app_id": token.app,
        "type": "PAGE" if account else "USER",
        "is_valid": True,
        "issued_at": int(token.at),
        "expires_at": int(token.ends or 0),
        "data_access_expires_at": 0,
        "scopes": list(token.scopes),
        "granular_scopes": [_granular(scope, targets) for scope in token.scopes],
        "profile_id": page_id(platform, account) if account else "",
        "user_id": "1",
    }


def _granular(scope: str, targets: Sequence[str]) -> dict[str, Any]:
    return {"scope": scope, **({"target_ids": list(dict.fromkeys(targets))} if targets else {})}
