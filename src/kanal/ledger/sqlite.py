"""The default ledger: one SQLite file on one machine, durable before anything is sent.

Events are only ever appended (triggers refuse anything else); the table `delivery` is their sum, written in the same
transaction, so that 10,000 published drafts are looked up in one read. It must not know networks or drafts.
"""

import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kanal import __version__
from kanal.errors import LedgerRefused, LedgerUnwritable
from kanal.ledger import OPEN, Event, EventKind, Intent, Standing, State
from kanal.ledger.record import Detail, dump
from kanal.ledger.sqlite_file import connect, damaged, identity_of, make
from kanal.ledger.sqlite_rows import STATE_AFTER, claimable, columns, event_of
from kanal.message import Message, msg
from kanal.message_json import instant
from kanal.model import DeliveryKey, Receipt

_FENCED = frozenset({EventKind.REJECTED, EventKind.RELEASED, EventKind.UNCERTAIN})
"""Only who holds the claim may say these: a runner taken for dead must not release what another is sending."""
_KEY = "channel = ? AND draft = ? AND part = ? AND revision = ?"
_STANDING = "SELECT state, digest, claim, last, receipt FROM delivery"
_EVENT = "number, at, kind, channel, draft, part, revision, digest, by, version, detail"


def utc_now() -> datetime:
    """The clock that ledgers use unless a test gives another."""
    return datetime.now(UTC)


