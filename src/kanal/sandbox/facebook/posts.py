"""Posts of the practice Facebook page: publish, list, read, delete; the last text once more is refused (506).

https://developers.facebook.com/docs/graph-api/reference/page/feed and …/pagepost
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kanal.sandbox import graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.facebook.contents import Contents, composed, refuse_lasting_photos, refuse_unpractised
from kanal.sandbox.facebook.fields import page_fields, post_fields, shown, video_fields
from kanal.sandbox.facebook.scheduling import due
from kanal.sandbox.graph.errors import GraphError, missing
from kanal.sandbox.records import Account, StoredPost
from kanal.sandbox.refusal import Handler

WRITE, READ = "pages_manage_posts", "pages_read_engagement"
_NOT_PRACTISED = ("targeting", "feed_targeting", "place", "tags")
_DUPLICATE = GraphError(
    400,
    506,
    "(#506) Duplicate status message",
    1455006,
    title="Duplicate Status Update",
    user_words="This status update is identical to the last one you posted. Try posting something different.",
)


def routes(ground: Ground) -> list[Route]:
    """A page's feed and its lists, the page, a post."""

    async def create(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE, READ)
        graph.own_node(account, request.path_params["node"])
        refuse_unpractised(form, _NOT_PRACTISED)
        at = due(ground, form)
        contents = composed(ground, account, form)
        if at is not None:
            refuse_lasting_photos(contents)
        post = publish(ground, account, contents, at)
        return JSONResponse(graph.chosen(form, post_fields(ground, account, post), ["id"], "PagePost"))

    async def show(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, READ)
        node = request.path_params["node"]
        video = ground.store.upload(account, node)
        if video and "total" in video.details and "cancelled" not in video.details:
            return JSONResponse(graph.chosen(form, video_fields(ground, account, video), ["id"], "Video"))
        if node in (account.id, "me"):
            return JSONResponse(graph.chosen(form, page_fields(ground, account), ["name", "id"], "Page"))
        return JSONResponse(shown(ground, account, form, own_post(ground, account, node, "get")))

    async def delete(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, WRITE)
        post = own_post(ground, account, request.path_params["node"], "delete")
        ground.store.waiting.remove(post)
        ground.store.delete_post("facebook", post.id)
        if "video" in post.details:
            ground.store.delete_uploads("facebook", post.id)
        return JSONResponse({"success": True})

    return [
        Route(f"{graph.VERSION}/{{node}}/feed", create, methods=["POST"]),
        Route(f"{graph.VERSION}/{{node}}/feed", _listed(ground, published=True, waiting=True), methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}/posts", _listed(ground, published=True), methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}/published_posts", _listed(ground, published=True), methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}/scheduled_posts", _listed(ground, waiting=True), methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}", show, methods=["GET"]),
        Route(f"{graph.VERSION}/{{node}}", delete, methods=["DELETE"]),
    ]


def publish(ground: Ground, account: Account, contents: Contents, at: float | None = None) -> StoredPost:
    """Store a post that comes out `at` (Unix seconds) or now. Raises `Refused` (506) when it repeats the last text."""
    message, link, uploads = contents
    last = ground.store.posts("facebook", account.account, newest=1)
    if not uploads and last and not last[0].media and (last[0].text, last[0].link) == (message, link):
        raise _DUPLICATE.refusal()
    now = ground.now()
    number = ground.store.number(now)
    media = tuple(upload.picture for upload in uploads if upload.picture)
    post_id, details = f"{account.id}_{number}", {"made_at": now}
    post = StoredPost(number, "facebook", account.account, post_id, message, at or now, link, media, details)
    with ground.store.together():
        (ground.store.waiting.save if at else ground.store.save_post)(post)
        ground.store.attach(list(uploads), post.id)
    return post


def own_post(ground: Ground, account: Account, post_id: str, kind: str) -> StoredPost:
    """The account's post with this id, published or waiting. Raises `Refused` (100/33) for a request of this `kind`."""
    video_id = post_id.removeprefix(f"{account.id}_")
    post = (
        ground.store.post("facebook", post_id)
        or ground.store.waiting.post("facebook", account.account, post_id)
        or ground.store.post("facebook", video_id)
    )
    if post is None or post.account != account.account:
        raise missing(kind, post_id)
    return post


def _listed(ground: Ground, *, published: bool = False, waiting: bool = False) -> Handler:
    async def listed(request: Request) -> Response:
        form = await graph.read(request)
        account = graph.speaker(ground, "facebook", request, form, READ)
        graph.own_node(account, request.path_params["node"])
        posts = ground.store.waiting.posts("facebook", account.account) if waiting else []
        posts += ground.store.posts("facebook", account.account) if published else []
        page, paging = graph.page_of(request, form, posts)
        return JSONResponse({"data": [shown(ground, account, form, post) for post in page], **paging})

    return listed
