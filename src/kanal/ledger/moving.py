"""A ledger moves to another store: copied verbatim, compared, and only then the old one refuses to be used.

At every moment one of the two is the ledger; a move that was broken off goes on when the command is called again.
"""

from collections.abc import Callable

from kanal.config.office import LedgerName
from kanal.errors import LedgerRefused
from kanal.ledger.chain import Head, verify
from kanal.ledger.stored import StoredLedger
from kanal.ledger.stores import Site, create_store, open_store
from kanal.message import Message, msg

TRIES = 5
"""How often somebody may write into the old one meanwhile."""


def move(source: StoredLedger, wanted: LedgerName, site: Site, told: Callable[[Message], None]) -> Head:
    """Copy `source` to where `wanted` says, and retire it. Raises `LedgerRefused`; then the old one is still in use.

    `told` hears how far it is. Nobody uses the copy before the configuration names it.
    """
    target = _target(wanted, site)
    try:
        for _ in range(TRIES):
            head = _copied(source, target)
            told(msg("{count} events were copied and compared.", count=head.number))
            if source.moved_to == wanted.store or source.retire(head, wanted.store):
                return head
        raise LedgerRefused(
            msg("Somebody writes into the ledger all the time."),
            msg("Nothing was changed. Stop other runs of kanal publish, then run the command again."),
        )
    finally:
        target.close()


def _target(wanted: LedgerName, site: Site) -> StoredLedger:
    """The new place, empty, or what an earlier move left there."""
    try:
        return create_store(wanted, site)
    except LedgerRefused:
        target = open_store(wanted, site)
        if target.id != wanted.id:
            target.close()
            raise
        return target


def _copied(source: StoredLedger, target: StoredLedger) -> Head:
    """Copy what is missing, and compare all of it."""
    lines = list(source.lines())
    head = target.replay(lines)
    copy = list(target.lines())
    broken = next(verify(copy), None)
    if broken or copy != lines:
        raise LedgerRefused(
            msg("The copy is not what the ledger is; it was not put to use."),
            msg("Nothing was changed. Run the command again; if it happens again, please report it."),
        )
    return head
