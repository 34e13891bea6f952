"""A line to the server that breaks at the worst moment: before, or after, a commit has reached it.

After it is what makes the difference: the server has written everything, and whoever asked never hears of it.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto

_COMMIT = b"COMMIT\0"
"""As it stands in the message of a simple query."""


class Cut(Enum):
    """When the line breaks."""

    BEFORE = auto()
    """The commit never arrives."""
    AFTER = auto()
    """It arrives, and the answer does not come back."""
    SILENT = auto()
    """The same, but the line stays open and says nothing any more."""


class Line:
    """Listens on `port` and passes everything on to the server, until `cut` holds and a commit comes along: once."""

    def __init__(self, server_port: int) -> None:
        self._server = ("127.0.0.1", server_port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.cut: Cut | None = None
        self.cuts = 0
        self._ends: list[socket.socket] = []
        self._silent: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        _end(*self._ends)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                self._ends += [client, server]
                threading.Thread(target=self._forward, args=(client, server), daemon=True).start()
                threading.Thread(target=self._back, args=(server, client), daemon=True).start()

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        cut = None
        with suppress(OSError):
            while data := client.recv(65536):
                cut = self.cut if _COMMIT in data else None
                if cut:
                    self.cut, self.cuts = None, self.cuts + 1
                    self._silent.add(server)
                if cut is not Cut.BEFORE:
                    server.sendall(data)
                if cut is Cut.BEFORE:
                    break
                if cut is Cut.AFTER:
                    _until_it_answers(server)
                    break
        if cut is not Cut.SILENT:
            _end(client, server)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with suppress(OSError):
            while True:
                server.recv(1, socket.MSG_PEEK)
                if server in self._silent:
                    return
                data = server.recv(65536)
                if not data:
                    break
                client.sendall(data)
        _end(client, server)


def _until_it_answers(server: socket.socket) -> None:
    server.recv(1, socket.MSG_PEEK)


def _end(*ends: socket.socket) -> None:
    for one in ends:
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def line_to(server_port: int) -> Iterator[Line]:
    line = Line(server_port)
    try:
        yield line
    finally:
        line.close()
