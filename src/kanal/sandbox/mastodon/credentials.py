"""Whose token it is, and what the app that it belongs to may do.

https://docs.joinmastodon.org/methods/accounts/#verify_credentials and …/methods/apps/#verify_credentials
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon.entities import account_entity
from kanal.sandbox.mastodon.words import caller_of, error, speaker
from kanal.sandbox.quirks import Quirk
from kanal.sandbox.refusal import Refused

_EVERYTHING = ("profile", "read:statuses", "read:notifications", "write:statuses", "write:media")
"""What an app has whose token may do everything here."""
_HERE = "urn:ietf:wg:oauth:2.0:oob"


def routes(ground: Ground) -> list[Route]:
    """Both questions."""

    async def account(request: Request) -> Response:
        entity = {
            **account_entity(ground, speaker(ground, request, "profile", "read:accounts")),
            **_CREDENTIAL_ACCOUNT,
        }
        if ground.has("mastodon", Quirk.OTHER_ACCOUNT):
            entity |= {"id": "4711", "username": "jemand_anders", "acct": "jemand_anders"}
        return JSONResponse(entity)

    async def app(request: Request) -> Response:
        token, store = caller_of(request), ground.store
        asking = store.account_with_token("mastodon", token) or store.account_granted("mastodon", token, ground.now())
        if asking is None:
            raise Refused(error(401, "The access token is invalid"))
        granted = _EVERYTHING if asking.scopes is None else asking.scopes
        scopes = ground.quirks("mastodon").told(granted, writing="write:statuses", extra="admin:read:accounts")
        return JSONResponse({**_APPLICATION, "scopes": scopes})

    return [
        Route("/api/v1/accounts/verify_credentials", account, methods=["GET"]),
        Route("/api/v1/apps/verify_credentials", app, methods=["GET"]),
    ]


# What https://docs.joinmastodon.org/entities/Account/#CredentialAccount adds: the defaults of a new account.
_CREDENTIAL_ACCOUNT: Mapping[str, object] = {
    "source": {
        "privacy": "public",
        "sensitive": False,
        "language": "de",
        "note": "",
        "fields": [],
        "follow_requests_count": 0,
        "indexable": False,
        "discoverable": False,
    },
    "role": {"id": "-99", "name": "", "permissions": "0", "color": "", "highlighted": False},
}
# https://docs.joinmastodon.org/entities/Application/
_APPLICATION: Mapping[str, object] = {
    "id": "1",
    "name": "kanal",
    "website": None,
    "redirect_uri": _HERE,
    "redirect_uris": [_HERE],
    "vapid_key": "",
}
