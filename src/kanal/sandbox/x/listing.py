"""Lists of posts on the practice X: which ones a query wants, in pages, with their media beside them.

https://docs.x.com/x-api/users/get-posts
"""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPost
from kanal.sandbox.x.entities import media_entity, poll_entity, post_entity
from kanal.sandbox.x.words import fields, invalid, lookup_error

POST_FIELDS = ("tweet.fields", "post.fields")
LOOK_QUERY = frozenset({*POST_FIELDS, "expansions", "media.fields", "user.fields", "poll.fields", "place.fields"})
MAX_IDS = 100
_REFERENCES = {"referenced_posts", "referenced_tweets"}
LIST_QUERY = LOOK_QUERY | {
    "max_results",
    "start_time",
    "end_time",
    "since_id",
    "until_id",
    "exclude",
    "pagination_token",
}


def wanted(request: Request) -> set[str]:
    """The fields of a post that the query asks for; to expand one is to ask for it, under both namings."""
    expanded = {name.partition(".")[0] for name in fields(request, "expansions")}
    found = fields(request, *POST_FIELDS) | expanded
    return found | _REFERENCES if found & _REFERENCES else found


def page(ground: Ground, account: Account, request: Request) -> Response:
    """The account's posts, newest first, as far as the query wants them. Raises `Refused`."""
    query = request.query_params
    size = _size(query.get("max_results", "10"))
    posts = ground.store.posts("x", account.account, since=_seconds(query.get("start_time")) or 0.0)
    until = _seconds(query.get("end_time"))
    if until is not None:
        posts = [post for post in posts if post.at < until]
    after, before = _id(query.get("since_id")), _id(query.get("until_id"))
    posts = [post for post in posts if int(post.id) > (after or 0) and (before is None or int(post.id) < before)]
    if "replies" in fields(request, "exclude"):
        posts = [post for post in posts if not post.reply_to]
    start = _id(query.get("pagination_token", "p0").removeprefix("p")) or 0
    page = posts[start : start + size]
    meta: dict[str, object] = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if start + size < len(posts):
        meta["next_token"] = f"p{start + size}"
    data = {"data": [post_entity(ground, post, wanted(request)) for post in page]} if page else {}
    return JSONResponse({**data, **includes(ground, page, request), "meta": meta})


def several(ground: Ground, request: Request) -> Response:
    """The posts that `ids` names, in its order, and an error for each that is not there. Raises `Refused`."""
    given = request.query_params.get("ids", "")
    ids = given.split(",")
    if not given or len(ids) > MAX_IDS:
        raise invalid(
            f"The number of values in the `ids` query parameter list [{given}] is not between 1 and {MAX_IDS}"
        )
    found = {one: ground.store.post("x", str(_id(one))) for one in ids}
    posts = [post for post in found.values() if post is not None]
    data = [post_entity(ground, post, wanted(request)) for post in posts]
    errors = [lookup_error("tweet", one, "ids") for one, post in found.items() if post is None]
    parts = {"data": data, "errors": errors}
    return JSONResponse({**{name: part for name, part in parts.items() if part}, **includes(ground, posts, request)})


def includes(ground: Ground, posts: list[StoredPost], request: Request) -> dict[str, Any]:
    """The posts' media and polls beside the data, as far as the query expands them."""
    expanded = fields(request, "expansions")
    found: dict[str, list[Any]] = {"media": [], "polls": []}
    if "attachments.media_keys" in expanded:
        found["media"] = [media_entity(ground, picture) for post in posts for picture in post.media]
    if "attachments.poll_ids" in expanded:
        found["polls"] = [poll_entity(ground, post, fields(request, "poll.fields")) for post in posts if post.poll]
    beside = {name: entities for name, entities in found.items() if entities}
    return {"includes": beside} if beside else {}


def _size(text: str) -> int:
    if not text.isdecimal() or not 5 <= int(text) <= 100:  # noqa: PLR2004 - the specification's minimum and maximum
        raise invalid(
            f"The `max_results` query parameter value [{text}] is not between 5 and 100", {"max_results": [text]}
        )
    return int(text)


def _id(text: str | None) -> int | None:
    if text is None:
        return None
    if not text.isdecimal():
        raise invalid(f"[{text}] does not match the regex pattern ^[0-9]{{1,19}}$")
    return int(text)


def _seconds(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise invalid(f"Invalid time [{text}]: YYYY-MM-DDTHH:mm:ssZ expected") from error
    if moment.tzinfo is None:
        raise invalid(f"Invalid time [{text}]: YYYY-MM-DDTHH:mm:ssZ expected")
    return moment.timestamp()
