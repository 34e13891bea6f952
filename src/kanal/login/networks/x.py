"""X: OAuth 1.0a keys, which do not end, or OAuth 2.0 with PKCE, whose tokens are renewed every two hours.

https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code ; docs/networks.md#authentication. A
renewal replaces both tokens, and the old one for renewing is worthless from then on.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import ClassVar

from kanal.credentials import Grant
from kanal.errors import KanalError, LoginRefused
from kanal.login import Field, Talk
from kanal.login.accounts import refuse_others
from kanal.login.authorizing import FIXED_PORT, authorize, callback
from kanal.login.endpoint import Answer, Fields, ask, end_of, scopes_in, text_in
from kanal.login.origin import origin_of
from kanal.message import Message, mark, msg
from kanal.model import Channel, Secret
from kanal.platforms.x import Adapter

SCOPES = ("tweet.read", "tweet.write", "users.read", "media.write", "offline.access")
TOKEN = "oauth2_access_token"  # noqa: S105 - the name of one
MARGIN = timedelta(minutes=10)
"""How long before its end a token is renewed: longer than any single request of a run takes."""
_KEYS = {
    "consumer_key": msg("API key (consumer key) of the app"),
    "consumer_secret": msg("API key secret"),
    "access_token": msg("Access token of the account"),
    "access_token_secret": msg("Access token secret"),
}


class Login:
    """One account."""

    ways: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "keys": mark("Enter the four keys of OAuth 1.0a; they do not end, and serve in a CI system too."),
            "browser": mark("Agree in the browser (OAuth 2.0); kanal renews the tokens, on this computer only."),
        }
    )
    in_ci: ClassVar[Mapping[str, Message]] = MappingProxyType(
        {
            "browser": msg(
                "A job cannot keep a renewed token, and X's end after two hours: take OAuth 1.0a keys for it (kanal"
                " login with --way keys)."
            )
        }
    )

    def __init__(self, channel: Channel) -> None:
        urls = {**Adapter.urls, **channel.urls}
        self._channel = channel
        self._api = urls["api"].rstrip("/")
        self._page = f"{urls['login'].rstrip('/')}/i/oauth2/authorize"

    @property
    def issuer(self) -> str:
        """The API's origin."""
        return origin_of(self._api)

    def log_in(self, way: str, talk: Talk, now: datetime) -> Grant:
        """With keys, or in the browser."""
        if way == "keys":
            keys = {name: talk.ask(Field(name, question)) for name, question in _KEYS.items()}
            return Grant(way, self.issuer, self._own_account(keys), keys, now)
        return self._in_browser(talk, now)

    def is_due(self, grant: Grant, now: datetime) -> bool:
        """Ten minutes before the end."""
        return "refresh_token" in grant.renewal and grant.expires_at is not None and now >= grant.expires_at - MARGIN

    def renew(self, grant: Grant, now: datetime) -> Grant:
        """POST /2/oauth2/token with the refresh token, which works once."""
        app = {name: secret for name, secret in grant.renewal.items() if name != "refresh_token"}
        fields: Fields = {"grant_type": "refresh_token", "refresh_token": grant.renewal["refresh_token"]}
        return self._granted(self._ask("/2/oauth2/token", fields, app), app, now, grant.account)

    def revoke(self, grant: Grant) -> None:
        """POST /2/oauth2/revoke for both tokens."""
        if grant.way == "keys":
            raise LoginRefused(
                msg("X lets no program revoke OAuth 1.0a keys."),
                msg("Do it in X's developer console (Keys and tokens, Revoke)."),
            )
        app = {name: secret for name, secret in grant.renewal.items() if name != "refresh_token"}
        self._revoke(grant.renewal["refresh_token"], "refresh_token", app)
        self._revoke(grant.credentials[TOKEN], "access_token", app)

    def _in_browser(self, talk: Talk, now: datetime) -> Grant:
        port = talk.port or FIXED_PORT
        talk.tell(
            msg(
                "The app's settings in X's developer console must name this callback address: {address}",
                address=callback(port),
            )
        )
        app = {"client_id": talk.ask(Field("client_id", msg("Client ID of the app"), secret=False))}
        secret = talk.ask(Field("client_secret", msg("Client secret (empty for a native app)"), optional=True))
        app |= {"client_secret": secret} if secret.reveal() else {}

        def page(_redirect_uri: str) -> tuple[str, Mapping[str, str]]:
            return self._page, {"client_id": app["client_id"].reveal(), "scope": " ".join(SCOPES)}

        authorized = authorize(talk, page, out_of_band=False, port=port)
        fields: Fields = {
            "grant_type": "authorization_code",
            "code": authorized.code,
            "redirect_uri": authorized.redirect_uri,
            "code_verifier": authorized.verifier,
        }
        answer = self._ask("/2/oauth2/token", fields, app)
        try:
            return self._granted(answer, app, now)
        except KanalError:
            # Nobody would know of it otherwise.
            self._revoke(Secret(text_in(answer, "access_token", self._api)), "access_token", app)
            raise

    def _granted(self, answer: Answer, app: Mapping[str, Secret], now: datetime, account: str | None = None) -> Grant:
        """What was granted; whose it is, is asked unless `account` is known."""
        scopes = scopes_in(answer, SCOPES)
        token = Secret(text_in(answer, "access_token", self._api))
        return Grant(
            way="browser",
            issuer=self.issuer,
            account=account or self._own_account({TOKEN: token}),
            credentials={TOKEN: token},
            obtained_at=now,
            expires_at=end_of(answer, now),
            renewal={**app, "refresh_token": Secret(text_in(answer, "refresh_token", self._api))},
            scopes=scopes,
        )

    def _own_account(self, credentials: Mapping[str, Secret]) -> str:
        """The name behind `credentials`. Raises `LoginRefused` when it is not the channel's."""
        from kanal.platforms.x.connection import Connection

        connection = Connection(self._api, credentials)
        try:
            name = str(connection.me.get("username", ""))
        finally:
            connection.close()
        refuse_others(name, self._channel.account, self._channel)
        return name

    def _ask(self, path: str, fields: Fields, app: Mapping[str, Secret], *, empty: bool = False) -> Answer:
        """As a confidential client with its secret in the header, or as a public one with its id in the form."""
        identity = app["client_id"].reveal()
        if "client_secret" in app:
            return ask("POST", self._api, path, fields, basic=(identity, app["client_secret"]), empty=empty)
        return ask("POST", self._api, path, {**fields, "client_id": identity}, empty=empty)

    def _revoke(self, token: Secret, kind: str, app: Mapping[str, Secret]) -> None:
        self._ask("/2/oauth2/revoke", {"token": token, "token_type_hint": kind}, app, empty=True)
