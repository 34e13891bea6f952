"""Several commands, measured side by side: one after the other in every round, and every second round backwards.

So what the machine does besides hits all of them alike. It must not know what the commands are.
"""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


def _nothing() -> None:
    """The preparation of a command that needs none."""


@dataclass(frozen=True, slots=True)
class Case:
    """A command, the folder in which it runs, and what is done before each run without being measured."""

    command: Sequence[str]
    folder: Path
    before: Callable[[], None] = _nothing


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of wall time."""

    best: float
    median: float


def rounds(cases: Mapping[str, Case], runs: int) -> dict[str, Times]:
    """The times of each case. A first round is not counted: it fills the file cache and writes bytecode."""
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(runs + 1):
        for name in list(cases)[:: -1 if number % 2 else 1]:
            taken = _seconds(cases[name])
            if number:
                seconds[name].append(taken)
    return {name: Times(min(taken), statistics.median(taken)) for name, taken in seconds.items()}


def _seconds(case: Case) -> float:
    case.before()
    started = time.perf_counter()
    done = run(case.command, case.folder)
    taken = time.perf_counter() - started
    assert done.returncode == 0, (case.command, done.stdout[-2000:], done.stderr[-2000:])
    return taken


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run in `folder`, without the settings of whoever measures: without bytecode, every start would compile again."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("KANAL_", "GIT_", "CI", "PYTHONDONT"))
    }
    here = {**kept, "HOME": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=here, capture_output=True, encoding="utf-8", check=False)  # noqa: S603
