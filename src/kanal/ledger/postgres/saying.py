"""What the server says, in words for a press office: which errors pass by themselves, what to do about the others."""

from typing import TYPE_CHECKING

from kanal.errors import KanalError, LedgerRefused, LedgerUnreachable, LedgerUnwritable
from kanal.ledger.postgres.address import Address
from kanal.message import Message, msg

if TYPE_CHECKING:
    import psycopg

_PASSING = ("08", "40", "57P", "57014", "25P", "53300", "55P03")
"""Beginnings of SQLSTATEs: connection lost, lost against another transaction, restarting, too slow, no free connection,
locked by somebody for long.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""
_NO_LEDGER = {"3F000", "42P01", "42703"}
_NOT_ALLOWED = "42501"
_READ_ONLY = "25006"


def passes(error: "psycopg.Error") -> bool:
    """Whether the same may succeed in a moment, on a new connection."""
    if error.sqlstate:
        return error.sqlstate.startswith(_PASSING)
    import psycopg

    return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)


def unreachable(address: Address, error: object) -> LedgerUnreachable:
    """The server is away, and stayed away."""
    return LedgerUnreachable(
        msg("The ledger in PostgreSQL ({place}) does not answer: {reason}", **_about(address, error)),
        msg("Check that the server runs and that this computer reaches it, then run the command again."),
    )


def not_let_in(address: Address, error: object) -> LedgerUnreachable:
    """The server is there, and does not want us."""
    return LedgerUnreachable(
        msg("PostgreSQL ({place}) does not let kanal in: {reason}", **_about(address, error)),
        msg("Check user, password, database and TLS in the address of the ledger."),
    )


def said(address: Address, error: "psycopg.Error") -> KanalError:
    """What the server refused."""
    if error.sqlstate in _NO_LEDGER:
        return no_ledger(address)
    return LedgerUnwritable(
        msg("The ledger in PostgreSQL ({place}) cannot be written: {reason}", **_about(address, error)),
        _advice(error),
    )


def no_ledger(address: Address) -> LedgerRefused:
    """Other tables, or none."""
    return LedgerRefused(
        msg("There is no ledger of kanal in PostgreSQL ({place}), or it is damaged.", place=address.place),
        msg(
            "Check the address. If the database is lost, restore it from a backup: else the archive could go out again."
        ),
    )


def _about(address: Address, error: object) -> dict[str, object]:
    import psycopg

    primary = error.diag.message_primary if isinstance(error, psycopg.Error) else None
    return {"place": address.place, "reason": address.hushed(primary or error)}


def _advice(error: "psycopg.Error") -> Message:
    if error.sqlstate == _NOT_ALLOWED:
        return msg("The user of the address lacks rights; which ones it needs is in docs/configuration.md.")
    if error.sqlstate == _READ_ONLY:
        return msg("It is a copy that can only be read: name the main server, or add target_session_attrs=read-write.")
    return msg("Ask whoever looks after the database server, then run the command again.")
