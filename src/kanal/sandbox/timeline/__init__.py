"""The timeline page: what went out on the practice networks, for people to look at.

Plain HTML from the files in `pages/`, one style sheet, no script, nothing from outside. This module must not know how
a network is spoken to; it reads what the networks stored.
"""

from base64 import b64decode
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kanal.sandbox import PLATFORMS, addresses
from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account
from kanal.sandbox.refusal import Handler
from kanal.sandbox.timeline.entries import NAMES, counted, handle, stream, thread
from kanal.sandbox.timeline.parts import author, relative
from kanal.sandbox.timeline.templates import file, fill, listed
from kanal.sandbox.timeline.threads import thread_from
from kanal.sandbox.timeline.times import time

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_NEWEST = 100
_SHOWN = ("image/", "video/", "text/vtt")
"""What of the kept files a page shows."""
# One transparent pixel: the avatar of accounts that have none.
_BLANK = b64decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


def routes(ground: Ground) -> list[Route]:
    """Overview, account pages, post pages, pictures, style sheet."""
    return [
        Route("/", _overview(ground)),
        Route("/assets/timeline.css", _style),
        Route("/assets/blank.gif", _blank),
        Route("/pictures/{digest}", _picture(ground)),
        Route("/x/i/web/status/{id}", _post_page(ground, "x")),
        Route("/x/{account}/status/{id}", _post_page(ground, "x")),
        Route("/facebook/{account}/videos/{id}", _post_page(ground, "facebook")),
        *(Route(f"/{platform}/{{account}}", _account_page(ground, platform)) for platform in PLATFORMS),
        *(Route(f"/{platform}/{{account}}/{{id}}", _post_page(ground, platform)) for platform in PLATFORMS),
    ]


def _overview(ground: Ground) -> Handler:
    async def overview(_: Request) -> Response:
        accounts = ground.store.accounts()
        cards = [
            _card(ground, account) for platform in PLATFORMS for account in accounts if account.platform == platform
        ]
        body = fill(
            "overview",
            cards=listed("cards", cards) if cards else fill("no_accounts"),
            latest=stream(ground, ground.store.posts(newest=10)),
        )
        return _page("Übungsnetze", body)

    return overview


def _account_page(ground: Ground, platform: str) -> Handler:
    async def account_page(request: Request) -> Response:
        account = ground.store.account(platform, request.path_params["account"])
        if account is None:
            return _not_there("Dieses Konto gibt es auf dem Übungsnetz nicht.")
        posts = ground.store.posts(platform, account.account, newest=_NEWEST)
        waiting = ground.store.waiting.posts(platform, account.account)
        body = fill(
            "account",
            platform=platform,
            network=NAMES[platform],
            name=escape(account.name),
            handle=escape(handle(account)),
            count=counted(ground.store.count_posts(platform, account.account)),
            waiting=fill("waiting", posts=stream(ground, waiting)) if waiting else "",
            posts=stream(ground, posts),
        )
        return _page(f"{account.name} auf {NAMES[platform]}", body)

    return account_page


def _post_page(ground: Ground, platform: str) -> Handler:
    async def post_page(request: Request) -> Response:
        post = ground.store.post(platform, request.path_params["id"])
        if post is None or request.path_params.get("account", post.account) != post.account:
            return _not_there("Diesen Beitrag gibt es auf dem Übungsnetz nicht (mehr).")
        account = author(ground, post)
        body = fill(
            "post_page",
            name=escape(account.name),
            network=NAMES[platform],
            account_url=escape(relative(ground, addresses.account(ground.address, platform, account.account))),
            thread=thread(ground, thread_from(post, ground.store.posts(platform)), level=2),
        )
        return _page(f"Beitrag von {account.name} auf {NAMES[platform]}", body)

    return post_page


def _picture(ground: Ground) -> Handler:
    async def picture(request: Request) -> Response:
        kept = ground.store.kept(request.path_params["digest"])
        if kept is None or not kept[0].startswith(_SHOWN):
            return _not_there("Dieses Bild gibt es auf dem Übungsnetz nicht.")
        return Response(
            kept[1], media_type=kept[0], headers={**_HEADERS, "Cache-Control": "max-age=31536000, immutable"}
        )

    return picture


async def _style(_: Request) -> Response:
    return Response(file("timeline.css"), media_type="text/css", headers=_HEADERS)


async def _blank(_: Request) -> Response:
    return Response(_BLANK, media_type="image/gif", headers=_HEADERS)


def _page(title: str, body: str, status: int = 200) -> Response:
    return HTMLResponse(fill("layout", title=escape(title), body=body), status, headers=_HEADERS)


def _not_there(words: str) -> Response:
    return _page("Nicht gefunden", fill("not_there", words=escape(words)), 404)


def _card(ground: Ground, account: Account) -> str:
    last = ground.store.posts(account.platform, account.account, newest=1)
    return fill(
        "card",
        platform=account.platform,
        network=NAMES[account.platform],
        url=escape(relative(ground, addresses.account(ground.address, account.platform, account.account))),
        name=escape(account.name),
        handle=escape(handle(account)),
        count=counted(ground.store.count_posts(account.platform, account.account)),
        last=f"zuletzt {time(last[0].at)}" if last else "",
    )
