"""What a request wants a status to say, read and checked in the order and the words of the real server.

app/services/post_status_service.rb, app/validators/status_length_validator.rb
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kanal.sandbox.dialect import Ground
from kanal.sandbox.forms import Form
from kanal.sandbox.mastodon.polls import asked_poll, checked
from kanal.sandbox.mastodon.words import error, invalid
from kanal.sandbox.records import Account, StoredPost, Upload
from kanal.sandbox.refusal import Refused

MAX_CHARACTERS = 500
MAX_MEDIA = 4
_VISIBILITIES = ("public", "unlisted", "private", "direct")
_NOT_PRACTISED = ("allowed_mentions", "quote_approval_policy")


class Contents(NamedTuple):
    """A status that nobody has published yet, and the uploads that it takes with it."""

    post: StoredPost
    uploads: list[Upload]


def composed(ground: Ground, account: Account, form: Form, at: float) -> Contents:
    """A status of `account` that comes out `at` (Unix seconds). Raises `Refused`: 404, 422, 501."""
    refuse_unpractised(form)
    reply_to, quoted = _parent(ground, form), _quoted(ground, form)
    poll = asked_poll(form)
    media = uploads(ground, account, form.all("media_ids"), polled=poll is not None)
    text, warning = form.one("status") or "", form.one("spoiler_text") or ""
    details: dict[str, Any] = {
        "sensitive": is_sensitive(form) or bool(warning),
        "visibility": _visibility(form),
        "language": form.one("language") or None,
        "in_reply_to_id": reply_to,
        "quoted_status_id": quoted,
    }
    if not text.strip() and warning:
        text, warning = warning, ""
    check_text(text, warning, has_more=bool(media or quoted))
    number = ground.store.number(ground.now())
    details |= {"spoiler_text": warning, "poll": poll and checked(poll, str(number))}
    pictures = tuple(upload.picture for upload in media if upload.picture)
    post = StoredPost(number, "mastodon", account.account, str(number), text, at, media=pictures, details=details)
    return Contents(post, media)


def refuse_unpractised(form: Form) -> None:
    """Raises `Refused` (501) for what the real server would take and this one would have to ignore."""
    for name in form.values:
        if name.partition("[")[0] in _NOT_PRACTISED:
            raise Refused(error(501, f"The practice network does not offer “{name}”"))


def is_sensitive(form: Form) -> bool:
    """Whether the request calls the media sensitive."""
    return form.one("sensitive") in ("true", "1")


def check_text(text: str, warning: str, *, has_more: bool) -> None:
    """Raises `Refused` (422). `has_more`: there are media or a quote, which need no text."""
    from kanal.text import mastodon_length

    if not text.strip() and not has_more:
        raise invalid("Text can't be blank")
    if mastodon_length(warning + text) > MAX_CHARACTERS:
        raise invalid(f"Text character limit of {MAX_CHARACTERS} exceeded")


def uploads(ground: Ground, account: Account, ids: list[str], *, polled: bool, of: str | None = None) -> list[Upload]:
    """The account's uploads with these ids, free or part of the status `of`. Raises `Refused` (422)."""
    if len(ids) > MAX_MEDIA or (ids and polled):
        raise Refused(error(422, f"Cannot attach more than {MAX_MEDIA} files"))
    found: Mapping[str, Upload | None] = {upload_id: ground.store.upload(account, upload_id) for upload_id in ids}
    missing = [upload_id for upload_id, upload in found.items() if upload is None or upload.attached not in (None, of)]
    if missing:
        words = f"Media {', '.join(missing)} not found or already attached to another post"
        raise Refused(error(422, words))
    return [upload for upload in found.values() if upload is not None]


def _visibility(form: Form) -> str:
    visibility = form.one("visibility") or "public"
    if visibility not in _VISIBILITIES:
        raise invalid("Visibility is not included in the list")
    return visibility


def _parent(ground: Ground, form: Form) -> str | None:
    parent_id = form.one("in_reply_to_id") or None
    if parent_id and ground.store.post("mastodon", parent_id) is None:
        raise Refused(error(404, "The post you are trying to reply to does not appear to exist."))
    return parent_id


def _quoted(ground: Ground, form: Form) -> str | None:
    """A direct status cannot be quoted, and the server does not tell it from one that is not there."""
    quoted_id = form.one("quoted_status_id") or None
    quoted = ground.store.post("mastodon", quoted_id) if quoted_id else None
    if quoted_id and (quoted is None or quoted.details["visibility"] == "direct"):
        raise Refused(error(404, "The post you are trying to quote does not appear to exist."))
    return quoted_id
