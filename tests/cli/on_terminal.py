"""kanal as a process on a terminal of its own: what a person sees, and what kanal reads of what they type."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Self

import pytest

from tests.cli.calls import command, surroundings


def needs_terminal() -> None:
    """Windows has terminals, but none that a program can make with the standard library (ConPTY needs C calls)."""
    if sys.platform == "win32":
        pytest.skip("No pseudo-terminals in the standard library on Windows")


class OnTerminal:
    """One running kanal. Use it as a context."""

    def __init__(
        self, root: Path, *arguments: str, environ: Mapping[str, str] | None = None, out: Path | None = None
    ) -> None:
        """`out` is a file for stdout, as in `kanal … > file`; stdin and stderr stay on the terminal."""
        import pty

        self._ours, theirs = pty.openpty()
        env = surroundings(COLUMNS="80", LINES="24", TERM="xterm-256color", **(environ or {}))
        if "NO_COLOR" not in (environ or {}):
            env.pop("NO_COLOR", None)
        with out.open("wb") if out else nullcontext(theirs) as stdout:
            self._process = subprocess.Popen(
                command(*arguments),
                cwd=root,
                env=env,
                stdin=theirs,
                stdout=stdout,
                stderr=theirs,
                start_new_session=True,
            )
        os.close(theirs)
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def read_until(self, words: str, seconds: float = 30) -> None:
        """Read until `words` appear, or fail."""
        deadline = time.monotonic() + seconds
        while words not in self.seen:
            assert time.monotonic() < deadline, self.seen
            assert self._read(), self.seen

    def type(self, keys: str) -> None:
        """Press keys: `\\n` is Enter, `\\x04` Ctrl-D."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        return self._process.wait(30)

    def _read(self) -> bool:
        with suppress(OSError):  # EIO: nobody holds the other side any more
            found = os.read(self._ours, 65536)
            self.seen += found.decode("utf-8", "replace").replace("\r\n", "\n")
            return bool(found)
        return False
