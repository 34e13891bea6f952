"""The line to a network, cut at a given request: before it arrives, within it, after the answer, within the answer.

A small proxy on loopback, which knows of HTTP only where a request and an answer end. The programs that are made for
this (mitmproxy) see whole messages, so they can swallow an answer, but not break one off in the middle.
"""

import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import count

END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER: close with a reset."""


class Cut(StrEnum):
    """Where the line breaks."""

    BEFORE = "before the request arrives"
    IN_REQUEST = "in the middle of the request"
    AFTER = "after the network has answered"
    IN_HEAD = "in the middle of the answer's head"
    IN_ANSWER = "in the middle of the answer"


class End(StrEnum):
    """How the client hears of it."""

    CLOSED = "closed"
    RESET = "reset"


Plan = Callable[[int], Cut | None]
"""What happens to the request with this number, counted from 0."""


def _nothing(_number: int) -> None:
    """The line holds."""


@dataclass
class HttpLine:
    """Listens on `origin` and passes everything on to `port`; `asked` names the requests since `listen`."""

    port: int = 0
    asked: list[str] = field(default_factory=list)
    cuts: int = 0
    _plan: Plan = _nothing
    _end: End = End.CLOSED
    _numbers: Iterator[int] = field(default_factory=count)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def listen(self, plan: Plan = _nothing, end: End = End.CLOSED) -> None:
        """Count anew, and from now on break as planned."""
        self.asked, self.cuts, self._numbers = [], 0, count()
        self._plan, self._end = plan, end

    def serve(self) -> None:
        """Until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _pass_on(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(("127.0.0.1", self.port)) as server:
            while head := _head(client):
                cut = self._next(head)
                if cut is None:
                    server.sendall(head + _body(client, head))
                    client.sendall(_answer(server))
                    continue
                _carry(cut, head, client, server)
                if self._end is End.RESET:
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
                else:
                    client.shutdown(socket.SHUT_RDWR)
                return

    def _next(self, head: bytes) -> Cut | None:
        method, path, _ = head.decode("latin-1").split(" ", 2)
        with self._lock:
            self.asked.append(f"{method} {re.sub(r'[0-9]{4,}', '…', path.partition('?')[0])}")
            cut = self._plan(next(self._numbers))
            self.cuts += cut is not None
            return cut


def _carry(cut: Cut, head: bytes, client: socket.socket, server: socket.socket) -> None:
    """As much of the request, and of its answer, as gets through."""
    if cut is Cut.BEFORE:
        _body(client, head)
        return
    if cut is Cut.IN_REQUEST:
        body = _exactly(client, _length(head) // 2)
        server.sendall(head + body if body else head[: len(head) // 2])
        return
    server.sendall(head + _body(client, head))
    answer = _answer(server)
    head_ends = answer.index(END_OF_HEAD) + len(END_OF_HEAD)
    if cut is Cut.IN_HEAD:
        client.sendall(answer[: head_ends // 2])
    if cut is Cut.IN_ANSWER:
        client.sendall(answer[: head_ends + (len(answer) - head_ends) // 2])


def _head(end: socket.socket) -> bytes:
    """All up to the empty line; nothing if the other side has ended."""
    head = bytearray()
    while not head.endswith(END_OF_HEAD):
        byte = end.recv(1)
        if not byte:
            return b""
        head += byte
    return bytes(head)


def _answer(server: socket.socket) -> bytes:
    head = _head(server)
    return head + _body(server, head)


def _body(end: socket.socket, head: bytes) -> bytes:
    return _exactly(end, _length(head))


def _length(head: bytes) -> int:
    """Nobody here sends in chunks: a body that this does not see would stop the next request, and the test."""
    found = _LENGTH.search(head)
    return int(found[1]) if found else 0


def _exactly(end: socket.socket, length: int) -> bytes:
    got = bytearray()
    while len(got) < length:
        data = end.recv(min(65536, length - len(got)))
        if not data:
            raise ConnectionResetError
        got += data
    return bytes(got)


@contextmanager
def http_line() -> Iterator[HttpLine]:
    """A line that leads nowhere until its `port` is set."""
    line = HttpLine()
    threading.Thread(target=line.serve, daemon=True).start()
    try:
        yield line
    finally:
        line.close()
