"""Looking for a delivery among the account's own statuses, when its outcome is unknown.

This module must not publish, and must say "not there" only after it has seen every status since the claim.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from kanal.alike import CLOCKS_DIFFER, alts_agree, links_differ
from kanal.errors import Unavailable
from kanal.message import msg
from kanal.model import Part, Prepared, Receipt
from kanal.platforms.mastodon.answers import created_at, read_status
from kanal.platforms.mastodon.connection import Connection
from kanal.platforms.mastodon.ownership import refuse_another_account
from kanal.text import comparable, find_links, plain

_QUOTE_INLINE = re.compile(r'<p class="quote-inline">.*?</p>')
"""What Mastodon puts above a text that quotes (https://docs.joinmastodon.org/methods/statuses/#create)."""
PAGE = 40
PAGES = 10
"""https://docs.joinmastodon.org/methods/accounts/#statuses : at most 40 per request. 400 are a busy office's day."""


def find_status(connection: Connection, username: str, prepared: Prepared, since: datetime) -> Receipt | None:
    """The status that says what was prepared, made since `since` (UTC). Raises `Unavailable` when it cannot tell."""
    part, answered = prepared.part, prepared.handles.get("reply_to")
    refuse_another_account(connection, username)
    near: Mapping[str, Any] | None = None
    for status in _statuses(connection, since - CLOCKS_DIFFER):
        if not _says(status, part) or status.get("in_reply_to_id") != answered:
            continue
        if alts_agree(part, [str(media.get("description") or "") for media in status.get("media_attachments") or []]):
            return read_status(status, connection.address, username)
        near = status
    if near is not None:
        raise Unavailable(
            msg("There is a post with the same text, but with other pictures or alternative texts."),
            msg("Compare it with the draft, and tell kanal with “kanal resolve” whether it is this one."),
            words=str(near.get("url")),
            needs_person=True,
        )
    return None


def _statuses(connection: Connection, since: datetime) -> Iterator[Mapping[str, Any]]:
    """Every own status since `since`, newest first."""
    before: str | None = None
    for _ in range(PAGES):
        page = connection.statuses(before, PAGE)
        for status in page:
            made = created_at(status)
            if made is not None and made < since:
                return
            yield status
        if not page:
            return
        before = str(page[-1]["id"])
    raise Unavailable(msg("There are too many posts since the attempt to search them all."), needs_person=True)


def _says(status: Mapping[str, Any], part: Part) -> bool:
    """Whether warning, text, links and language agree."""
    text = plain(_QUOTE_INLINE.sub("", str(status.get("content") or "")))
    if str(status.get("spoiler_text") or "") != (part.warning or ""):
        return False
    if comparable(text) != comparable(part.text) or links_differ(part, [link.url for link in find_links(text)]):
        return False
    # Servers keep only the language of “de-AT”, or nothing at all.
    language = str(status.get("language") or part.language)
    return language.partition("-")[0] == part.language.partition("-")[0]
