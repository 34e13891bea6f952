"""Lists of the practice Mastodon: which statuses a query wants, and the page of them.

https://docs.joinmastodon.org/api/guidelines/#pagination
"""

from collections.abc import Sequence

from starlette.requests import Request

from kanal.sandbox.records import StoredPost

_DEFAULT, _MOST = 20, 40
_YES = ("true", "1")


def fitting(request: Request, posts: Sequence[StoredPost]) -> Sequence[StoredPost]:
    """Those that the query does not leave out."""
    query = request.query_params
    if query.get("exclude_replies") in _YES:
        posts = [post for post in posts if not post.reply_to]
    if query.get("only_media") in _YES:
        posts = [post for post in posts if post.media]
    return posts


def page(request: Request, posts: Sequence[StoredPost]) -> Sequence[StoredPost]:
    """The page of `posts`, newest first; with `min_id` the one that follows it directly, as Mastodon does."""
    query = request.query_params
    limit = min(_number(query.get("limit")) or _DEFAULT, _MOST)
    lower, upper = _number(query.get("min_id") or query.get("since_id")), _number(query.get("max_id"))
    found = [post for post in posts if int(post.id) > lower and (not upper or int(post.id) < upper)]
    return found[-limit:] if query.get("min_id") else found[:limit]


def _number(text: str | None) -> int:
    """As Ruby's `to_i`: what is no number is 0."""
    return int(text) if text and text.isdecimal() else 0
