"""Instagram: by way of the Facebook page that the account is linked with, or by Instagram's own login.

The page's token does not end (`kanal.login.meta`). Instagram Login gives one for sixty days, which may be renewed from
its second day on; it works at graph.instagram.com only, so that the channel's `urls` must name that.
https://developers.facebook.com/docs/instagram-platform/reference/access_token and …/refresh_access_token
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, ClassVar
from urllib.parse import quote

from kanal.credentials import Grant
from kanal.errors import LoginRefused
from kanal.login import Field, Talk
from kanal.login.accounts import other_account
from kanal.login.endpoint import Fields, end_of
from kanal.login.meta import PAGE_IN_CI, ask_user_token, long_lived, pages, read, refuse_lesser, token_in
from kanal.login.origin import origin_of
from kanal.message import Message, mark, msg
from kanal.model import Channel, Secret
from kanal.platforms.instagram import Adapter

PUBLISHING = ("instagram_basic", "instagram_content_publish", "pages_show_list", "pages_read_engagement")
"""Without one of these nothing can be published."""
PERMISSIONS = (*PUBLISHING, "instagram_manage_comments", "instagram_manage_insights", "instagram_manage_contents")
"""Those for comments, figures and taking down may be left out."""
OWN_PERMISSIONS = (
    "instagram_business_basic",
    "instagram_business_content_publish",
    "instagram_business_manage_comments",
    "instagram_business_manage_insights",
)
OWN_LOGIN = "https://graph.instagram.com"
RENEW_AFTER = timedelta(days=7)
"""A token may be renewed from 24 hours to sixty days after it was made: an office that publishes once in seven weeks
keeps it, and none asks every day."""


class Login:
    """One professional account."""

    ways: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "exchange": mark("Enter a short-lived user token of Facebook; kanal gets the token of the linked page."),
            "instagram": mark("Enter a token of Instagram Login, which kanal renews, on this computer only."),
        }
    )
    in_ci: ClassVar[Mapping[str, Message]] = MappingProxyType(
        {
            "exchange": PAGE_IN_CI,
            "instagram": msg(
                "A job cannot keep a renewed token, and this one ends after sixty days: take the page's token for it"
                " (kanal login with --way exchange)."
            ),
        }
    )

    def __init__(self, channel: Channel) -> None:
        urls = {**Adapter.urls, **channel.urls}
        self._channel = channel
        self._base = urls["graph"]
        self._login = urls["login"].rstrip("/")

    @property
    def issuer(self) -> str:
        """The Graph API's origin, whatever its version."""
        return origin_of(self._base)

    def log_in(self, way: str, talk: Talk, now: datetime) -> Grant:
        """By the linked page, or with Instagram's own token."""
        return self._own_login(talk, now) if way == "instagram" else self._by_page(talk, now)

    def is_due(self, grant: Grant, now: datetime) -> bool:
        """A week after it was made, for the tokens that end."""
        return grant.way == "instagram" and now >= grant.obtained_at + RENEW_AFTER

    def renew(self, grant: Grant, now: datetime) -> Grant:
        """GET /refresh_access_token; the token itself is what it takes."""
        old = grant.credentials["access_token"]
        # These two calls have no version in their path.
        query: Fields = {"grant_type": "ig_refresh_token", "access_token": old}
        answer = read(self.issuer, None, "/refresh_access_token", query)
        return self._granted(answer, grant.account, now, grant.scopes)

    def _by_page(self, talk: Talk, now: datetime) -> Grant:
        user = ask_user_token(talk, f"{self._login}/tools/explorer/", PERMISSIONS)
        linked = "instagram_business_account"
        found = pages(self._base, long_lived(self._base, user), f"id,name,access_token,{linked}")
        accounts = {str(_linked(page).get("id", "")): page for page in found if _linked(page)}
        page = accounts.get(self._channel.account)
        if page is None:
            names = ", ".join(f"{one} ({page.get('name', '')})" for one, page in accounts.items())
            raise other_account(names, self._channel) if names else _no_account()
        token = token_in(page)
        targets = (self._channel.account, str(page.get("id")))
        scopes = refuse_lesser(self._base, user.app, token, PUBLISHING, targets)
        account = read(self._base, token, f"/{quote(self._channel.account, safe='')}", {"fields": "id,username"})
        return Grant("exchange", self.issuer, _name(account), {"access_token": token}, now, scopes=scopes)

    def _own_login(self, talk: Talk, now: datetime) -> Grant:
        if self.issuer == origin_of(Adapter.urls["graph"]):
            raise LoginRefused(
                msg("Tokens of Instagram Login work at {address} only.", address=OWN_LOGIN),
                msg(
                    "Set “urls: {{graph: {address}/v26.0}}” for this channel in config/channels.yaml.",
                    address=OWN_LOGIN,
                ),
            )
        talk.tell(
            msg(
                "Make a token for your app at {address}, with these permissions: {names}",
                address=f"{self._login}/apps/",
                names=", ".join(OWN_PERMISSIONS),
            )
        )
        secret = talk.ask(Field("app_secret", msg("Instagram app secret")))
        short = talk.ask(Field("user_token", msg("User token")))
        query: Fields = {"grant_type": "ig_exchange_token", "client_secret": secret, "access_token": short}
        answer = read(self.issuer, None, "/access_token", query)
        return self._granted(answer, self._own_account(token_in(answer)), now)

    def _granted(self, answer: Mapping[str, Any], account: str, now: datetime, scopes: tuple[str, ...] = ()) -> Grant:
        return Grant(
            "instagram",
            self.issuer,
            account,
            {"access_token": token_in(answer)},
            now,
            end_of(answer, now),
            scopes=scopes,
        )

    def _own_account(self, token: Secret) -> str:
        """The name behind `token`. Raises `LoginRefused` when it is not the channel's account."""
        found = read(self._base, token, "/me", {"fields": "user_id,username"})
        if str(found.get("user_id")) != self._channel.account:
            raise other_account(f"{_name(found)} ({found.get('user_id', '')})", self._channel)
        return _name(found)


def _name(account: Mapping[str, Any]) -> str:
    return str(account.get("username") or account.get("id") or "")


def _linked(page: Mapping[str, Any]) -> Mapping[str, Any]:
    found = page.get("instagram_business_account")
    return found if isinstance(found, dict) else {}


def _no_account() -> LoginRefused:
    return LoginRefused(
        msg("No Instagram account is linked with the pages that the token's person may act for."),
        msg("Link the professional account with a page, and choose that page when the token is made."),
    )