class SqliteLedger:
    """A ledger in one SQLite file; `path` must hold one that `create` made."""

    def __init__(self, path: Path, now: Callable[[], datetime] = utc_now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._path = path
        self._db = connect(path)
        try:
            self.name, self.id = identity_of(self._db, path)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
        except LedgerRefused:
            self._db.close()
            raise
        except sqlite3.Error as error:
            self._db.close()
            raise damaged(path, error) from error

    @classmethod
    def create(cls, path: Path, name: str, identity: str, now: Callable[[], datetime] = utc_now) -> "SqliteLedger":
        """A new, empty ledger. Raises `LedgerRefused` if there is one, `LedgerUnwritable` if the disk refuses."""
        make(path, name, identity, instant(now()))
        return cls(path, now)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                yield
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                self._roll_back()
                raise LedgerUnwritable(
                    msg("The ledger cannot be written: {reason}.", reason=error),
                    msg("Check the disk and the rights of the folder .kanal, then run the command again."),
                ) from error
            except BaseException:
                self._roll_back()
                raise

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                raise damaged(self._path, error) from error

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def claim(self, intents: Sequence[Intent], by: str) -> frozenset[DeliveryKey]:
        """See `kanal.ledger.Ledger.claim`."""
        won: set[DeliveryKey] = set()
        with self._writing():
            for intent in intents:
                if claimable(self._summary(intent.key), intent.digest):
                    detail = Detail(prepared=intent.prepared, warrant=intent.warrant)
                    self._append(EventKind.CLAIMED, intent.key, intent.digest, by, detail)
                    won.add(intent.key)
        return frozenset(won)

    def take_over(self, standing: Standing, by: str) -> bool:
        """See `kanal.ledger.Ledger.take_over`."""
        with self._writing():
            row = self._summary(standing.key)
            if row is None or row[0] not in OPEN or row[2] != standing.last:
                return False
            self._append(EventKind.TAKEN_OVER, standing.key, standing.digest, by, Detail())
        return True

    def settle(self, key: DeliveryKey, result: Receipt | Message, by: str, reason: Message | None = None) -> None:
        """See `kanal.ledger.Ledger.settle`."""
        if isinstance(result, Receipt):
            self._add(EventKind.PUBLISHED, key, by, Detail(reason=reason, receipt=result))
        else:
            self._add(EventKind.REJECTED, key, by, Detail(reason=result))

    def release(self, key: DeliveryKey, reason: Message, retry_at: datetime | None, by: str) -> None:
        """See `kanal.ledger.Ledger.release`."""
        self._add(EventKind.RELEASED, key, by, Detail(reason=reason, retry_at=retry_at))

    def doubt(self, key: DeliveryKey, reason: Message, by: str) -> None:
        """See `kanal.ledger.Ledger.doubt`."""
        self._add(EventKind.UNCERTAIN, key, by, Detail(reason=reason))

    def locate(self, urls: Mapping[DeliveryKey, str], by: str) -> None:
        """See `kanal.ledger.Ledger.locate`."""
        known = {key: standing for key in urls if (standing := self.standing(key))}
        with self._writing():
            for key, standing in known.items():
                if standing.receipt:
                    found = Receipt(standing.receipt.id, urls[key], standing.receipt.at)
                    self._append(EventKind.LOCATED, key, standing.digest, by, Detail(receipt=found))

    def vouch(self, keys: Collection[DeliveryKey], reason: Message, by: str) -> int:
        """See `kanal.ledger.Ledger.vouch`."""
        new = 0
        with self._writing():
            for key in keys:
                if self._summary(key) is None:
                    self._append(EventKind.VOUCHED, key, "", by, Detail(reason=reason))
                    new += 1
        return new

    def states(self) -> Mapping[DeliveryKey, tuple[State, str]]:
        """See `kanal.ledger.Ledger.states`."""
        with self._reading():
            rows = self._db.execute("SELECT channel, draft, part, revision, state, digest FROM delivery").fetchall()
        words = {str(state): state for state in State}
        return {DeliveryKey(*row[:4]): (words[row[4]], row[5]) for row in rows}

    def standing(self, key: DeliveryKey) -> Standing | None:
        """See `kanal.ledger.Ledger.standing`."""
        found = self._standings(f"WHERE {_KEY}", columns(key))
        return found[0] if found else None

    def open_claims(self) -> list[Standing]:
        """See `kanal.ledger.Ledger.open_claims`."""
        return self._standings("WHERE state IN ('claimed', 'uncertain') ORDER BY last", ())

    def history(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Event]:
        """See `kanal.ledger.Ledger.history`."""
        with self._reading():
            rows = self._db.execute(
                f"SELECT {_EVENT} FROM event WHERE coalesce(?, draft) = draft AND coalesce(?, channel) = channel"  # noqa: S608
                " ORDER BY number",
                (draft, channel),
            ).fetchall()
        yield from (event_of(row) for row in rows)

    def close(self) -> None:
        """See `kanal.ledger.Ledger.close`."""
        self._db.close()

    def _standings(self, where: str, values: tuple[object, ...]) -> list[Standing]:
        with self._reading():
            rows = self._db.execute(f"{_STANDING} {where}", values).fetchall()
            return [self._standing_of(row) for row in rows]

    def _standing_of(self, row: tuple[str, str, int | None, int, int | None]) -> Standing:
        state, digest, claim, last, receipt = row
        end = self._event(last)
        begin = self._event(claim) if claim else end
        return Standing(
            key=end.key,
            state=State(state),
            digest=digest,
            since=begin.at,
            by=end.by,
            last=last,
            reason=end.reason,
            receipt=self._event(receipt).receipt if receipt else None,
            prepared=begin.prepared,
            retry_at=end.retry_at,
        )

    def _event(self, number: int) -> Event:
        return event_of(self._db.execute(f"SELECT {_EVENT} FROM event WHERE number = ?", (number,)).fetchone())  # noqa: S608

    def _summary(self, key: DeliveryKey) -> tuple[str, str, int] | None:
        found: tuple[str, str, int] | None = self._db.execute(
            f"SELECT state, digest, last FROM delivery WHERE {_KEY}",  # noqa: S608
            columns(key),
        ).fetchone()
        return found

    def _add(self, kind: EventKind, key: DeliveryKey, by: str, detail: Detail) -> None:
        with self._writing():
            row = self._summary(key)
            if row is None:
                raise LedgerRefused(msg("The ledger knows nothing of {key}.", key=key), msg("See: kanal status"))
            if kind in _FENCED and self._event(row[2]).by != by:
                self._insert(kind, key, row[1], by, detail)
            else:
                self._append(kind, key, row[1], by, detail)

    def _insert(self, kind: EventKind, key: DeliveryKey, digest: str, by: str, detail: Detail) -> int | None:
        """Add the event alone: what somebody says who does not hold the claim any more changes nothing."""
        values = (instant(self._now()), str(kind), *columns(key), digest, by, __version__, dump(detail))
        names = _EVENT.removeprefix("number, ")
        return self._db.execute(
            f"INSERT INTO event ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            values,
        ).lastrowid

    def _append(self, kind: EventKind, key: DeliveryKey, digest: str, by: str, detail: Detail) -> None:
        """Add the event, and what follows from it. Published is for ever: nothing that comes later changes it."""
        number = self._insert(kind, key, digest, by, detail)
        claim = number if kind is EventKind.CLAIMED else None
        receipt = number if detail.receipt else None
        self._db.execute(
            "INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " state = iif(state = 'published', state, excluded.state), digest = excluded.digest,"
            " claim = coalesce(excluded.claim, claim), last = excluded.last,"
            " receipt = coalesce(excluded.receipt, receipt)",
            (*columns(key), str(STATE_AFTER[kind]), digest, claim, number, receipt),
        )
