"""A server on this machine that answers as a test says: for the oddities that no practice network has.

Standard library only, one thread per connection, a free port of its own. This module must not know any network.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `path` includes the query, `headers` have names in lower case, `connection` tells them apart."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What to answer.

    With `cut` the connection ends without an answer, with `silent` none comes while the test lasts; `drip` is the
    pause after each byte of the body, in seconds.
    """

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    silent: bool = False
    drip: float = 0.0


def as_json(content: object, status: int = 200, **headers: str) -> Reply:
    """A JSON answer; in the names of `headers`, underscores stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps(content).encode(), {"Content-Type": "application/json", **named})


@dataclass(frozen=True, slots=True)
class Loopback:
    """A running server: where it is, and what it was asked, oldest first."""

    url: str
    asked: list[Asked]

    def paths(self, method: str) -> list[str]:
        """The paths asked with `method`, without their queries."""
        return [asked.path.partition("?")[0] for asked in self.asked if asked.method == method]


class _Server(ThreadingHTTPServer):
    """One running server, with what its handlers need."""

    daemon_threads = True

    def __init__(self, answer: Callable[[Asked], Reply]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: list[Asked] = []
        self.ended = Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def handle_one_request(self) -> None:
        with suppress(OSError):
            super().handle_one_request()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, self.rfile.read(length), self.client_address[1])
        self.server.asked.append(asked)
        reply = self.server.answer(asked)
        if reply.silent:
            self.server.ended.wait(30)
        if reply.silent or reply.cut:
            self.close_connection = True
            return
        self._send(reply)

    do_GET = do_POST = do_PUT = do_DELETE = do_CONNECT = _answer  # noqa: N815 - the base class names them so

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if not reply.drip:
            self.wfile.write(reply.body)
            return
        for byte in reply.body:
            self.wfile.write(bytes([byte]))
            if self.server.ended.wait(reply.drip):
                return

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: a test shows what it wants to show."""


@contextmanager
def loopback(answer: Callable[[Asked], Reply], *, tls: SSLContext | None = None) -> Iterator[Loopback]:
    """Answer every request as `answer` says, until the block ends; silent requests are let go then."""
    server = _Server(answer)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Loopback(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", server.asked)
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
