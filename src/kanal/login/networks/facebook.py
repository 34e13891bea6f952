"""Facebook pages: a page's own token, which does not end, by way of a person's (`kanal.login.meta`)."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar

from kanal.credentials import Grant
from kanal.errors import LoginRefused
from kanal.login import Field, Talk
from kanal.login.accounts import other_account
from kanal.login.meta import PAGE_IN_CI, ask_user_token, long_lived, pages, read, refuse_lesser, token_in
from kanal.login.origin import origin_of
from kanal.message import Message, mark, msg
from kanal.model import Channel, Secret
from kanal.platforms.facebook import Adapter

PUBLISHING = ("pages_show_list", "pages_read_engagement", "pages_manage_posts")
"""Without one of these nothing can be published."""
PERMISSIONS = (*PUBLISHING, "pages_manage_engagement", "pages_read_user_content", "read_insights")
"""Those for comments and figures may be left out."""


class Login:
    """One page."""

    ways: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "exchange": mark("Enter a short-lived user token; kanal exchanges it for the page's, which does not end."),
            "token": mark("Enter the page's token, such as a system user's."),
        }
    )
    in_ci: ClassVar[Mapping[str, Message]] = MappingProxyType(dict.fromkeys(("exchange", "token"), PAGE_IN_CI))

    def __init__(self, channel: Channel) -> None:
        urls = {**Adapter.urls, **channel.urls}
        self._channel = channel
        self._base = urls["graph"]
        self._explorer = f"{urls['login'].rstrip('/')}/tools/explorer/"

    @property
    def issuer(self) -> str:
        """The Graph API's origin, whatever its version."""
        return origin_of(self._base)

    def log_in(self, way: str, talk: Talk, now: datetime) -> Grant:
        """By exchange, or with a page's token that is there already."""
        if way == "token":
            return self._grant(way, talk.ask(Field("page_access_token", msg("Access token of the page"))), now)
        user = ask_user_token(talk, self._explorer, PERMISSIONS)
        found = pages(self._base, long_lived(self._base, user), "id,name,access_token")
        page = next((one for one in found if str(one.get("id")) == self._channel.account), None)
        if page is None:
            raise self._no_such_page(found)
        token = token_in(page)
        scopes = refuse_lesser(self._base, user.app, token, PUBLISHING, (self._channel.account,))
        return self._grant(way, token, now, scopes)

    def _grant(self, way: str, token: Secret, now: datetime, scopes: tuple[str, ...] = ()) -> Grant:
        """Of the channel's own page. Raises `LoginRefused` for another one."""
        page = read(self._base, token, "/me", {"fields": "id,name"})
        if str(page.get("id")) != self._channel.account:
            raise other_account(_named(page), self._channel)
        return Grant(way, self.issuer, _named(page), {"page_access_token": token}, now, scopes=scopes)

    def _no_such_page(self, found: list[Mapping[str, object]]) -> LoginRefused:
        if found:
            return other_account(", ".join(map(_named, found)), self._channel)
        return LoginRefused(
            msg("The person whose token that is may act for no page."),
            msg("Give them the task “Create content” on the page, and choose the page when the token is made."),
        )


def _named(page: Mapping[str, object]) -> str:
    return f"{page.get('name', '')} ({page.get('id', '')})".strip()
