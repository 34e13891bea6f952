"""What a post of the practice Facebook may say: its text, its link, its photos.

https://developers.facebook.com/docs/graph-api/reference/page/feed
"""

import json
import re
from collections.abc import Sequence
from json import JSONDecodeError
from typing import NamedTuple
from urllib.parse import urlsplit

from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.graph.errors import GraphError, missing
from kanal.sandbox.records import Account, Upload

MAX_MESSAGE = 63_206
TEMPORARY = "temporary"
"""What an upload's details say of a photo for a post that comes out later."""
_NOT_SCRAPED = GraphError(400, 1609005, "(#1609005) The link could not be scraped.")


class Contents(NamedTuple):
    """Text, link and photos of a post to be made."""

    message: str
    link: str | None
    uploads: Sequence[Upload]


def composed(ground: Ground, account: Account, form: Form) -> Contents:
    """What the request wants to post. Raises `Refused` with the network's code."""
    message, link = form.one("message") or "", form.one("link")
    uploads = [_photo(ground, account, photo_id) for photo_id in _attached(form)]
    if link and (urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).hostname):
        raise _NOT_SCRAPED.refusal()
    check_message(message, has_more=bool(link or uploads))
    return Contents(message, link, uploads)


def check_message(message: str, *, has_more: bool) -> None:
    """Raises `Refused` (100). `has_more`: there is a link or a photo, which need no text."""
    if not (message.strip() or has_more):
        raise GraphError(400, 100, "(#100) You must provide a message, a link or attached media.").refusal()
    if len(message) > MAX_MESSAGE:
        raise GraphError(400, 100, "(#100) The message is too long").refusal()


def refuse_unpractised(form: Form, names: Sequence[str]) -> None:
    """Raises `Refused` (3) for what Facebook would take and this network would have to ignore."""
    for name in names:
        if form.one(name):
            raise GraphError(501, 3, f"(#3) The practice network does not offer “{name}”.").refusal()


def refuse_lasting_photos(contents: Contents) -> None:
    """Raises `Refused` (100) unless all photos are `temporary`, as the guide wants them for a scheduled post.

    https://developers.facebook.com/docs/graph-api/reference/page/photos/#multi
    """
    if not all(upload.details.get(TEMPORARY) for upload in contents.uploads):
        words = "Photos of a scheduled post have to be uploaded with temporary=true."
        raise GraphError(400, 100, "(#100) Invalid parameter", user_words=words).refusal()


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
