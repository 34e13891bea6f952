"""How a run ends before its time: by Ctrl-C, or by SIGTERM, with which CI systems and servers end a job.

What is under way is finished, and nothing new begins.

A CI system kills a job some seconds later, so the run writes down what it knows; claims that stay open are settled by
the next one. It must not know what is being done.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

import typer

from kanal.exits import Exit


@contextmanager
def nothing_begun() -> Iterator[None]:
    """Ctrl-C in the block ends the command like any other: no request was made yet that could leave a doubt."""
    try:
        yield
    except KeyboardInterrupt:
        raise typer.Abort from None


@contextmanager
def terminating(stop: threading.Event, tell: Callable[[], None]) -> Iterator[None]:
    """While the block runs, SIGTERM sets `stop` and tells so once, instead of ending the process.

    Only the main thread may say what a signal does; in any other, the block runs as it is.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.set()
            with suppress(RuntimeError):  # the signal came in the middle of writing another line
                tell()

    before = signal.signal(signal.SIGTERM, on_signal)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def leave_at_once() -> NoReturn:
    """After a second Ctrl-C: end although requests are under way, of which the ledger says that nobody knows."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(Exit.UNCERTAIN)
