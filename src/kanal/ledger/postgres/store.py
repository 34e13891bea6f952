"""The PostgreSQL ledger: whoever writes locks the row that says where the chain ends, looks, adds, and commits.

That takes a few milliseconds, in which all others wait. Where a connection dies during the commit, nobody knows
whether it was written; the next try looks, behind the same lock, whether its line is there. It must not know networks
or drafts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import TypeVar

from kanal.errors import LedgerRefused, LedgerUnwritable, LedgerWentBack
from kanal.ledger import Standing, State
from kanal.ledger.chain import NOTHING, Head, Line
from kanal.ledger.changes import Change, chained
from kanal.ledger.postgres import rows
from kanal.ledger.postgres.address import address_of
from kanal.ledger.postgres.connection import apart
from kanal.ledger.postgres.session import PATIENCE, Session
from kanal.ledger.postgres.tables import END, LOCKING, End, bring_up_to_date, end_in, identity_of, make, remove
from kanal.ledger.postgres.wire import Wire
from kanal.ledger.stored import StoredLedger, missing_lines, refuse_moved, utc_now
from kanal.message import msg
from kanal.message_json import instant
from kanal.model import DeliveryKey, Secret

T = TypeVar("T")
CLOCKS_APART = timedelta(minutes=1)
"""Whether a claim of another machine is old enough to be doubted is told by the clock (`runner.LEASE`)."""


class PostgresLedger(StoredLedger):
    """A ledger in the schema `kanal` of a database; `url` must lead to one that `create` made.

    Raises `ConfigError` for an address that cannot be read or without the driver, `LedgerRefused` where there is no
    ledger, or a newer one, `LedgerUnreachable` if the server stays away for longer than `patience`.
    """

    def __init__(self, url: Secret, now: Callable[[], datetime] = utc_now, patience: timedelta = PATIENCE) -> None:
        self._now = now
        self._address = address_of(url)
        self._apart = timedelta()
        self._written = NOTHING
        self.name, self.id = "", ""
        self._session = Session(self._address, self._greet, patience)
        self._session.run(lambda _: None)

    @classmethod
    def create(cls, url: Secret, name: str, identity: str, now: Callable[[], datetime] = utc_now) -> "PostgresLedger":
        """A new, empty ledger. Raises `LedgerRefused` if there is one, and what opening one raises."""
        address = address_of(url)
        session = Session(address, lambda _: None, PATIENCE)
        tries = count(1)

        def attempt(wire: Wire) -> None:
            first = next(tries) == 1
            try:
                make(wire, address, name, identity, instant(now()))
            except LedgerRefused:
                if first or identity_of(wire, address).id != identity:
                    raise
                # The last attempt's connection died after it was made.

        try:
            session.run(attempt)
        finally:
            session.close()
        return cls(url, now)

    @property
    def moved_to(self) -> str | None:
        """See `kanal.ledger.Ledger.moved_to`."""
        return self._end().moved_to

    def write(self, change: Change) -> list[Line]:
        """See `StoredLedger.write`."""
        tried: list[Line] = []

        def attempt(wire: Wire) -> list[Line]:
            nonlocal tried
            with self._locked(wire) as end:
                if tried and rows.lines_at(wire, [tried[-1].number]) == {tried[-1].number: tried[-1]}:
                    return tried  # the last attempt's connection died after it was written
                tried = []
                refuse_moved(self.name, end.moved_to)
                sums = rows.sums_of(wire, change.keys)
                tried = chained(change.decide(sums), end.head, instant(self._now()))
                rows.add(wire, tried, sums)
            return tried

        lines = self._session.run(attempt)
        self._written = lines[-1].head if lines else self._written
        return lines

    def replay(self, lines: Iterable[Line]) -> Head:
        """See `kanal.ledger.Ledger.replay`."""
        every = list(lines)

        def attempt(wire: Wire) -> Head:
            with self._locked(wire) as end:
                missing = missing_lines(every, list(rows.every_line(wire)))
                rows.add(wire, missing, rows.sums_of(wire, {line.key for line in missing}))
                wire.ask("UPDATE kanal.ledger SET moved_to = NULL")
                return missing[-1].head if missing else end.head

        return self._session.run(attempt)

    def retire(self, head: Head, moved_to: str) -> bool:
        """See `kanal.ledger.Ledger.retire`."""

        def attempt(wire: Wire) -> bool:
            with self._locked(wire) as end:
                if end.head != head:
                    return False
                wire.ask("UPDATE kanal.ledger SET moved_to = %s", (moved_to,))
                return True

        return self._session.run(attempt)

    def head(self) -> Head:
        """See `kanal.ledger.Ledger.head`."""
        return self._end().head

    def mark_of(self, number: int) -> str | None:
        """See `kanal.ledger.Ledger.mark_of`."""
        found = self._session.run(lambda wire: rows.lines_at(wire, [number])).get(number)
        return found.mark if found else None

    def lines(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Line]:
        """See `kanal.ledger.Ledger.lines`."""
        number = 0
        while some := self._session.run(partial(rows.lines_after, number=number, draft=draft, channel=channel)):
            yield from some
            number = some[-1].number

    def states(self) -> Mapping[DeliveryKey, tuple[State, str]]:
        """See `kanal.ledger.Ledger.states`."""
        return self._session.run(rows.states)

    def standing(self, key: DeliveryKey) -> Standing | None:
        """See `kanal.ledger.Ledger.standing`."""
        found = self._session.run(lambda wire: rows.standings(wire, list(rows.sums_of(wire, [key]).values())))
        return found[0] if found else None

    def open_claims(self) -> list[Standing]:
        """See `kanal.ledger.Ledger.open_claims`."""
        return self._session.run(lambda wire: rows.standings(wire, rows.sums_open(wire)))

    def discard(self) -> None:
        """See `StoredLedger.discard`; the empty schema stays, it may have been there before."""
        self._session.run(remove)

    def close(self) -> None:
        """See `kanal.ledger.Ledger.close`."""
        self._session.close()

    def __repr__(self) -> str:
        return f"PostgresLedger({self._address.place})"

    def _end(self) -> End:
        return self._session.run(lambda wire: end_in(wire.ask(END), self._address))

    def _greet(self, wire: Wire) -> None:
        """Each new connection: it must lead to this ledger, in a form that this version knows."""
        found = identity_of(wire, self._address)
        if self.id and found.id != self.id:
            raise LedgerRefused(
                msg("At {place} there is another ledger now (“{found}”).", place=self._address.place, found=found.name),
                msg("Find out who changed the database server or its name, before anything is published."),
            )
        bring_up_to_date(wire, self._address)
        number, mark = self._written
        if number and [line.mark for line in rows.lines_at(wire, [number]).values()] != [mark]:
            raise LedgerWentBack(
                msg("The ledger in PostgreSQL ({place}) went back in time.", place=self._address.place),
                msg(
                    "The server was exchanged for an older copy. See which posts are out before anything is published."
                ),
            )
        self._apart = apart(wire)
        self.name, self.id = found.name, found.id

    @contextmanager
    def _locked(self, wire: Wire) -> Iterator[End]:
        """Where the ledger ends, while nobody else writes."""
        if abs(self._apart) > CLOCKS_APART:
            raise LedgerUnwritable(
                msg(
                    "This computer's clock and that of the database server are {seconds} seconds apart.",
                    seconds=round(abs(self._apart).total_seconds()),
                ),
                msg("Let both be set by a time server: how old another computer's claim is, is told by the clock."),
            )
        with wire.transaction(LOCKING) as found:
            yield end_in(found, self._address)
