"""One port with a socket of its own: open it, close it so that connections are refused, open it again.

uvicorn's `Server` cannot stop listening and start again, so its protocol is used directly. This module must not know
what is said on the port.
"""

import asyncio
import socket
import sys
from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from kanal.errors import UsageError
from kanal.message import msg

if TYPE_CHECKING:
    from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
# Nobody waits for a practice network in a proxy's idle timeout; clients keep their connections for a whole run.
_KEEP_ALIVE_SECONDS = 75


def bind(port: int) -> socket.socket:
    """A socket bound to loopback, not yet listening. Raises `UsageError` when the port is taken."""
    bound = _socket()
    try:
        bound.bind((LOOPBACK, port))
        if port:  # On Linux two sockets may bind with SO_REUSEADDR; only listening tells that the port is taken.
            bound.listen()
    except (OSError, OverflowError) as error:
        bound.close()
        raise UsageError(
            msg("Port {port} on this computer cannot be used: it is taken, or there is no such port.", port=port),
            msg("Are the practice networks already running? Otherwise choose another port."),
        ) from error
    return bound


class Listener:
    """A port on which `app` is served. Create, `open`, `close` and `drop` in the server's event loop only."""

    def __init__(self, bound: socket.socket, app: "ASGIApp") -> None:
        from uvicorn.config import Config
        from uvicorn.server import ServerState

        self.port: int = bound.getsockname()[1]
        self._socket = bound
        self._server: asyncio.Server | None = None
        self._state = ServerState()
        self._config = Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        )
        self._config.load()

    async def open(self) -> None:
        """Accept connections; does nothing when it already does."""
        if self._server is None:
            loop = asyncio.get_running_loop()
            self._server = await loop.create_server(self._protocol, sock=self._socket)

    async def close(self, *, keep_port: bool) -> None:
        """Refuse connections and drop those that exist; with `keep_port` nobody else gets the port meanwhile."""
        if self._server is not None:
            self._server.close()
            self._server = None
        else:
            self._socket.close()
        for connection in list(self._state.connections):
            connection.transport.abort()
        if keep_port:
            self._socket = _reserve(self.port)

    def drop(self, scope: MutableMapping[str, Any]) -> None:
        """Cut the connection on which this request came, without another byte."""
        from uvicorn.protocols.http.h11_impl import H11Protocol

        for connection in list(self._state.connections):
            if isinstance(connection, H11Protocol) and connection.scope is scope:
                connection.transport.abort()

    def _protocol(self) -> asyncio.Protocol:
        from uvicorn.protocols.http.h11_impl import H11Protocol

        return H11Protocol(self._config, self._state, {})


def _reserve(port: int) -> socket.socket:
    reserved = _socket()
    reserved.bind((LOOPBACK, port))
    return reserved


def _socket() -> socket.socket:
    # asyncio sets TCP_NODELAY only where the protocol is named; without it every answer takes 40 ms.
    opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":  # On Windows the option means something else: it lets others steal the port.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return opened
