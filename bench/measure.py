"""One command, its wall time and its peak memory, as the operating system counts them."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measured:
    """`seconds` of wall time, `peak` resident memory in MiB, and what the command wrote to stdout."""

    seconds: float
    peak: float
    output: str


def once(command: Sequence[str], folder: Path) -> Measured:
    """Run the command in `folder`; it must end with 0. Needs `os.wait4`, which Windows lacks."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout is not None
    with process.stdout as stdout:
        output = stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command} ended with {process.returncode}: {output}"
    return Measured(seconds, usage.ru_maxrss / 1024, output)


def best(command: Sequence[str], folder: Path, runs: int) -> Measured:
    """The quickest of several runs."""
    return min((once(command, folder) for _ in range(runs)), key=lambda measured: measured.seconds)
