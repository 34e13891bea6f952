"""Publishing on the practice Instagram: a container becomes a post once, and an account's posts can be listed.

https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media_publish
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import addresses, graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.graph.errors import GraphError, missing
from kanal.sandbox.instagram.containers import PUBLISH, status_code
from kanal.sandbox.records import Account, StoredPicture, StoredPost, Upload

READ = "instagram_basic"
DELETE = "instagram_manage_contents"
# The guide says 100 posts a day, the reference 50; the field `config` tells which one holds.
QUOTA, QUOTA_SECONDS = 100, 86_400
STORY_SECONDS = 86_400

_GONE = GraphError(400, 24, "The media with this id cannot be found, or was already published.", 2207006)
_EXPIRED = GraphError(400, -2, "The media you are trying to access has expired.", 2207020)
_NOT_READY = GraphError(400, 9007, "Media ID is not available", 2207027, user_words="The media is not ready yet.")
_BROKEN = GraphError(400, 352, "The video format is not supported.", 2207026)
_NO_MEDIA = GraphError(400, -1, "Deleting this type of media is not supported.", 2207073)
_DAILY = GraphError(400, 9, "The maximum number of posts per day was reached.", 2207042)


def routes(ground: Ground) -> list[Route]:
    """Publish, list, ask for the quota, delete."""

    async def publish(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "instagram", request, form, PUBLISH)
        graph.own_node(account, request.path_params["node"])
        container = ground.store.upload(account, form.one("creation_id") or "")
        if container is None or container.details["item"]:
            raise _GONE.refusal()
        _check(ground, account, container)
        post = _posted(ground, account, container)
        return JSONResponse({"id": post.id})

    async def listed(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "instagram", request, form, READ)
        graph.own_node(account, request.path_params["node"])
        stories = graph.edge_of(request) == "stories"
        posts = [
            post for post in ground.store.posts("instagram", account.account) if ("story" in post.details) == stories
        ]
        since = ground.now() - STORY_SECONDS if stories else 0.0
        page, paging = graph.page_of(request, form, [post for post in posts if post.at >= since])
        data = [graph.chosen(form, media_fields(ground, account, post), ["id"], "IGMedia") for post in page]
        return JSONResponse({"data": data, **paging})

    async def quota(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "instagram", request, form, PUBLISH)
        graph.own_node(account, request.path_params["node"])
        fields = {
            "quota_usage": lambda: _used(ground, account),
            "config": lambda: {"quota_total": QUOTA, "quota_duration": QUOTA_SECONDS},
            "id": lambda: None,
        }
        return JSONResponse({"data": [graph.chosen(form, fields, ["quota_usage"], "ContentPublishingLimit")]})

    async def delete(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "instagram", request, form, DELETE)
        node = request.path_params["node"]
        if ground.store.upload(account, node) is not None:
            raise _NO_MEDIA.refusal()
        post = ground.store.post("instagram", node)
        if post is None or post.account != account.account:
            raise missing("delete", node)
        ground.store.delete_post("instagram", post.id)
        return JSONResponse({"success": True, "deleted_id": post.id})

    return [
        Route(f"{graph.VERSION}/{{node}}/media_publish", publish, methods=["POST"]),
        Route(f"{graph.VERSION}/{{node}}/media", listed, methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}/stories", listed, methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}/content_publishing_limit", quota, methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}", delete, methods=["DELETE"]),
    ]


def media_fields(ground: Ground, account: Account, post: StoredPost) -> Mapping[str, graph.Field]:
    """The fields of a published media (https://developers.facebook.com/docs/instagram-platform/reference/instagram-media)."""
    return {
        "id": lambda: post.id,
        "caption": lambda: post.text or None,
        "timestamp": lambda: graph.written(post.at),
        "permalink": lambda: addresses.post(ground.address, "instagram", post.account, post.id),
        "media_type": lambda: _kind(post),
        "media_product_type": lambda: (
            "STORY" if "story" in post.details else "REELS" if _kind(post) == "VIDEO" else "FEED"
        ),
        "media_url": lambda: addresses.picture(ground.address, post.media[0].sha256),
        "alt_text": lambda: post.media[0].alt if len(post.media) == 1 else None,
        "username": lambda: account.name,
        "like_count": lambda: 0,
        "comments_count": lambda: 0,
    }


def _kind(post: StoredPost) -> str:
    if len(post.media) > 1:
        return "CAROUSEL_ALBUM"
    return "VIDEO" if post.media[0].type.startswith("video/") else "IMAGE"


def _check(ground: Ground, account: Account, container: Upload) -> None:
    code = status_code(ground, container)
    if code == "PUBLISHED":
        raise _GONE.refusal()
    if code == "EXPIRED":
        raise _EXPIRED.refusal()
    if code == "ERROR":
        raise _BROKEN.refusal()
    if code == "IN_PROGRESS":
        raise _NOT_READY.refusal()
    if ground.options.rate_limits and _used(ground, account) >= QUOTA:
        raise _DAILY.refusal()


def _used(ground: Ground, account: Account) -> int:
    return ground.store.count_posts("instagram", account.account, since=ground.now() - QUOTA_SECONDS)


def _posted(ground: Ground, account: Account, container: Upload) -> StoredPost:
    found = [ground.store.upload(account, child) for child in container.details["children"]]
    children = [child for child in found if child is not None]
    media: tuple[StoredPicture, ...] = tuple(part.picture for part in [container, *children] if part.picture)
    number = ground.store.number(ground.now())
    caption: str = container.details["caption"]
    details = {"story": True} if container.details["kind"] == "STORIES" else {}
    post = StoredPost(number, "instagram", account.account, f"17{number}", caption, ground.now(), None, media, details)
    with ground.store.together():
        ground.store.save_post(post)
        ground.store.attach([container, *children], post.id)
    return post
