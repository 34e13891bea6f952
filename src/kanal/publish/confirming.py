"""A person's word about a delivery, held against what the network lists: people misread addresses, too.

A word that the network contradicts is refused; one that it cannot judge is taken, and it is said that it could not. It
must not write anything down.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from kanal.abilities.sending import CanFind
from kanal.adapter import Adapter
from kanal.errors import DeliveryError
from kanal.ledger import Standing
from kanal.message import Message, msg
from kanal.model import Receipt
from kanal.publish.whereabouts import whereabouts


class Confirmed(NamedTuple):
    """The network agrees; with what it says about the post, if there is one."""

    receipt: Receipt | None = None


class Contradicted(NamedTuple):
    """The network lists something else."""

    reason: Message


class Unknown(NamedTuple):
    """The network cannot be asked, or does not tell."""

    reason: Message


Opinion = Confirmed | Contradicted | Unknown


def confirm(
    adapter: Adapter, standing: Standing, address: str | None, now: datetime, patience: timedelta | None = None
) -> Opinion:
    """Hold a person's word against the account's own posts: out at `address`, or, with None, not out at all.

    `patience` replaces the platform's own `settles_after`.
    """
    if standing.prepared is None:
        return Unknown(msg("The ledger does not say what was sent."))
    if not isinstance(adapter, CanFind):
        return Unknown(msg("This network cannot be asked; a person must look."))
    settled_at = standing.since + (adapter.settles_after if patience is None else patience)
    if standing.goes_out_at:
        where = whereabouts(adapter, standing, now, patience)
        if where.waits:
            still = msg(
                "The network still has it, and publishes it at {time}. kanal publish notes that, kanal retract then"
                " takes it back.",
                time=where.waits.at,
            )
            return Contradicted(still)
        settled_at = where.look_again or settled_at
    try:
        found = adapter.find(standing.prepared, standing.since)
    except DeliveryError as error:
        return Unknown(msg("The network could not be asked: {reason}", reason=error.message))
    if address is None:
        return _not_out(found, settled_at, now)
    return _out(found, address, settled_at, now)


def _not_out(found: Receipt | None, settled_at: datetime, now: datetime) -> Opinion:
    if found:
        return Contradicted(msg("The network lists it among the account's posts: {url}", url=found.url or found.id))
    return Contradicted(_not_yet(settled_at)) if now < settled_at else Confirmed()


def _out(found: Receipt | None, address: str, settled_at: datetime, now: datetime) -> Opinion:
    if found is None and now < settled_at:
        return Unknown(_not_yet(settled_at))
    if found is None:
        return Contradicted(
            msg("The network does not list this text among the posts that the account made since the attempt.")
        )
    if leads_to(address, found):
        return Confirmed(found)
    return Contradicted(
        msg("The network lists it among the account's posts, but elsewhere: {url}", url=found.url or found.id)
    )


def _not_yet(settled_at: datetime) -> Message:
    return msg("Not among the account's posts yet; it may still be on its way until {time}.", time=settled_at)


def leads_to(address: str, receipt: Receipt) -> bool:
    """Whether `address` is the post's: the same page, whatever stands around it, or one that ends with its id."""
    return _page(address) == _page(receipt.url or "") or _page(address).rpartition("/")[2] == receipt.id


def _page(address: str) -> str:
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{f':{parts.port}' if parts.port else ''}{parts.path}".rstrip("/")
