"""Mastodon: an app of its own for each login, OAuth 2.0 with PKCE, a token that does not end.

https://docs.joinmastodon.org/methods/apps/ and …/methods/oauth/ ; docs/networks.md#authentication. Servers that are no
Mastodon, or an older one, know neither `profile` nor the page that says so.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar

from kanal.credentials import Grant
from kanal.errors import KanalError, LoginRefused
from kanal.login import Field, Talk
from kanal.login.accounts import refuse_others
from kanal.login.authorizing import authorize
from kanal.login.endpoint import Fields, ask, scopes_in, text_in
from kanal.login.origin import origin_of
from kanal.message import mark, msg
from kanal.model import Channel, Secret
from kanal.platforms.mastodon import base_address

SCOPES = ("profile", "read:statuses", "read:notifications", "write:statuses", "write:media")
BEFORE_4_3 = ("read:accounts", *SCOPES[1:])
"""`profile` came with 4.3 (https://docs.joinmastodon.org/api/oauth-scopes/)."""


class Login:
    """One account on one server."""

    ways: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "browser": mark("Agree in the browser, on the server's own page."),
            "token": mark("Enter an access token that was made on the server (Preferences, Development)."),
        }
    )

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._address = base_address(channel)
        self._username = channel.account.lstrip("@").partition("@")[0]

    @property
    def issuer(self) -> str:
        """The server."""
        return origin_of(self._address)

    def log_in(self, way: str, talk: Talk, now: datetime) -> Grant:
        """By an app that is registered for this login, or with a token that is there already."""
        if way == "token":
            token = talk.ask(Field("access_token", msg("Access token")))
            return self._grant(way, token, now)
        scopes = self._scopes()
        app: dict[str, Secret] = {}

        def page(redirect_uri: str) -> tuple[str, Mapping[str, str]]:
            app.update(self._register(redirect_uri, scopes))
            query = {"client_id": app["client_id"].reveal(), "scope": " ".join(scopes)}
            return f"{self._address}/oauth/authorize", query

        authorized = authorize(talk, page, out_of_band=True, port=talk.port)
        fields: Fields = {
            "grant_type": "authorization_code",
            "code": authorized.code,
            "redirect_uri": authorized.redirect_uri,
            "code_verifier": authorized.verifier,
            **app,
            "scope": " ".join(scopes),
        }
        answer = ask("POST", self._address, "/oauth/token", fields)
        token = Secret(text_in(answer, "access_token", self._address))
        try:
            granted = scopes_in(answer, scopes)
            return self._grant(way, token, now, app, granted)
        except KanalError:
            self._revoke(app, token)  # nobody would know of it otherwise
            raise

    def revoke(self, grant: Grant) -> None:
        """POST /oauth/revoke, which takes it from the app that got it."""
        if not grant.renewal:
            raise LoginRefused(
                msg("A token that was made on the server itself can be deleted only there."),
                msg("See {address}/settings/applications", address=self._address),
            )
        self._revoke(grant.renewal, grant.credentials["access_token"])

    def _scopes(self) -> Sequence[str]:
        """What to ask for: `profile` is all that is needed of the account, where the server knows it."""
        try:
            metadata = ask("GET", self._address, "/.well-known/oauth-authorization-server")
        except LoginRefused:  # 404: before 4.3, or not Mastodon
            return BEFORE_4_3
        supported = metadata.get("scopes_supported")
        return SCOPES if isinstance(supported, list) and "profile" in supported else BEFORE_4_3

    def _register(self, redirect_uri: str, scopes: Sequence[str]) -> Mapping[str, Secret]:
        """POST /api/v1/apps, with the one address that this login comes back to."""
        fields = {
            "client_name": f"kanal ({self._channel.name})",
            "redirect_uris": redirect_uri,
            "scopes": " ".join(scopes),
        }
        answer = ask("POST", self._address, "/api/v1/apps", fields)
        return {name: Secret(text_in(answer, name, self._address)) for name in ("client_id", "client_secret")}

    def _grant(
        self,
        way: str,
        token: Secret,
        now: datetime,
        app: Mapping[str, Secret] | None = None,
        scopes: Sequence[str] = (),
    ) -> Grant:
        """Of the channel's own account. Raises `LoginRefused` for another one."""
        found = ask("GET", self._address, "/api/v1/accounts/verify_credentials", bearer=token)
        name = text_in(found, "username", self._address)
        refuse_others(name, self._username, self._channel)
        return Grant(
            way=way,
            issuer=self.issuer,
            account=name,
            credentials={"access_token": token},
            obtained_at=now,
            renewal=dict(app or {}),
            scopes=tuple(scopes),
        )

    def _revoke(self, app: Mapping[str, Secret], token: Secret) -> None:
        ask("POST", self._address, "/oauth/revoke", {**app, "token": token}, empty=True)
