"""Who is publishing right now: a runner proves that it lives by holding a lock that dies with its process.

An open claim of a living runner is being sent at this moment and must be left alone; one of a dead runner is a doubt
to be settled. A lock of the operating system tells them apart even after SIGKILL or a power cut, on Windows too.
"""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


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


def is_alive(runner: str, folder: Path) -> bool:
    """Whether the process behind `runner` still runs. Runners of other machines do not share the file, so: no."""
    path = folder / f"{runner.rpartition('/')[2]}.lock"
    if not path.is_file():
        return False
    try:
        with FileLock(path, timeout=0):
            return False
    except Timeout:
        return True
