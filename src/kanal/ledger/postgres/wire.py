"""One connection to the server, on which no silence lasts for ever.

A frozen server, or a network that swallows packets, is no error to the operating system for a long time; a publishing
run cannot wait that long. It must not know ledgers.
"""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

SILENCE_SECONDS = 12.0
"""The server itself breaks whatever writes off after eight; whoever says nothing for longer is gone."""
_LOOK_SECONDS = 1.0


class Wire:
    """A connection; used by one thread at a time, and watched by one of its own."""

    def __init__(self, db: "psycopg.Connection[tuple[Any, ...]]") -> None:
        self._db = db
        self._guard = threading.Lock()
        self._silent_since: float | None = None
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="silence", daemon=True).start()

    def ask(self, statement: str, values: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        """The rows of the statement, or of the last of several. Raises `psycopg.Error`."""
        self._silent_since = time.monotonic()
        try:
            done = self._db.execute(statement.encode(), values)
            while done.nextset():
                pass
            return done.fetchall() if done.description else []
        finally:
            with self._guard:  # from here on nobody hangs up
                self._silent_since = None

    @contextmanager
    def transaction(self, opening: str) -> Iterator[list[tuple[Any, ...]]]:
        """All or nothing; the rows of `opening`'s last statement.

        After an error in the last step, the commit, nobody knows which of the two.
        """
        import psycopg

        try:
            yield self.ask(opening)
        except BaseException:
            with suppress(psycopg.Error):  # it is broken, then: whoever uses it next finds out
                self.ask("ROLLBACK")
            raise
        self.ask("COMMIT")

    @property
    def version(self) -> int:
        """`server_version_num`: 150018 is 15.18."""
        return self._db.info.server_version

    @property
    def idle(self) -> bool:
        """Whether it can be used for something new: open, and no transaction begun."""
        import psycopg

        return self._db.info.transaction_status is psycopg.pq.TransactionStatus.IDLE

    def close(self) -> None:
        """Let go of it."""
        self._closed.set()
        self._db.close()

    def _watch(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            with self._guard:
                since = self._silent_since
                if since is not None and time.monotonic() - since > SILENCE_SECONDS:
                    self._hang_up()

    def _hang_up(self) -> None:
        import psycopg

        # The thread that waits sees the end of the connection, as if the server had closed it.
        with (
            suppress(OSError, psycopg.Error),
            socket.fromfd(self._db.fileno(), socket.AF_INET, socket.SOCK_STREAM) as copy,
        ):
            copy.shutdown(socket.SHUT_RDWR)
