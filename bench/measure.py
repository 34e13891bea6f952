"""One command, its wall time and its peak memory, as the operating system counts them."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# Asked of the process itself at its end: a parent's own size would leak into what wait4 tells (Linux, vfork).
_PEAK = """
import runpy, sys
arguments = sys.argv[1:]
try:
    if arguments[0] == "-c":
        exec(arguments[1])
    else:
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert not end.code, end.code
with open("/proc/self/status") as status:
    sys.stderr.write(status.read())
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """`seconds` of wall time, and what the command wrote to stdout."""

    seconds: float
    output: str


def once(arguments: Sequence[str], folder: Path) -> Measured:
    """Run Python with `arguments` in `folder`; it must end with 0."""
    started = time.perf_counter()
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=True, env=environ
    )
    return Measured(time.perf_counter() - started, done.stdout)


def best(arguments: Sequence[str], folder: Path, runs: int) -> Measured:
    """The quickest of several runs."""
    return min((once(arguments, folder) for _ in range(runs)), key=lambda measured: measured.seconds)


def peak(arguments: Sequence[str], folder: Path) -> float:
    """Peak resident memory in MiB of a run of its own. Linux only (`VmHWM` in /proc)."""
    command = [sys.executable, "-c", _PEAK, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603
    found = re.search(r"VmHWM:\s+(\d+) kB", done.stderr)
    assert found, done.stderr
    return int(found[1]) / 1024
