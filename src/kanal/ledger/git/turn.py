"""The runs of one clone take turns with the branch, which is cheaper than being rejected by the server.

So git's own lock files do not get in each other's way, either.
"""

import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from kanal.errors import LedgerUnwritable
from kanal.message import msg

LOCK_SECONDS = 150.0
"""How long one waits for the others: longer than a call of git may take (`commands.SECONDS`)."""
LEFT_BEHIND = 300.0
"""Seconds after which a lock file cannot be that of a git which is still at work."""


class Turn:
    """A lock that the operating system releases when its process dies; `folder` is kanal's in the git directory."""

    def __init__(self, folder: Path) -> None:
        self._mirrors = folder.parent / "refs" / "kanal"
        self._lock = FileLock(folder / "ledger.lock", timeout=LOCK_SECONDS)

    def __enter__(self) -> None:
        """Wait for one's turn. Raises `LedgerUnwritable`."""
        try:
            self._lock.acquire(poll_interval=0.01)
        except Timeout as error:  # an OSError, too
            raise LedgerUnwritable(
                msg("The ledger is locked by another run on this computer ({file}).", file=self._lock.lock_file),
                msg("Wait for the other run, or check the rights of that file; then run the command again."),
            ) from error
        except OSError as error:
            raise LedgerUnwritable(
                msg("{file} cannot be written: {reason}.", file=self._lock.lock_file, reason=error.strerror or error),
                msg("Check the disk and the rights of that folder, then run the command again."),
            ) from error
        self._clear_away()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    def _clear_away(self) -> None:
        """Lock files of our mirrors that a git left behind when it was killed: nobody else works on them now."""
        for left in self._mirrors.glob("*.lock"):
            with suppress(OSError):  # it went away by itself
                # The disk's clock set that time, not the one that dates events.
                if time.time() - left.stat().st_mtime > LEFT_BEHIND:
                    left.unlink()
