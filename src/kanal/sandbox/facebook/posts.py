"""Posts of the practice Facebook page: publish, list, read, delete; the last text once more is refused (506).

https://developers.facebook.com/docs/graph-api/reference/page/feed and …/pagepost ; scheduling is not practised.
"""

import json
import re
from collections.abc import Mapping, Sequence
from json import JSONDecodeError
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import addresses, graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError, missing
from kanal.sandbox.records import Account, StoredPost, Upload
from kanal.sandbox.refusal import Refused

MAX_MESSAGE = 63_206
WRITE, READ = "pages_manage_posts", "pages_read_engagement"
_DUPLICATE = GraphError(
    400,
    506,
    "(#506) Duplicate status message",
    1455006,
    title="Duplicate Status Update",
    user_words="This status update is identical to the last one you posted. Try posting something different.",
)
_NOT_SCRAPED = GraphError(400, 1609005, "(#1609005) The link could not be scraped.")


def routes(ground: Ground) -> list[Route]:
    """A page's feed and its lists, the page, a post."""

    async def create(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE, READ)
        graph.own_node(account, request.path_params["node"])
        _refuse_unpractised(form)
        message, link = form.one("message") or "", form.one("link")
        uploads = [_photo(ground, account, photo_id) for photo_id in _attached(form)]
        _check(message, link, uploads)
        post = publish(ground, account, message, link, uploads)
        return JSONResponse(graph.chosen(form, _fields(ground, account, post), ["id"], "PagePost"))

    async def listed(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, READ)
        graph.own_node(account, request.path_params["node"])
        page, paging = graph.page_of(request, form, ground.store.posts("facebook", account.account))
        data = [_shown(ground, account, form, post) for post in page]
        return JSONResponse({"data": data, **paging})

    async def show(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, READ)
        node = request.path_params["node"]
        if node in (account.id, "me"):
            return JSONResponse(graph.chosen(form, _page_fields(ground, account), ["name", "id"], "Page"))
        return JSONResponse(_shown(ground, account, form, _own_post(ground, account, node)))

    async def delete(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE)
        ground.store.delete_post("facebook", _own_post(ground, account, request.path_params["node"]).id)
        return JSONResponse({"success": True})

    lists = [Route(f"{graph.VERSION}/{{node}}/{name}", listed, methods=["GET"]) for name in _LISTS]
    return [
        Route(f"{graph.VERSION}/{{node}}/feed", create, methods=["POST"]),
        *lists,
        Route(f"{graph.VERSION}/{{node}}", show, methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}", delete, methods=["DELETE"]),
    ]


_LISTS = ("published_posts", "posts", "feed")


def publish(ground: Ground, account: Account, message: str, link: str | None, uploads: Sequence[Upload]) -> StoredPost:
    """Store a post with these photos. Raises `Refused` (506) when it repeats the page's last text."""
    last = ground.store.posts("facebook", account.account, newest=1)
    if not uploads and last and not last[0].media and (last[0].text, last[0].link) == (message, link):
        raise _DUPLICATE.refusal()
    number = ground.store.number(ground.now())
    media = tuple(upload.picture for upload in uploads if upload.picture)
    post_id = f"{account.id}_{number}"
    post = StoredPost(number, "facebook", account.account, post_id, message, ground.now(), link, media)
    with ground.store.together():
        ground.store.save_post(post)
        ground.store.attach(list(uploads), post.id)
    return post


def _refuse_unpractised(form: Form) -> None:
    names = ("scheduled_publish_time", "targeting", "feed_targeting", "place", "tags")
    for name in names:
        if form.one(name):
            raise GraphError(501, 3, f"(#3) The practice network does not offer “{name}”.").refusal()
    if not graph.publishes_field(form.one("published")):
        raise GraphError(501, 3, "(#3) The practice network does not offer unpublished posts.").refusal()


def _attached(form: Form) -> list[str]:
    """Photo ids from `attached_media[0]={"media_fbid": …}` or from one JSON list."""
    numbered = [(name, values) for name, values in form.values.items() if re.fullmatch(r"attached_media\[\d+\]", name)]
    ordered = sorted(numbered, key=lambda item: int(item[0][15:-1]))
    given = [value for _, values in ordered for value in values] + form.values.get("attached_media", [])
    try:
        parsed = [json.loads(value) if isinstance(value, str) else value for value in given]
        flat = [inner for value in parsed for inner in (value if isinstance(value, list) else [value])]
        return [str(value["media_fbid"]) for value in flat]
    except (JSONDecodeError, KeyError, TypeError) as error:
        raise GraphError(400, 100, "(#100) Param attached_media must be an array.").refusal() from error


def _photo(ground: Ground, account: Account, photo_id: str) -> Upload:
    upload = ground.store.upload(account, photo_id)
    if upload is None:
        raise missing("post", photo_id)
    if upload.attached:
        raise GraphError(400, 100, f"(#100) Photo {photo_id} is already part of a post.").refusal()
    return upload


def _check(message: str, link: str | None, uploads: Sequence[Upload]) -> None:
    if not (message.strip() or link or uploads):
        raise GraphError(400, 100, "(#100) You must provide a message, a link or attached media.").refusal()
    if len(message) > MAX_MESSAGE:
        raise GraphError(400, 100, "(#100) The message is too long").refusal()
    if link and (urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).hostname):
        raise _NOT_SCRAPED.refusal()


def _own_post(ground: Ground, account: Account, post_id: str) -> StoredPost:
    post = ground.store.post("facebook", post_id)
    if post is None or post.account != account.account:
        raise _missing_post(post_id)
    return post


def _missing_post(post_id: str) -> Refused:
    return missing("get", post_id)


def _shown(ground: Ground, account: Account, form: Form, post: StoredPost) -> dict[str, Any]:
    default = ["created_time", "message", "id"] if post.text else ["created_time", "id"]
    return graph.chosen(form, _fields(ground, account, post), default, "PagePost")


def _fields(ground: Ground, account: Account, post: StoredPost) -> Mapping[str, graph.Field]:
    return {
        "id": lambda: post.id,
        "message": lambda: post.text or None,
        "created_time": lambda: graph.written(post.at),
        "updated_time": lambda: graph.written(post.at),
        "permalink_url": lambda: addresses.post(ground.address, "facebook", post.account, post.id),
        "is_published": lambda: True,
        "from": lambda: {"id": account.id, "name": account.name},
        "full_picture": lambda: addresses.picture(ground.address, post.media[0].sha256) if post.media else None,
        "attachments": lambda: _attachments(ground, post),
    }


def _attachments(ground: Ground, post: StoredPost) -> Mapping[str, Any] | None:
    if post.media:
        photos = [
            {
                "type": "photo",
                "description": picture.alt,
                "target": {"id": picture.id},
                "media": {"image": {"src": addresses.picture(ground.address, picture.sha256)}},
            }
            for picture in post.media
        ]
        return {"data": photos if len(photos) == 1 else [{"type": "album", "subattachments": {"data": photos}}]}
    return {"data": [{"type": "share", "url": post.link, "unshimmed_url": post.link}]} if post.link else None


def _page_fields(ground: Ground, account: Account) -> Mapping[str, graph.Field]:
    return {
        "id": lambda: account.id,
        "name": lambda: account.name,
        "link": lambda: addresses.account(ground.address, "facebook", account.account),
        "followers_count": lambda: 0,
        "fan_count": lambda: 0,
    }
