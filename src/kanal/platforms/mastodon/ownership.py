"""Whether the token and the server are those of the post in question: else "not there" would say nothing about it."""

import re
from urllib.parse import urlsplit

from kanal.errors import Unavailable
from kanal.message import msg
from kanal.model import Receipt
from kanal.platforms.mastodon.connection import Connection
from kanal.transport.failures import DO_IT_THERE, no_such_id, other_account

_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


def refuse_another_account(connection: Connection, username: str) -> None:
    """Raises `Unavailable` unless the token is `username`'s."""
    author = str(connection.account.get("username", ""))
    if author.casefold() != username.casefold():
        raise other_account(author, username)


def refuse_others(connection: Connection, username: str, receipt: Receipt) -> None:
    """Raises `Unavailable` unless the post stands on the account that the token belongs to, on the same server."""
    refuse_another_account(connection, username)
    here, there = _host(str(connection.account.get("url", ""))), _host(receipt.url or "")
    if here and there and here != there:
        raise Unavailable(
            msg("The post stands on {there}, but the account of the channel is on {here} now.", there=there, here=here),
            DO_IT_THERE,
            needs_person=True,
        )


def id_of(receipt: Receipt) -> str:
    """The status's id. Raises `Unavailable` for what a person took for one: asked about, it would seem to be gone."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+", receipt.id):
        raise no_such_id(receipt)
    return receipt.id


def _host(address: str) -> str:
    parts = urlsplit(address)
    host = parts.hostname or ""
    # The practice networks take another port while somebody else has theirs.
    return f"{host}:{parts.port}" if parts.port and host not in _THIS_MACHINE else host
