"""How a connection to the server is made, and with which words a transaction begins.

Nothing is set for longer than a transaction, so that a pooler such as pgbouncer may stand in between. It must not know
ledgers.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from kanal.errors import LedgerRefused
from kanal.ledger.postgres.address import Address
from kanal.ledger.postgres.wire import Wire
from kanal.message import msg

OLDEST = 130000
"""PostgreSQL 13, as `server_version_num` writes it; older ones get no security updates any more."""
WRITING = """
BEGIN ISOLATION LEVEL READ COMMITTED;
SET LOCAL statement_timeout = '8s';
SET LOCAL lock_timeout = '6s';
SET LOCAL idle_in_transaction_session_timeout = '5s';
SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
"""
"""Begins a transaction that locks first and looks afterwards, and so needs to see what was committed meanwhile.

What was claimed is on the disk before anything is sent, whatever the database's own default is.
"""


def connect(address: Address) -> Wire:
    """Raises `psycopg.OperationalError`, whose text is not fit to be shown; `LedgerRefused` for an old server."""
    import psycopg

    db = psycopg.connect("", autocommit=True, prepare_threshold=None, **_parameters(address))
    wire = Wire(db)
    found = server_version_of(wire)
    if found < OLDEST:
        wire.close()
        raise LedgerRefused(
            msg(
                "PostgreSQL at {place} is too old ({found}); kanal needs version 13 or newer.",
                place=address.place,
                found=f"{found // 10000}",
            ),
            msg("Let the server be updated, or use another one. Nothing was changed."),
        )
    return wire


def server_version_of(wire: Wire) -> int:
    """`server_version_num`: 150018 is 15.18."""
    return wire.version


def takes_connections(address: Address) -> bool:
    """Whether the server lets anybody in at the moment, whatever it thinks of us. Asks in no language (`PQping`)."""
    from psycopg import conninfo, pq

    return pq.PGconn.ping(conninfo.make_conninfo("", **_parameters(address)).encode()) == pq.Ping.OK


def apart(wire: Wire) -> timedelta:
    """How far this computer's clock is ahead of the server's."""
    ((there,),) = wire.ask("SELECT clock_timestamp()")
    # Not the clock that a call may be given: it is this machine that has to be set right.
    ahead: timedelta = datetime.now(UTC) - there
    return ahead


def _parameters(address: Address) -> dict[str, Any]:
    return {name: value.reveal() for name, value in address.parameters.items()}
