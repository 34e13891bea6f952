"""Editing a status: what the request leaves out is lost, so that everything is sent again (docs/networks.md#mastodon).

The poll's time begins anew with each edit, and its votes are lost where its answers differ, so that it is sent exactly
as the server has it. This module must not upload or publish anything by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from kanal.editions import places_before
from kanal.errors import Rejected
from kanal.message import Message, msg
from kanal.model import Edition, Part, Poll, Prepared, Receipt, Visibility

if TYPE_CHECKING:
    from kanal.abilities.sending import Tell
    from kanal.platforms.mastodon.connection import Connection

MEDIA, POLL_ENDS = "media_ids", "poll_ends"
"""Handles: the ids of all pictures in their order, and when the poll ends (ISO 8601)."""
SHORTEST_POLL = timedelta(minutes=5)
"""The server refuses a poll that ends earlier (app/validators/poll_expiration_validator.rb)."""


def unchangeable(before: Edition, part: Part) -> Message | None:
    """As `CanCorrect.unchangeable`."""
    old = before.part
    if (old.visibility or Visibility.PUBLIC) is not (part.visibility or Visibility.PUBLIC):
        return msg("The network cannot change who sees a post.")
    if old.reply_to != part.reply_to:
        return msg("The network cannot change what a post answers.")
    if old.quote != part.quote:
        return msg("The network cannot change what a post quotes.")
    if old.poll != part.poll:
        return msg("If the poll changed, the network would discard the votes.")
    return None


def revise(connection: "Connection", receipt: Receipt, part: Part, before: Edition, tell: "Tell") -> Prepared:
    """As `CanCorrect.revise`; `tell` hears how far uploads are."""
    from kanal.platforms.mastodon.ownership import id_of

    if reason := unchangeable(before, part):
        raise Rejected(reason)
    status = _found(connection.status(id_of(receipt)))
    handles = {POLL_ENDS: _poll_ends(status, part.poll).isoformat()} if part.poll else {}
    there = {str(media.get("id")) for media in _media_of(status)}
    known = [identity if identity in there else None for identity in _ids(before.prepared)]
    places = places_before(part, before)
    kept = [known[place] if place is not None and place < len(known) else None for place in places]
    media = [identity or connection.upload(picture, tell) for picture, identity in zip(part.media, kept, strict=True)]
    return Prepared(part, {**handles, MEDIA: ",".join(media)} if media else handles)


def edit(connection: "Connection", username: str, receipt: Receipt, prepared: Prepared) -> Receipt:
    """As `CanCorrect.correct`."""
    from kanal.platforms.mastodon.answers import read_status
    from kanal.platforms.mastodon.ownership import id_of
    from kanal.transport.failures import editing, not_found

    with editing():
        answer = connection.edit(id_of(receipt), _fields(prepared, datetime.now(UTC)))
        if answer is not None:
            return read_status(answer, connection.address, username)._replace(at=receipt.at)
    raise not_found()


def says(connection: "Connection", receipt: Receipt, prepared: Prepared) -> bool:
    """As `CanCorrect.says`."""
    from kanal.platforms.mastodon.ownership import id_of

    part = prepared.part
    status, source = _found(connection.status(id_of(receipt))), connection.source(id_of(receipt))
    media = _media_of(status)
    language = str(status.get("language") or part.language)  # servers keep only the language of “de-AT”, or nothing
    return (
        _written(source.get("text")) == _written(part.text)
        and _written(source.get("spoiler_text")) == _written(part.warning)
        and bool(status.get("sensitive")) == (part.sensitive or bool(part.warning))
        and language.partition("-")[0] == part.language.partition("-")[0]
        and [str(one.get("id")) for one in media] == _ids(prepared)
        and [str(one.get("description") or "") for one in media] == [picture.alt for picture in part.media]
    )


def _fields(prepared: Prepared, now: datetime) -> Mapping[str, Any]:
    """Everything that the request must name."""
    part, ids = prepared.part, _ids(prepared)
    fields: dict[str, Any] = {
        "status": part.text,
        "spoiler_text": part.warning or "",
        "sensitive": part.sensitive,
        "language": part.language,
        MEDIA: ids,
    }
    if ids:
        alts = zip(ids, part.media, strict=True)
        fields["media_attributes"] = [{"id": identity, "description": picture.alt} for identity, picture in alts]
    if part.poll:
        left = datetime.fromisoformat(prepared.handles[POLL_ENDS]) - now
        fields["poll"] = {
            "options": list(part.poll.options),
            "expires_in": round(left.total_seconds()),
            "multiple": part.poll.multiple,
            "hide_totals": part.poll.hide_totals,
        }
    return fields


def _found(status: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if status is None:
        from kanal.transport.failures import not_found

        raise not_found()
    return status


def _ids(prepared: Prepared) -> list[str]:
    known = prepared.handles.get(MEDIA)
    return known.split(",") if known else []


def _media_of(status: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    found = status.get("media_attachments")
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _poll_ends(status: Mapping[str, Any], poll: Poll) -> datetime:
    """When the poll ends (aware). Raises `Rejected` if sending it again would change it."""
    there = status.get("poll")
    there = there if isinstance(there, Mapping) else {}
    titles = [str(option.get("title")) for option in there.get("options") or [] if isinstance(option, Mapping)]
    if titles != [option.strip() for option in poll.options] or bool(there.get("multiple")) != poll.multiple:
        raise Rejected(msg("The poll on the network is another one; an edit would discard its votes."))
    ends = there.get("expires_at")
    if not isinstance(ends, datetime) or ends - datetime.now(UTC) < SHORTEST_POLL:
        raise Rejected(msg("The poll has ended, or is about to; an edit would open it again."))
    return ends


def _written(text: object) -> str:
    return str(text or "").replace("\r\n", "\n").strip()
