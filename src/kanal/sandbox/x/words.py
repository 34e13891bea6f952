"""What all parts of the practice X say alike: problems, whose signature it is, posts in X's JSON."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kanal.sandbox import addresses
from kanal.sandbox.dialect import Ground
from kanal.sandbox.records import Account, StoredPicture, StoredPost
from kanal.sandbox.refusal import Refused
from kanal.sandbox.x import signature

_TITLES = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
}
_INVALID = "One or more parameters to your request was invalid."


def problem(status: int, detail: str) -> Response:
    """A problem without a page of its own (RFC 7807, `about:blank`)."""
    title = _TITLES.get(status, "Bad Request")
    body = {"title": title, "type": "about:blank", "status": status, "detail": detail or title}
    return JSONResponse(body, status, media_type="application/problem+json")


def invalid(message: str, parameters: Mapping[str, Sequence[str]] | None = None, detail: str = _INVALID) -> Refused:
    """X's `InvalidRequestProblem`: which parameter, and what is wrong with it."""
    body = {
        "errors": [{"parameters": dict(parameters or {}), "message": message}],
        "title": "Invalid Request",
        "detail": detail,
        "type": "https://api.x.com/2/problems/invalid-request",
        "status": 400,
    }
    return Refused(JSONResponse(body, 400, media_type="application/problem+json"))


def not_found(resource: str, value: str) -> Response:
    """X answers 200 with an error inside when a single object is not there."""
    found = {
        "value": value,
        "detail": f"Could not find {resource} with id: [{value}].",
        "title": "Not Found Error",
        "resource_type": resource,
        "parameter": "id",
        "resource_id": value,
        "type": "https://api.x.com/2/problems/resource-not-found",
    }
    return JSONResponse({"errors": [found]})


def caller_of(request: Request) -> str:
    """The access token a request shows, without looking whether it signed anything."""
    return signature.parameters(request).get("oauth_token", "")


async def speaker(ground: Ground, request: Request, *, writes: bool = False) -> Account:
    """Who signed this. Raises `Refused`: 401 for a wrong signature, 403 when the app may only read.

    An app's OAuth 1.0a permission is “read” or “read-write”; an account's `scopes` hold one of these words.
    """
    account = ground.store.account_with_token("x", caller_of(request))
    origins = ground.options.trusted_origins
    if account is None or not await signature.verify(request, account, origins, ground.now()):
        raise Refused(problem(401, "Unauthorized"))
    if writes and account.scopes is not None and "read-write" not in account.scopes:
        words = "Your client app is not configured with the appropriate oauth1 app permissions for this endpoint."
        raise Refused(problem(403, words))
    return account


def fields(request: Request, *names: str) -> set[str]:
    """What a list parameter asks for, under any of its names (`tweet.fields`, `post.fields`)."""
    given = (request.query_params.get(name, "") for name in names)
    return {value for text in given for value in text.split(",") if value}


def refuse_unknown_query(request: Request, known: frozenset[str]) -> None:
    """X takes no query parameter that it does not know."""
    for name, value in request.query_params.multi_items():
        if name not in known:
            names = ",".join(sorted(known))
            raise invalid(f"The query parameter [{name}] is not one of [{names}]", {name: [value]})


def post_entity(ground: Ground, post: StoredPost, wanted: set[str]) -> dict[str, Any]:
    """A post with its default fields and those of `wanted` that the practice network has.

    As X does, links in `text` are t.co links, `&`, `<` and `>` are escaped, and a link to the pictures is added.
    """
    text, urls = shortened(ground, post)
    history = "edit_history_post_ids" if ground.options.x_naming == "post" else "edit_history_tweet_ids"
    entity: dict[str, Any] = {"id": post.id, "text": text, history: [post.id]}
    account = ground.store.account("x", post.account)
    assert account is not None  # accounts are never removed
    more = {
        "created_at": moment(post.at),
        "author_id": account.id,
        "conversation_id": post.details["conversation_id"],
        "lang": "de",
        "reply_settings": post.details["reply_settings"],
        "public_metrics": dict.fromkeys(_METRICS, 0),
    }
    if urls:
        more["entities"] = {"urls": urls}
    if post.media:
        more["attachments"] = {"media_keys": [media_key(picture) for picture in post.media]}
    if post.details["reply_to"]:
        name = "referenced_posts" if ground.options.x_naming == "post" else "referenced_tweets"
        more[name] = [{"type": "replied_to", "id": post.details["reply_to"]}]
        more["in_reply_to_user_id"] = account.id
    return {**entity, **{name: value for name, value in more.items() if name in wanted}}


_METRICS = ("retweet_count", "reply_count", "like_count", "quote_count", "bookmark_count", "impression_count")


def media_entity(ground: Ground, picture: StoredPicture) -> Mapping[str, Any]:
    """A picture for `includes.media`."""
    return {
        "media_key": media_key(picture),
        "type": "photo",
        "url": addresses.picture(ground.address, picture.sha256),
        "alt_text": picture.alt,
        "width": picture.width,
        "height": picture.height,
    }


def media_key(picture: StoredPicture) -> str:
    """X's name for a picture in a post: kind 3 is a photo."""
    return f"3_{picture.id}"


def shortened(ground: Ground, post: StoredPost) -> tuple[str, list[dict[str, Any]]]:
    """The text as X gives it back, and `entities.urls`; places count code points of that text."""
    from kanal.text import find_links

    parts, urls, place, length = [], [], 0, 0
    for link in find_links(post.text):
        before = escape(post.text[place : link.start], quote=False)
        short = _tco(post.id, link.start, link.url)
        parts += [before, short]
        start = length + len(before)
        length = start + len(short)
        full = link.url if link.has_protocol else f"http://{link.url}"
        urls.append({"start": start, "end": length, "url": short, "expanded_url": full, "display_url": _shown(full)})
        place = link.end
    text = "".join(parts) + escape(post.text[place:], quote=False)
    if post.media:
        text, entity = _with_picture_link(ground, post, text)
        urls.append(entity)
    return text, urls


def _with_picture_link(ground: Ground, post: StoredPost, text: str) -> tuple[str, dict[str, Any]]:
    page = addresses.post(ground.address, "x", post.account, post.id)
    short = _tco(post.id, -1, page)
    full = f"{text} {short}".lstrip()
    keys = {"media_key": media_key(post.media[0])}
    entity = {"start": len(full) - len(short), "end": len(full), "url": short, "expanded_url": f"{page}/photo/1"}
    return full, {**entity, "display_url": _shown(page), **keys}


def _tco(post_id: str, place: int, url: str) -> str:
    digits = sha256(f"{post_id} {place} {url}".encode()).hexdigest()
    return f"https://t.co/{digits[:10]}"


def _shown(url: str) -> str:
    rest = re.sub(r"^https?://(www\.)?", "", url)
    return rest if len(rest) <= 26 else f"{rest[:25]}…"  # noqa: PLR2004 - X shows 25 characters and an ellipsis


def moment(at: float) -> str:
    """Unix seconds as X writes times."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
