"""Ledger files of other versions of kanal: older ones are brought up to date, newer ones are left alone.

A version of kanal that still has the file open meanwhile can go on reading it, and is told to be updated when it
writes: it could not chain its events.
"""

import sqlite3
from pathlib import Path

from kanal.errors import LedgerRefused
from kanal.ledger.chain import START, Line, mark
from kanal.ledger.sqlite_file import CHAINED, EVENTS, FORM, unwritable
from kanal.message import msg

_OLD = "number, at, kind, channel, draft, part, revision, digest, by, version, detail"


def form_of(db: sqlite3.Connection, path: Path) -> int:
    """The form of the tables. Raises `LedgerRefused` for one that this version does not know yet."""
    (form,) = db.execute("PRAGMA user_version").fetchone()
    if form > FORM:
        raise LedgerRefused(
            msg("{path} was written by a newer version of kanal.", path=path),
            msg("Update kanal on this computer. The ledger was not touched."),
        )
    return int(form)


def bring_up_to_date(db: sqlite3.Connection, path: Path) -> None:
    """Chain the events of a file that kanal 0.1.0 made, and leave all others as they are, in one transaction.

    From then on older versions refuse the file: they would not understand events of the newest kinds. Raises
    `LedgerUnwritable`.
    """
    if form_of(db, path) == FORM:
        return
    try:
        db.execute("BEGIN IMMEDIATE")
        if form_of(db, path) < CHAINED:  # nobody else did it while we waited
            _chain_events(db)
            db.execute("ALTER TABLE identity ADD COLUMN moved_to TEXT")
        db.execute(f"PRAGMA user_version = {FORM}")
        db.execute("COMMIT")
    except sqlite3.Error as error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise unwritable(error) from error


def _chain_events(db: sqlite3.Connection) -> None:
    for trigger in ("event_stays", "event_remains"):
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute("DROP INDEX event_of_draft")
    db.execute("ALTER TABLE event RENAME TO unchained")
    for statement in EVENTS:
        db.execute(statement)
    previous = START
    for row in db.execute(f"SELECT {_OLD} FROM unchained ORDER BY number").fetchall():  # noqa: S608
        line = Line(*row)._replace(previous=previous)
        previous = mark(line)
        db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", line._replace(mark=previous))
    db.execute("DROP TABLE unchained")
