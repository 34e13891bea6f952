"""The default ledger: one SQLite file on one machine, durable before anything is sent.

Events are only ever appended (triggers refuse anything else); the table `delivery` is their sum, written in the same
transaction, so that 10,000 published drafts are looked up in one read. It must not know networks or drafts.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kanal.ledger import Event, Standing, State
from kanal.ledger.chain import NOTHING, Head, Line
from kanal.ledger.changes import Change, chained
from kanal.ledger.events import event_of
from kanal.ledger.folding import Sum, after, standing_of
from kanal.ledger.sqlite_file import connect, identity_of, make, trouble, unwritable
from kanal.ledger.sqlite_versions import bring_up_to_date, form_of
from kanal.ledger.stored import StoredLedger, missing_lines, refuse_moved, utc_now
from kanal.message_json import instant
from kanal.model import DeliveryKey

_KEY = "d.channel = ? AND d.draft = ? AND d.part = ? AND d.revision = ?"
_SUM = (
    "SELECT d.state, d.digest, d.claim, d.last, d.receipt, e.by FROM delivery AS d JOIN event AS e ON e.number = d.last"
)
_LINE = (
    "SELECT number, at, kind, channel, draft, part, revision, digest, by, version, detail, previous, mark FROM event"
)


class SqliteLedger(StoredLedger):
    """A ledger in one SQLite file; `path` must hold one that `create` made."""

    shared = False

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._path = path
        self._db = connect(path)
        try:
            form_of(self._db, path)
            self.name, self.id = identity_of(self._db, path)
            bring_up_to_date(self._db, path)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
        except sqlite3.Error as error:
            self._db.close()
            raise trouble(path, error) from error
        except BaseException:
            self._db.close()
            raise

    @classmethod
    def create(cls, path: Path, name: str, identity: str, now: Callable[[], datetime] = utc_now) -> "SqliteLedger":
        """A new, empty ledger. Raises `LedgerRefused` if there is one, `LedgerUnwritable` if the disk refuses."""
        make(path, name, identity, instant(now()))
        return cls(path, now)

    @property
    def moved_to(self) -> str | None:
        """See `kanal.ledger.Ledger.moved_to`."""
        with self._reading():
            return self._moved_to()

    def write(self, change: Change) -> list[Line]:
        """See `StoredLedger.write`."""
        with self._writing():
            refuse_moved(self.name, self._moved_to())
            sums = {key: found for key in change.keys if (found := self._sum(key))}
            lines = chained(change.decide(sums), self._head(), instant(self._now()))
            self._add(lines)
        return lines

    def replay(self, lines: Iterable[Line]) -> Head:
        """See `kanal.ledger.Ledger.replay`."""
        with self._writing():
            self._add(missing_lines(lines, [Line(*row) for row in self._db.execute(f"{_LINE} ORDER BY number")]))
            self._db.execute("UPDATE identity SET moved_to = NULL")
            return self._head()

    def retire(self, head: Head, moved_to: str) -> bool:
        """See `kanal.ledger.Ledger.retire`."""
        with self._writing():
            if self._head() != head:
                return False
            self._db.execute("UPDATE identity SET moved_to = ?", (moved_to,))
            return True

    def discard(self) -> None:
        """See `StoredLedger.discard`."""
        self.close()
        for end in ("", "-wal", "-shm"):
            self._path.with_name(self._path.name + end).unlink(missing_ok=True)

    def head(self) -> Head:
        """See `kanal.ledger.Ledger.head`."""
        with self._reading():
            return self._head()

    def mark_of(self, number: int) -> str | None:
        """See `kanal.ledger.Ledger.mark_of`."""
        with self._reading():
            row = self._db.execute("SELECT mark FROM event WHERE number = ?", (number,)).fetchone()
        return row[0] if row else None

    def lines(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Line]:
        """See `kanal.ledger.Ledger.lines`."""
        with self._reading():
            rows = self._db.execute(
                f"{_LINE} WHERE coalesce(?, draft) = draft AND coalesce(?, channel) = channel ORDER BY number",
                (draft, channel),
            ).fetchall()
        return (Line(*row) for row in rows)

    def states(self) -> Mapping[DeliveryKey, tuple[State, str]]:
        """See `kanal.ledger.Ledger.states`."""
        with self._reading():
            rows = self._db.execute("SELECT channel, draft, part, revision, state, digest FROM delivery").fetchall()
        words = {str(state): state for state in State}
        return {DeliveryKey(*row[:4]): (words[row[4]], row[5]) for row in rows}

    def standing(self, key: DeliveryKey) -> Standing | None:
        """See `kanal.ledger.Ledger.standing`."""
        with self._reading():
            found = self._sum(key)
            return standing_of(found, self._event) if found else None

    def open_claims(self) -> list[Standing]:
        """See `kanal.ledger.Ledger.open_claims`."""
        with self._reading():
            rows = self._db.execute(f"{_SUM} WHERE d.state IN ('claimed', 'uncertain') ORDER BY d.last").fetchall()
            return [standing_of(_sum_of(row), self._event) for row in rows]

    def close(self) -> None:
        """See `kanal.ledger.Ledger.close`."""
        self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                form_of(self._db, self._path)  # a newer version may have brought it up to date since it was opened
                yield
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back()
                raise unwritable(error) from error
            except BaseException:
                self._roll_back()
                raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                raise trouble(self._path, error) from error

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _moved_to(self) -> str | None:
        found: str | None = self._db.execute("SELECT moved_to FROM identity").fetchone()[0]
        return found

    def _head(self) -> Head:
        row = self._db.execute("SELECT number, mark FROM event ORDER BY number DESC LIMIT 1").fetchone()
        return Head(*row) if row else NOTHING

    def _sum(self, key: DeliveryKey) -> Sum | None:
        row = self._db.execute(f"{_SUM} WHERE {_KEY}", (key.channel, key.draft, key.part, key.revision)).fetchone()
        return _sum_of(row) if row else None

    def _event(self, number: int) -> Event:
        return event_of(Line(*self._db.execute(f"{_LINE} WHERE number = ?", (number,)).fetchone()))

    def _add(self, lines: Iterable[Line]) -> None:
        """Add the lines, and what follows from them."""
        for line in lines:
            before = self._sum(line.key)
            self._db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", line)
            now = after(before, line)
            if now and now != before:
                values = (*line[3:7], str(now.state), now.digest, now.claim, now.last, now.receipt)
                self._db.execute("INSERT OR REPLACE INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def _sum_of(row: tuple[str, str, int | None, int, int | None, str]) -> Sum:
    return Sum(State(row[0]), *row[1:])
