"""Where a browser comes back to after a login (RFC 8252 §7.3): 127.0.0.1, one request, and no longer than it takes.

It takes the first request for its path and then stops listening. Everything else a browser may ask for on the way (an
icon) is 404 and changes nothing.
"""

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from string import Template
from time import monotonic
from urllib.parse import parse_qs, urlsplit

from kanal.errors import LoginRefused, UsageError
from kanal.login.proof import Proof
from kanal.message import msg
from kanal.model import Secret

PATH = "/kanal"
PATIENCE = 300.0
"""Seconds in which a person has logged in on the network and agreed."""
_STEP = 0.25
"""Seconds between looks at the clock, and for Ctrl-C on Windows."""
_READING = 5.0
"""Seconds that one caller may take to say what it wants, while nobody else is heard."""
_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

Page = tuple[str, str, str]
"""Language, a sentence for success, a sentence for failure."""


class Redirect:
    """The listening port."""

    def __init__(self, server: "_Server") -> None:
        self._server = server

    @property
    def address(self) -> str:
        """The `redirect_uri`."""
        return f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def code(self, proof: Proof, patience: float = PATIENCE) -> Secret:
        """The code that the browser brings. Raises `LoginRefused`: denied, not ours, or nobody came in time."""
        self._server.proof = proof
        deadline = monotonic() + patience
        while self._server.answer is None:
            if monotonic() > deadline:
                raise LoginRefused(
                    msg("Nobody came back from the browser in time."),
                    msg("Try again; on a machine without a browser with --no-browser."),
                )
            self._server.handle_request()
        return code_in(self._server.answer, proof)


@contextmanager
def listening(port: int, page: Page) -> Iterator[Redirect]:
    """Listen on `port` (0: any that is free) while the block runs. Raises `UsageError` when it is taken."""
    try:
        server = _Server(port, page)
    except OSError as error:
        raise UsageError(
            msg("Port {port} on this computer cannot be used: it is taken, or there is no such port.", port=port),
            msg("Name another one with --port, and enter its address as callback in the app's settings."),
        ) from error
    try:
        yield Redirect(server)
    finally:
        server.server_close()


def code_in(query: str, proof: Proof) -> Secret:
    """The code in the query of a `redirect_uri`. Raises `LoginRefused` for any other answer (RFC 6749 §4.1.2)."""
    found = {name: values[-1] for name, values in parse_qs(query).items()}
    if not proof.is_answered_by(found.get("state", "")):
        raise LoginRefused(
            msg("What the browser brought back does not belong to this login (its “state” is another one)."),
            msg("Begin again, and agree in the window that opens then. Nothing was stored."),
        )
    if found.get("error") == "access_denied":
        raise LoginRefused(
            msg("The network was told not to let kanal in."), msg("Try again, and agree there."), code="access_denied"
        )
    if "code" not in found:
        raise LoginRefused(
            msg(
                "The network sent the browser back without letting kanal in ({code}).",
                code=found.get("error", "?")[:60],
            ),
            msg("Check the app's settings there: its callback address, its type, its permissions."),
            code=found.get("error", ""),
        )
    return Secret(found["code"])


class _Server(HTTPServer):
    """Answers one request for `PATH`; its query becomes `answer`."""

    timeout = _STEP

    def __init__(self, port: int, page: Page) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.page = page
        self.proof: Proof | None = None
        self.answer: str | None = None

    def server_bind(self) -> None:
        """Without the name of this machine, for which the base class may ask a name server."""
        if sys.platform != "win32":  # there it would let others share the port; elsewhere a port is free again at once
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that leaves, or takes too long, is no news; a traceback could hold the code."""


class _Handler(BaseHTTPRequestHandler):
    timeout = _READING
    server: _Server

    def do_GET(self) -> None:
        """Take the answer, and say in the browser what came of it."""
        parts = urlsplit(self.path)
        if parts.path != PATH or self.server.answer is not None or self.server.proof is None:
            self.send_error(404)
            return
        self.server.answer = parts.query
        language, done, failed = self.server.page
        try:
            code_in(parts.query, self.server.proof)
        except LoginRefused:
            self._show(400, language, failed)
        else:
            self._show(200, language, done)

    def _show(self, status: int, language: str, sentence: str) -> None:
        text = files("kanal.login").joinpath("closing_page.html").read_text(encoding="utf-8")
        filled = Template(text).substitute(language=escape(language), sentence=escape(sentence))
        body = filled.encode("utf-8")
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Length": str(len(body)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing: the address holds the code."""
