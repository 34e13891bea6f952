"""Runs the practice networks: a port for the timeline and the control API, and one for each network.

`running` serves from a thread of this process (tests, `kanal demo`), `serve` from the main thread until a signal
comes. Both listen on loopback only.
"""

import asyncio
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Literal, Self

from starlette.applications import Starlette

from kanal.sandbox import PLATFORMS, Exchange, Practice, control, facebook, instagram, mastodon, timeline, x
from kanal.sandbox import staging as staging_folder
from kanal.sandbox.control import Switch
from kanal.sandbox.dialect import Dialect, Ground, Options
from kanal.sandbox.listener import LOOPBACK, Listener, bind
from kanal.sandbox.network import Network
from kanal.sandbox.store import Store

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

GRAPH_VERSION = "v26.0"
Record = Callable[[Exchange], None]

_DIALECTS: Mapping[str, Callable[[Ground], Dialect]] = {
    "mastodon": mastodon.dialect,
    "x": x.dialect,
    "facebook": facebook.dialect,
    "instagram": instagram.dialect,
}


@contextmanager
def running(
    state: Path,
    *,
    port: int = 0,
    staging: Path | None = None,
    record: Record | None = None,
    x_naming: Literal["post", "tweet"] = "post",
    trusted_origins: Sequence[str] = (),
    rate_limits: bool = True,
    mastodon_version: str = "4.5.4",
    instagram_in_progress: int = 0,
    facebook_in_progress: int = 0,
    clock: Callable[[], float] = time.time,
) -> Iterator[Practice]:
    """Practice networks in a thread of this process, until the block ends.

    `state` is the file that keeps everything over restarts. `port` 0 takes free ports; otherwise it is the
    timeline's, and the networks follow. `trusted_origins` are further origins for which X requests may be signed.
    `instagram_in_progress` is how many looks a container stays unfinished, `facebook_in_progress` a video. `clock`
    gives Unix seconds. Raises `UsageError` when a port is taken or `state` is something else.
    """
    options = Options(
        clock,
        x_naming,
        tuple(trusted_origins),
        rate_limits,
        mastodon_version,
        instagram_in_progress,
        facebook_in_progress,
    )
    with _House(state, port, staging, record, options) as house:
        yield Practice(house.address)


def serve(state: Path, *, port: int, staging: Path | None, on_ready: Callable[[Practice], None]) -> None:
    """Practice networks until SIGINT or SIGTERM; call it in the main thread.

    Raises as `running` does, and `KeyboardInterrupt` after SIGINT, once all is closed.
    """
    stop = threading.Event()
    received: list[int] = []

    def on_signal(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        stop.set()

    names = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]
    before = {name: signal.signal(name, on_signal) for name in names}
    try:
        with _House(state, port, staging, None, Options(time.time)) as house:
            on_ready(Practice(house.address))
            # Windows wakes for Ctrl+C only between waits.
            while not stop.wait(0.5):
                pass
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    if signal.SIGINT in received:
        raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class _Plot:
    """One network with its port."""

    network: Network
    listener: Listener


class _House:
    """The bound sockets, the open state file, and the thread whose event loop serves them."""

    def __init__(self, state: Path, port: int, staging: Path | None, record: Record | None, options: Options) -> None:
        with ExitStack() as undo:
            sockets = [undo.enter_context(bind(port and port + place)) for place in range(len(PLATFORMS) + 1)]
            self._store = Store(state)
            undo.pop_all()
        self.address = f"http://{LOOPBACK}:{sockets[0].getsockname()[1]}/"
        self._ground = Ground(self._store, self.address, options)
        self._sockets, self._staging, self._record = sockets, staging, record
        self._loop = asyncio.new_event_loop()
        self._ready, self._stop = threading.Event(), asyncio.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="practice networks", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        if self._failure is not None:
            raise self._failure
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(RuntimeError):  # the loop is closed when serving failed
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._store.close()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits in __enter__
            self._failure = error
        finally:
            self._loop.close()
            self._ready.set()

    async def _serve(self) -> None:
        plots = [self._plot(platform, bound) for platform, bound in zip(PLATFORMS, self._sockets[1:], strict=True)]
        entrance = Listener(self._sockets[0], self._entrance(plots))
        for plot in plots:
            await (plot.listener.close(keep_port=True) if plot.network.faults.down else plot.listener.open())
        await entrance.open()
        self._ready.set()
        await self._stop.wait()
        for listener in [entrance, *(plot.listener for plot in plots)]:
            await listener.close(keep_port=False)
        await _cancel_the_rest()

    def _plot(self, platform: str, bound: socket.socket) -> _Plot:
        def cut(scope: "Scope") -> None:
            plot.listener.drop(scope)

        network = Network(_DIALECTS[platform](self._ground), self._ground, self._record, cut)
        plot = _Plot(network, Listener(bound, network))
        return plot

    def _entrance(self, plots: Sequence[_Plot]) -> "ASGIApp":
        switches = {plot.network.platform: _switch(plot, self.address) for plot in plots}
        staged = staging_folder.routes(self._staging, self._ground) if self._staging is not None else []
        app = Starlette(routes=[*control.routes(self._ground, switches), *staged, *timeline.routes(self._ground)])

        async def up_to_date(scope: "Scope", receive: "Receive", send: "Send") -> None:
            for plot in plots:
                plot.network.let_out()
            await app(scope, receive, send)

        return up_to_date


def _switch(plot: _Plot, address: str) -> Switch:
    origin = f"http://{LOOPBACK}:{plot.listener.port}"
    urls = {
        "mastodon": {"api": origin},
        "x": {"api": origin, "web": f"{address}x", "login": origin},
        "facebook": {"graph": f"{origin}/{GRAPH_VERSION}", "web": f"{address}facebook"},
        "instagram": {
            "graph": f"{origin}/{GRAPH_VERSION}",
            "rupload": f"{origin}/ig-api-upload/{GRAPH_VERSION}",
        },
    }

    async def go_down() -> None:
        await plot.listener.close(keep_port=True)

    return Switch(plot.network, urls[plot.network.platform], go_down, plot.listener.open)


async def _cancel_the_rest() -> None:
    """End handlers that still run, such as one that sleeps for a latency fault."""
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
