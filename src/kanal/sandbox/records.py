"""What the practice networks keep, as frozen values, and their form in the state file's rows.

This module must not know SQL, nor any network's protocol.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """An admitted account: `account` as the channel names it, `id` and `token` as the network does.

    `scopes` is `None` for a token that may do everything.
    """

    platform: str
    account: str
    id: str
    name: str
    token: str
    credentials: Mapping[str, str]
    scopes: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture that a network took: where its bytes are, what it shows, its size in pixels and bytes."""

    id: str
    sha256: str
    type: str
    width: int
    height: int
    size: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """Something that was handed in before a post: media, an unpublished photo, a container. `at` in Unix seconds."""

    number: int
    platform: str
    account: str
    id: str
    at: float
    picture: StoredPicture | None = None
    attached: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredPost:
    """A published post. `number` orders posts by age, `at` is in Unix seconds, `details` are the network's own."""

    number: int
    platform: str
    account: str
    id: str
    text: str
    at: float
    link: str | None = None
    media: tuple[StoredPicture, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reply_to(self) -> str | None:
        """The id of the post that this one answers."""
        return self.details.get("in_reply_to_id") or self.details.get("reply_to")

    @property
    def warning(self) -> str:
        """What stands before the text and hides it."""
        return str(self.details.get("spoiler_text") or "")

    @property
    def poll(self) -> Mapping[str, Any] | None:
        """A poll: its `options`, its `seconds` from the post's time, and what its network knows of it."""
        return self.details.get("poll")

    @property
    def edited_at(self) -> float | None:
        """When it was last changed, in Unix seconds."""
        return self.details.get("edited_at")


def account_row(account: Account) -> Row:
    """An account as a row of the table `accounts`."""
    credentials, scopes = json.dumps(dict(account.credentials)), json.dumps(account.scopes)
    return (account.platform, account.account, account.id, account.name, account.token, credentials, scopes)


def account_from(row: Row) -> Account:
    """The account of a row."""
    platform, account, id_, name, token, credentials, scopes = row
    allowed = json.loads(scopes)
    return Account(
        platform, account, id_, name, token, json.loads(credentials), None if allowed is None else tuple(allowed)
    )


def post_row(post: StoredPost) -> Row:
    """A post as a row of the table `posts`."""
    media, details = json.dumps([_fields(picture) for picture in post.media]), json.dumps(dict(post.details))
    return (post.number, post.platform, post.account, post.id, post.text, post.link, media, post.at, details)


def post_from(row: Row) -> StoredPost:
    """The post of a row."""
    number, platform, account, id_, text, link, media, at, details = row
    pictures = tuple(StoredPicture(**picture) for picture in json.loads(media))
    return StoredPost(number, platform, account, id_, text, at, link, pictures, json.loads(details))


def upload_row(upload: Upload) -> Row:
    """An upload as a row of the table `uploads`."""
    picture = json.dumps(_fields(upload.picture)) if upload.picture else None
    details = json.dumps(dict(upload.details))
    return (
        upload.number,
        upload.platform,
        upload.account,
        upload.id,
        picture,
        upload.attached,
        upload.at,
        details,
    )


def upload_from(row: Row) -> Upload:
    """The upload of a row."""
    number, platform, account, id_, picture, attached, at, details = row
    shown = StoredPicture(**json.loads(picture)) if picture else None
    return Upload(number, platform, account, id_, at, shown, attached, json.loads(details))


def _fields(picture: StoredPicture) -> dict[str, Any]:
    return {name: getattr(picture, name) for name in StoredPicture.__slots__}
