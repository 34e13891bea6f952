"""The nouns of the practice Mastodon as JSON: accounts, media, statuses."""

from collections.abc import Mapping
from typing import Any

from kanal.sandbox import addresses
from kanal.sandbox.dialect import Ground
from kanal.sandbox.mastodon.html import to_html
from kanal.sandbox.mastodon.polls import poll_entity
from kanal.sandbox.mastodon.words import moment
from kanal.sandbox.records import Account, StoredPicture, StoredPost


def account_entity(ground: Ground, account: Account) -> Mapping[str, Any]:
    """An Account (https://docs.joinmastodon.org/entities/Account/)."""
    page = addresses.account(ground.address, account.platform, account.account)
    username = account.account.removeprefix("@").partition("@")[0]
    blank = f"{ground.address}assets/blank.gif"
    return {
        "id": account.id,
        "username": username,
        "acct": username,
        "display_name": account.name,
        "url": page,
        "uri": page,
        "note": "",
        "locked": False,
        "bot": False,
        "group": False,
        "indexable": False,
        "created_at": "2026-01-01T00:00:00.000Z",
        "avatar": blank,
        "avatar_static": blank,
        "header": blank,
        "header_static": blank,
        "followers_count": 0,
        "following_count": 0,
        "statuses_count": ground.store.count_posts("mastodon", account.account),
        "emojis": [],
        "fields": [],
    }


def media_entity(ground: Ground, picture: StoredPicture) -> Mapping[str, Any]:
    """A MediaAttachment (https://docs.joinmastodon.org/entities/MediaAttachment/) that is finished."""
    address = addresses.picture(ground.address, picture.sha256)
    size = {"width": picture.width, "height": picture.height, "size": f"{picture.width}x{picture.height}"}
    return {
        "id": picture.id,
        "type": "video" if picture.type.startswith("video/") else "gifv" if picture.moves else "image",
        "url": address,
        "preview_url": address,
        "remote_url": None,
        "description": picture.alt or None,
        "blurhash": None,
        "meta": {"original": {**size, "aspect": picture.width / picture.height}},
    }


def author_of(ground: Ground, post: StoredPost) -> Mapping[str, Any]:
    """The Account whose post it is."""
    account = ground.store.account("mastodon", post.account)
    assert account is not None  # accounts are never removed
    return account_entity(ground, account)


def status_entity(ground: Ground, post: StoredPost) -> Mapping[str, Any]:
    """A Status (https://docs.joinmastodon.org/entities/Status/).

    A reply outlives its parent, and then answers nobody.
    """
    page = addresses.post(ground.address, post.platform, post.account, post.id)
    parent = ground.store.post("mastodon", post.reply_to) if post.reply_to else None
    return {
        "id": post.id,
        "created_at": moment(post.at),
        "in_reply_to_id": parent.id if parent else None,
        "in_reply_to_account_id": author_of(ground, parent)["id"] if parent else None,
        "sensitive": post.details["sensitive"],
        "spoiler_text": post.warning,
        "visibility": post.details["visibility"],
        "language": post.details["language"],
        "uri": page,
        "url": page,
        "content": _content(ground, post),
        "account": author_of(ground, post),
        "media_attachments": [media_entity(ground, picture) for picture in post.media],
        "replies_count": 0,
        "reblogs_count": 0,
        "favourites_count": 0,
        "quotes_count": 0,
        "edited_at": moment(post.edited_at) if post.edited_at else None,
        "reblog": None,
        "quote": _quote(ground, post),
        "poll": poll_entity(post, ground.now()),
        "card": None,
        "mentions": [],
        "tags": [],
        "emojis": [],
    }


def _content(ground: Ground, post: StoredPost) -> str:
    """The text; above it, for readers that know no quotations, where the quoted status stands."""
    quoted_id = post.details.get("quoted_status_id")
    quoted = ground.store.post("mastodon", quoted_id) if quoted_id else None
    if quoted is None:
        return to_html(post.text)
    page = addresses.post(ground.address, quoted.platform, quoted.account, quoted.id)
    return f'<p class="quote-inline">RE: <a href="{page}">{page}</a></p>{to_html(post.text)}'


def _quote(ground: Ground, post: StoredPost) -> Mapping[str, Any] | None:
    """A Quote (https://docs.joinmastodon.org/entities/Quote/), shallow where one quote holds another."""
    quoted_id = post.details.get("quoted_status_id")
    if not quoted_id:
        return None
    quoted = ground.store.post("mastodon", quoted_id)
    if quoted is None:
        return {"state": "deleted", "quoted_status": None}
    return {"state": "accepted", "quoted_status": {**status_entity(ground, quoted), "quote": None}}
