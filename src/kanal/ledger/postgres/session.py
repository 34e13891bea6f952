"""A connection that is made anew when it breaks: jobs are done again until they succeed, or until patience ends.

A job is a whole transaction, and may be called several times; it has to find out itself whether it succeeded before.
It must not know what jobs do.
"""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import chain, repeat
from typing import TypeVar

from kanal.ledger.postgres.address import Address
from kanal.ledger.postgres.connection import connect, takes_connections
from kanal.ledger.postgres.saying import not_let_in, passes, said, unreachable
from kanal.ledger.postgres.wire import Wire

T = TypeVar("T")
PATIENCE = timedelta(seconds=30)
"""A restart takes seconds, a change to another server a little longer."""
_PAUSES = (0.05, 0.1, 0.2, 0.5)


class Session:
    """One connection for all threads of a run: transactions are short, and a server counts its connections.

    `greet` is called with each new connection, and raises `KanalError` when it leads to something else than before.
    """

    def __init__(self, address: Address, greet: Callable[[Wire], None], patience: timedelta) -> None:
        self.address = address
        self._greet = greet
        self._patience = patience.total_seconds()
        self._lock = threading.Lock()
        self._wire: Wire | None = None
        self._was_in = False
        self._gave_up = False

    def run(self, job: Callable[[Wire], T]) -> T:
        """The job's result. Raises what it raises, and `LedgerUnwritable`, `LedgerRefused` for the server's errors."""
        import psycopg

        with self._lock:
            try:
                return self._until_done(job)
            except psycopg.Error as error:
                raise said(self.address, error) from None  # what it quotes is not for a log
            except BaseException:
                if self._wire is not None and not self._wire.idle:  # nothing may be left half done
                    self._drop()
                raise

    def close(self) -> None:
        """Let go of the connection; the next job makes a new one."""
        with self._lock:
            self._drop()

    def _until_done(self, job: Callable[[Wire], T]) -> T:
        import psycopg

        # Whoever waited in vain a moment ago does not wait again: else every channel would, one after the other.
        deadline = time.monotonic() + (0 if self._gave_up else self._patience)
        for pause in _pauses():
            try:
                result = job(self._connected())
            except psycopg.Error as error:
                self._drop()
                if not passes(error):
                    raise
                left = deadline - time.monotonic()
                if left <= 0:
                    self._gave_up = True
                    raise unreachable(self.address, error) from None
                time.sleep(min(pause, left))
            else:
                self._gave_up = False
                return result
        raise AssertionError

    def _connected(self) -> Wire:
        if self._wire is not None and self._wire.idle:
            return self._wire
        self._drop()
        wire = self._let_in()
        try:
            self._greet(wire)
        except BaseException:
            wire.close()
            raise
        self._wire, self._was_in = wire, True
        return wire

    def _let_in(self) -> Wire:
        """A new connection. At the very first one, a wrong password is no reason to be patient."""
        import psycopg

        try:
            return connect(self.address)
        except psycopg.Error:
            if self._was_in or not takes_connections(self.address):
                raise
        try:
            return connect(self.address)  # it may have started just between the two questions
        except psycopg.Error as error:
            raise not_let_in(self.address, error) from None

    def _drop(self) -> None:
        if self._wire is not None:
            self._wire.close()
        self._wire = None


def _pauses() -> Iterator[float]:
    """Seconds between tries."""
    return chain(_PAUSES, repeat(1.0))
