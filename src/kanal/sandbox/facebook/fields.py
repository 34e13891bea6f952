"""What the practice Facebook tells of a page and of a post, field by field.

https://developers.facebook.com/docs/graph-api/reference/pagepost and …/page
"""

from collections.abc import Mapping
from typing import Any

from kanal.sandbox import addresses, graph
from kanal.sandbox.dialect import Ground
from kanal.sandbox.facebook.video_status import status_of
from kanal.sandbox.forms import Form
from kanal.sandbox.quirks import Quirk
from kanal.sandbox.records import Account, StoredPost, Upload


def shown(ground: Ground, account: Account, form: Form, post: StoredPost) -> dict[str, Any]:
    """A post, published or waiting, with the fields that are asked for. Raises `Refused` (100) for unknown ones."""
    default = ["created_time", "message", "id"] if post.text else ["created_time", "id"]
    return graph.chosen(form, post_fields(ground, account, post), default, "PagePost")


def post_fields(ground: Ground, account: Account, post: StoredPost) -> Mapping[str, graph.Field]:
    """The fields of a post; one that waits has been made, but is not published."""
    waits = post.at > ground.now()
    made = post.details.get("made_at", post.at) if waits else post.at
    return {
        "id": lambda: f"{account.id}_{post.id}" if "video" in post.details else post.id,
        "message": lambda: post.text or None,
        "created_time": lambda: graph.written(made),
        "updated_time": lambda: graph.written(post.edited_at or made),
        "permalink_url": lambda: addresses.post(ground.address, "facebook", post.account, post.id),
        "is_published": lambda: not waits,
        "scheduled_publish_time": lambda: post.at if waits else None,
        "from": lambda: {"id": account.id, "name": account.name},
        "full_picture": lambda: addresses.picture(ground.address, post.media[0].sha256) if post.media else None,
        "attachments": lambda: _attachments(ground, post),
    }


def _attachments(ground: Ground, post: StoredPost) -> Mapping[str, Any] | None:
    if "video" in post.details:
        address = addresses.post(ground.address, "facebook", post.account, post.id)
        return {"data": [{"type": "video_inline", "target": {"id": post.id, "url": address}, "url": address}]}
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


def video_fields(ground: Ground, account: Account, upload: Upload) -> Mapping[str, graph.Field]:
    """The fields of a video, which is there before it is a post."""
    post = ground.store.post("facebook", upload.attached) if upload.attached else None
    return {
        "id": lambda: upload.id,
        "description": lambda: (post.text if post else "") or None,
        "created_time": lambda: graph.written(post.at if post else upload.at),
        "permalink_url": lambda: f"/{account.id}/videos/{upload.id}/",
        "published": lambda: post is not None,
        "status": lambda: status_of(ground, upload),
        "from": lambda: {"id": account.id, "name": account.name},
        "post_id": lambda: f"{account.id}_{upload.id}" if post else None,
    }


def page_fields(ground: Ground, account: Account) -> Mapping[str, graph.Field]:
    """The fields of a page."""
    other = ground.has("facebook", Quirk.OTHER_ACCOUNT)
    return {
        "id": lambda: f"9{account.id}" if other else account.id,
        "name": lambda: "Eine andere Seite" if other else account.name,
        "link": lambda: addresses.account(ground.address, "facebook", account.account),
        "followers_count": lambda: 0,
        "fan_count": lambda: 0,
    }
