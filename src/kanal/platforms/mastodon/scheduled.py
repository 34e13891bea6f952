"""Statuses that wait on the server for their time (docs/networks.md#mastodon-limits).

One that waits has an id of its own, and gets another one when it comes out; so it is looked for by what it says. This
module must not publish anything at once.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from kanal.alike import CLOCKS_DIFFER, SAME_TIME, alts_agree
from kanal.errors import Rejected, Unavailable, Uncertain
from kanal.message import msg
from kanal.model import Prepared, Receipt
from kanal.platforms.mastodon.connection import Connection
from kanal.platforms.mastodon.ownership import id_of, refuse_another_account, refuse_others
from kanal.platforms.mastodon.search import PAGE, find_status
from kanal.text import comparable
from kanal.transport.failures import cancelling, only_asking, scheduling

PAGES = 10
"""https://docs.joinmastodon.org/methods/scheduled_statuses/#get : at most 40 per request, and 300 may wait."""


def refuse_unknown(connection: Connection, username: str) -> None:
    """Raises `Rejected` where the server may not know `scheduled_at`: it would publish at once.

    And `Unavailable` for a token of another account, which the answer would not show.
    """
    refuse_another_account(connection, username)
    if not connection.server.is_mastodon:
        raise Rejected(
            msg("The server at {address} is not known to keep posts until their time.", address=connection.address),
            msg("It might publish it at once. Publish it with kanal publish when its time has come."),
        )


def schedule(connection: Connection, prepared: Prepared, at: datetime) -> Receipt:
    """POST the status with `scheduled_at`. As `CanSchedule.schedule`."""
    home = _home(connection)  # before the request: nothing may fail after it
    with scheduling():
        receipt = _receipt_of(connection.schedule(prepared, at), home)
    if receipt is None:
        # A time that is past by then makes the server publish at once.
        raise Uncertain(msg("The server took the post, and does not say that it keeps it until its time."))
    return receipt


def waiting(connection: Connection, username: str, receipt: Receipt) -> Receipt | None:
    """GET the scheduled status. As `CanSchedule.waiting`."""
    with only_asking():
        refuse_others(connection, username, receipt)
        answer = connection.scheduled(id_of(receipt))
        if answer is None:
            return None
        found = _receipt_of(answer, receipt.url)
    if found is None:
        raise Unavailable(msg("{address} does not tell for when the post waits.", address=connection.address))
    return found


def find_waiting(connection: Connection, username: str, prepared: Prepared, at: datetime) -> Receipt | None:
    """GET what waits, and compare. As `CanSchedule.find_waiting`."""
    with only_asking():
        refuse_another_account(connection, username)
        near = False
        for entry in _listed(connection):
            found = _receipt_of(entry, _home(connection))
            if found is None or abs(found.at - at) > SAME_TIME or not _says(entry, prepared):
                continue
            if alts_agree(
                prepared.part, [str(m.get("description") or "") for m in entry.get("media_attachments") or []]
            ):
                return found
            near = True
    if near:
        raise Unavailable(
            msg("A post with the same text waits there for the same time, but with other pictures."),
            msg("Look there, and tell kanal with “kanal resolve” what became of it."),
            needs_person=True,
        )
    return None


def cancel(connection: Connection, receipt: Receipt) -> None:
    """DELETE the scheduled status. As `CanSchedule.cancel`."""
    with cancelling():
        connection.cancel(id_of(receipt))


def came_out(connection: Connection, username: str, receipt: Receipt, prepared: Prepared) -> Receipt | None:
    """The status among the account's own that were made from that time on. As `CanSchedule.came_out`."""
    with only_asking():
        refuse_others(connection, username, receipt)
        return find_status(connection, username, prepared, receipt.at - CLOCKS_DIFFER)


def _listed(connection: Connection) -> Iterator[Mapping[str, Any]]:
    before: str | None = None
    for _ in range(PAGES):
        page = connection.all_scheduled(before, PAGE)
        yield from page
        if not page:
            return
        before = str(page[-1]["id"])
    raise Unavailable(msg("There are too many posts that wait to search them all."), needs_person=True)


def _home(connection: Connection) -> str | None:
    """The account's own address: on which server the post waits."""
    return str(connection.account.get("url") or "") or None


def _receipt_of(answer: object, home: str | None) -> Receipt | None:
    """The receipt of a scheduled status; None for anything else, such as a status that is out."""
    if not isinstance(answer, Mapping) or not answer.get("id"):
        return None
    at = answer.get("scheduled_at")
    if not isinstance(at, datetime):
        return None
    return Receipt(str(answer["id"]), home, at.astimezone(UTC))


def _says(entry: Mapping[str, Any], prepared: Prepared) -> bool:
    """Whether text, warning, language, and what it answers agree; the server keeps them as they were sent."""
    part, said = prepared.part, entry.get("params")
    if not isinstance(said, Mapping):
        return False
    answered = prepared.handles.get("reply_to")
    language = str(said.get("language") or part.language)
    return (
        comparable(str(said.get("text") or "")) == comparable(part.text)
        and str(said.get("spoiler_text") or "") == (part.warning or "")
        and str(said.get("in_reply_to_id") or "") == (answered or "")
        and language.partition("-")[0] == part.language.partition("-")[0]
    )
