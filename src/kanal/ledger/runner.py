"""Who is publishing right now: a runner proves that it lives by holding a lock that dies with its process.

An open claim of a living runner is being sent at this moment and must be left alone; one of a dead runner is a doubt
to be settled. A lock of the operating system tells them apart even after SIGKILL or a power cut, on Windows too. Of a
runner whose lock is not here (another computer, another clone) nobody can tell: its claims are left alone for a lease.
"""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from kanal.ledger import Standing, State

LEASE = timedelta(minutes=15)
"""How long a claim counts as being sent when its runner cannot be seen. See docs/architecture.md#exactly-once."""
HOLD = LEASE / 3
"""How long after its claim a runner may begin to send; the rest is for the request, and for clocks that differ."""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Live as a runner while the block runs; its id is `host/pid/token`. Locks lie in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    token = secrets.token_hex(6)
    path = folder / f"{token}.lock"
    try:
        with FileLock(path, timeout=0):
            yield f"{socket.gethostname()}/{os.getpid()}/{token}"
    finally:
        path.unlink(missing_ok=True)


def is_alive(runner: str, folder: Path) -> bool | None:
    """Whether the process behind `runner` still runs; None if its lock is not in `folder`."""
    path = folder / f"{runner.rpartition('/')[2]}.lock"
    if not path.is_file():
        return None
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True


def is_sending(standing: Standing, folder: Path, lease: timedelta, now: datetime) -> bool:
    """Whether the claim may be under way right now, so that it must be left alone.

    `lease` is zero for a ledger of which all runners have their locks in `folder`.
    """
    if standing.state is not State.CLAIMED:
        return False
    alive = is_alive(standing.by, folder)
    return now < standing.at + lease if alive is None else alive
