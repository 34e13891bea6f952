"""The file of the SQLite ledger: its tables, how it is made, opened and recognised.

It must not know what events mean; see `kanal.ledger.sqlite`. Older forms are brought up by `sqlite_versions`.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from kanal import __version__
from kanal.errors import KanalError, LedgerRefused, LedgerUnwritable
from kanal.message import Message, msg

CHAINED = 2
FORM = 4
"""The form of the file, kept as `PRAGMA user_version`: from 2 on events are chained, from 3 on posts may be taken
down or corrected, from 4 on answered, published anew, or handed over to a network that publishes them later.

Files of kanal 0.1.0 say 0.
"""
EVENTS = (
    """CREATE TABLE event (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL,
    channel TEXT NOT NULL, draft TEXT NOT NULL, part INTEGER NOT NULL, revision INTEGER NOT NULL,
    digest TEXT NOT NULL, by TEXT NOT NULL, version TEXT NOT NULL, detail TEXT NOT NULL,
    previous TEXT NOT NULL, mark TEXT NOT NULL
)""",
    "CREATE INDEX event_of_draft ON event (draft, channel)",
    "CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
    "CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END",
    # What kanal 0.1.0 reads when it still has the file open, or opens it again.
    """CREATE TRIGGER event_is_chained BEFORE INSERT ON event WHEN NEW.mark IS NULL
    BEGIN SELECT RAISE(ABORT, 'it was updated by a newer version of kanal; update kanal here, too'); END""",
)
SCHEMA = (
    """CREATE TABLE identity (
    name TEXT NOT NULL, id TEXT NOT NULL, made_at TEXT NOT NULL, version TEXT NOT NULL, moved_to TEXT
)""",
    *EVENTS,
    """CREATE TABLE delivery (
    channel TEXT NOT NULL, draft TEXT NOT NULL, part INTEGER NOT NULL, revision INTEGER NOT NULL,
    state TEXT NOT NULL, digest TEXT NOT NULL, claim INTEGER, last INTEGER NOT NULL, receipt INTEGER,
    PRIMARY KEY (channel, draft, part, revision)
) WITHOUT ROWID""",
    f"PRAGMA user_version = {FORM}",
)


def make(path: Path, name: str, identity: str, made_at: str) -> None:
    """A new, empty ledger. An empty file is what a crash while making one left behind, and is used.

    Raises `LedgerRefused` if there is a ledger, `LedgerUnwritable` if the disk does not take it.
    """
    if path.exists() and path.stat().st_size:
        raise LedgerRefused(msg("There is a ledger already: {path}.", path=path), msg("Nothing was changed."))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            for statement in SCHEMA:
                db.execute(statement)
            db.execute("INSERT INTO identity VALUES (?, ?, ?, ?, NULL)", (name, identity, made_at, __version__))
            db.execute("COMMIT")
    except (OSError, sqlite3.Error) as error:
        raise LedgerUnwritable(
            msg("The ledger {path} cannot be made: {reason}.", path=path, reason=error), CHECK_DISK
        ) from error


CHECK_DISK: Message = msg("Check the disk and the rights of the folder .kanal, then run the command again.")


def connect(path: Path) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=30, check_same_thread=False)
    except sqlite3.Error as error:
        raise trouble(path, error) from error
    db.isolation_level = None
    return db


def identity_of(db: sqlite3.Connection, path: Path) -> tuple[str, str]:
    """Name and id; asked before anything else, so that a foreign file is left as it is."""
    row: tuple[str, str] | None = db.execute("SELECT name, id FROM identity").fetchone()
    if row is None:
        raise LedgerRefused(msg("{path} is a ledger without a name.", path=path), msg("Restore it from a backup."))
    return row


def trouble(path: Path, error: sqlite3.Error) -> KanalError:
    """What an error while opening or reading means: the file may not be used right now, or it is no ledger."""
    if path.exists() and getattr(error, "sqlite_errorcode", 0) & 0xFF in _RIGHT_NOW:
        return unwritable(error)
    return LedgerRefused(
        msg("{path} is not a ledger of kanal, or it is damaged ({reason}).", path=path, reason=error),
        msg("Restore it from a backup. Do not publish without it: the archive could go out again."),
    )


_RIGHT_NOW = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,  # also where a full disk has no room for the index of the log
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
    }
)


def unwritable(error: sqlite3.Error) -> LedgerUnwritable:
    return LedgerUnwritable(msg("The ledger cannot be written: {reason}.", reason=error), CHECK_DISK)
