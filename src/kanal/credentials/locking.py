"""Only one process at a time: a lock of the operating system, which ends with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kanal.errors import ConfigError
from kanal.message import msg

PATIENCE = 90.0
"""Seconds. Somebody else may be waiting for a network's answer, which takes a minute at most."""


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock at `path` while the block runs. Raises `ConfigError` when it cannot be had."""
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(path, timeout=patience, mode=0o600)
        lock.acquire()
    except Timeout as error:
        raise ConfigError(
            msg("Another run of kanal has been using the credentials for more than a minute."),
            msg("Wait until it has ended, then try again. The lock is {path}.", path=path),
        ) from error
    except OSError as error:
        raise ConfigError(
            msg("{file} cannot be used: {reason}.", file=path, reason=error.strerror or type(error).__name__),
            msg("Check the rights of its folder, and that the disk is not full."),
        ) from error
    try:
        yield
    finally:
        lock.release()
