"""The authorisation side of the practice networks, as far as Mastodon and X share it: the page, the code, the proofs.

RFC 6749 §4.1 with PKCE (RFC 7636). How the answers look is each network's business; what is checked is the same.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_urlsafe
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kanal.sandbox import forms
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.oauth import pages
from kanal.sandbox.refusal import Handler
from kanal.sandbox.tokens import App, Token

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


@dataclass(frozen=True, slots=True)
class Gate:
    """One network's page. `seconds` is how long a code is good."""

    platform: str
    path: str
    seconds: float
    needs_pkce: bool


def routes(ground: Ground, gate: Gate) -> list[Route]:
    """The page, and what its two buttons do."""
    return [
        Route(gate.path, _page(ground, gate), methods=["GET"]),
        Route(gate.path, _decision(ground, gate), methods=["POST"]),
    ]


class BadCode(Exception):
    """A code that is no good (`invalid_grant`); it says why."""


def redeem(ground: Ground, app: App, form: Form) -> Token:
    """The code of a token request, used up.

    Raises `BadCode`: unknown, used or expired; of another app; for another address; PKCE.
    """
    code, redirect_uri, verifier = (form.one(name) or "" for name in ("code", "redirect_uri", "code_verifier"))
    found = ground.store.tokens.find(app.platform, "code", code)
    ground.store.tokens.remove(app.platform, code)
    if found is None or found.app != app.id or (found.ends or 0) <= ground.now():
        raise BadCode("The code is invalid, expired, revoked, or was issued to another client.")
    if found.details["redirect_uri"] != redirect_uri:
        raise BadCode("The code was issued for another redirect URI.")
    challenge = found.details.get("code_challenge")
    if challenge and challenge != _challenge(verifier):
        raise BadCode("The code verifier does not match the code challenge.")
    return found


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _page(ground: Ground, gate: Gate) -> Handler:
    async def page(request: Request) -> Response:
        asked = dict(request.query_params)
        wrong = _wrong(ground, gate, asked)
        if wrong:
            return HTMLResponse(pages.refused(wrong), 400)
        accounts = [account for account in ground.store.accounts() if account.platform == gate.platform]
        app = ground.store.tokens.app(gate.platform, asked["client_id"])
        return HTMLResponse(pages.question(gate, asked, accounts, app.name if app else ""))

    return page


def _wrong(ground: Ground, gate: Gate, asked: dict[str, str]) -> str | None:
    """Why nobody is asked, and the browser is sent nowhere (RFC 6749 §4.1.2.1)."""
    app = ground.store.tokens.app(gate.platform, asked.get("client_id", ""))
    if app is None:
        return "Diese App gibt es hier nicht (client_id)."
    if asked.get("redirect_uri") not in app.redirects:
        return "Diese Rücksprungadresse ist für die App nicht eingetragen (redirect_uri)."
    if asked.get("response_type") != "code":
        return "Hier gibt es nur response_type=code."
    if gate.needs_pkce and asked.get("code_challenge_method") != "S256":
        return "Ohne PKCE (S256) geht es hier nicht."
    if not set(asked.get("scope", "").split()) <= set(app.scopes):
        return "Die App darf nicht so viel verlangen (scope)."
    return None


def _decision(ground: Ground, gate: Gate) -> Handler:
    async def decision(request: Request) -> Response:
        form = await forms.read(request)
        asked = {name: form.one(name) or "" for name in form.values}
        wrong = _wrong(ground, gate, asked)
        if wrong:
            return HTMLResponse(pages.refused(wrong), 400)
        account = ground.store.account(gate.platform, asked.get("account", ""))
        if asked.get("decision") != "allow" or account is None:
            return _back(
                asked, {"error": "access_denied", "error_description": "The resource owner denied the request."}
            )
        code = token_urlsafe(24)
        details = {name: asked.get(name, "") for name in ("redirect_uri", "code_challenge")}
        now = ground.now()
        scopes = tuple(asked.get("scope", "").split())
        ground.store.tokens.save(
            Token(
                code,
                gate.platform,
                "code",
                account.account,
                asked["client_id"],
                scopes,
                now,
                now + gate.seconds,
                details,
            )
        )
        return _back(asked, {"code": code})

    return decision


def _back(asked: dict[str, str], answer: dict[str, str]) -> Response:
    """To where the app waits; without such a place, the page shows it."""
    if asked["redirect_uri"] == OUT_OF_BAND:
        return HTMLResponse(pages.code(answer["code"]) if "code" in answer else pages.refused("Abgelehnt."))
    more = {"state": asked["state"]} if asked.get("state") else {}
    return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({**answer, **more})}", 302)
