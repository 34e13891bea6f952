"""What somebody would find on a network's pages for developers: an app, and where it needs one, a first token.

Handed out by the control API, by the names under which the logins ask for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_urlsafe

from kanal.sandbox.dialect import Ground
from kanal.sandbox.graph.authorization import SHORT_SECONDS
from kanal.sandbox.tokens import App, Token
from kanal.sandbox.x.authorization import SCOPES

PERMISSIONS = {
    "facebook": (
        "pages_show_list",
        "pages_read_engagement",
        "pages_manage_posts",
        "pages_manage_engagement",
        "pages_read_user_content",
        "read_insights",
    ),
    "instagram": (
        "instagram_basic",
        "instagram_content_publish",
        "instagram_manage_comments",
        "instagram_manage_insights",
        "instagram_manage_contents",
        "pages_show_list",
        "pages_read_engagement",
    ),
}
"""What a user token may do, unless it is narrowed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: for X an app that comes back to `redirect`; for Meta one with a user token.

    `account` makes it a token of Instagram Login for that account. `scopes` narrows what is allowed, `accounts` for
    which pages.
    """

    platform: str
    redirect: str = ""
    confidential: bool = False
    account: str | None = None
    scopes: Sequence[str] | None = None
    accounts: Sequence[str] | None = None


def hand_out(ground: Ground, order: Order) -> Mapping[str, str]:
    """Register the app. Raises `ValueError` for a network whose apps register themselves."""
    if order.platform == "x":
        return _for_x(ground, order)
    if order.platform in PERMISSIONS:
        return _for_meta(ground, order)
    raise ValueError("On this network apps register themselves.")


def _for_x(ground: Ground, order: Order) -> Mapping[str, str]:
    secret = token_urlsafe(32) if order.confidential else None
    scopes = SCOPES if order.scopes is None else tuple(order.scopes)
    app = App("x", token_urlsafe(16), secret, (order.redirect,), scopes, "kanal")
    ground.store.tokens.save_app(app)
    return {"client_id": app.id, **({"client_secret": secret} if secret else {})}


def _for_meta(ground: Ground, order: Order) -> Mapping[str, str]:
    app = App(order.platform, str(ground.store.number(ground.now())), token_urlsafe(24), (), (), "kanal")
    ground.store.tokens.save_app(app)
    scopes = PERMISSIONS[order.platform] if order.scopes is None else tuple(order.scopes)
    now = ground.now()
    account = order.account or ""
    short = Token(
        f"{'IGAA' if account else 'EAA'}{token_urlsafe(32)}",
        order.platform,
        "user",
        account,
        app.id,
        # The names of Instagram Login (instagram_business_…) are not practised: such a token may do everything.
        ("instagram_basic", "instagram_content_publish", "instagram_manage_contents") if account else scopes,
        now,
        now + SHORT_SECONDS,
        {"accounts": list(order.accounts) if order.accounts is not None else None},
    )
    ground.store.tokens.save(short)
    return {"app_id": app.id, "app_secret": app.secret or "", "user_token": short.value}
