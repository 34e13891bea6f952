"""A process that runs kanal's commands one after the other, as often as it is asked to, by the clock that comes along.

The command line's own code, as `python -m kanal` calls it; only the interpreter is not started each time. It may be
told to die by SIGKILL at one of the moments of a delivery: no `finally`, no `atexit`, no flushing.
"""

import gc
import io
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, redirect_stderr, redirect_stdout
from datetime import datetime
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from kanal.__main__ import OBJECTS_BEFORE_COLLECTING
from kanal.model import DeliveryKey
from kanal.publish.conditions import Moment, News, Watch

IN_FLIGHT = "in flight"
"""The request is sent, the answer has not come."""
DEATHS = (str(Moment.PREPARED), str(Moment.CLAIMED), IN_FLIGHT, str(Moment.COMMITTED), str(Moment.SETTLED))
FLIGHT_SECONDS = 0.1


class Call(NamedTuple):
    """One command: where, by which time, with which further variables, and when to die."""

    folder: Path
    arguments: tuple[str, ...]
    now: datetime
    environ: Mapping[str, str]
    die_at: str | None = None


class Said(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def serve(asked: Connection, environ: Mapping[str, str]) -> None:
    """Answer calls until the other end is closed. `environ` is all that this machine has set."""
    for name in [name for name in os.environ if name.startswith(("KANAL_", "GIT_")) or name == "CI"]:
        del os.environ[name]
    os.environ.update(environ)
    usual = dict(os.environ)
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
    while True:
        try:
            call: Call = asked.recv()
        except EOFError:
            return
        os.environ.update(call.environ)
        asked.send(_answer(call))
        for name in call.environ:
            del os.environ[name]
        os.environ.update(usual)


def _answer(call: Call) -> Said:
    from kanal.cli.main import run

    out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    with redirect_stdout(out), redirect_stderr(err), _machine(call):
        code = run(["--project", str(call.folder), *call.arguments], lambda: call.now)
    return Said(code, _written(out), _written(err))


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode("utf-8")


@contextmanager
def _machine(call: Call) -> Iterator[None]:
    """What else on this machine knows the time, X's signatures; and how it dies."""
    signing: Any = import_module("oauthlib.oauth1.rfc5849")
    publishing: Any = import_module("kanal.cli.publish")
    usual = (signing.generate_timestamp, publishing.progress)
    signing.generate_timestamp = lambda: str(int(call.now.timestamp()))
    if call.die_at:
        publishing.progress = _dying(publishing.progress, call.die_at)
    try:
        yield
    finally:
        signing.generate_timestamp, publishing.progress = usual


def _dying(progress: Callable[..., AbstractContextManager[Watch]], moment: str) -> Callable[..., Any]:
    @contextmanager
    def watched(*arguments: Any) -> Iterator[Watch]:
        with progress(*arguments) as watch:

            def hear(now: Moment, key: DeliveryKey, reason: News) -> None:
                if now == moment:
                    die()
                if moment == IN_FLIGHT and now is Moment.CLAIMED:
                    threading.Timer(FLIGHT_SECONDS, die).start()
                watch(now, key, reason)

            yield hear

    return watched


def die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))  # on Windows SIGTERM ends a process at once
