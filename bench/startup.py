"""How long the two commands take that people and hooks call most, as multiples of an interpreter that does nothing."""

import subprocess
import sys
import time
from pathlib import Path

from office import make_office

RUNS = 15


def start_up(folder: Path) -> str:
    """The report's section."""
    make_office(folder, 1)
    draft = "posts/00/meldung-00000.yaml"
    kanal = [sys.executable, "-m", "kanal"]
    nothing = _best([sys.executable, "-c", "pass"], folder)
    imports = _best([sys.executable, "-c", "import typer, pydantic, yaml"], folder)
    measured = {
        "`python -c pass`": nothing,
        '`python -c "import typer, pydantic, yaml"`': imports,
        "`kanal --version`": _best([*kanal, "--version"], folder),
        "`kanal --help`": _best([*kanal, "--help"], folder),
        "`kanal lint one.yaml`": _best([*kanal, "lint", draft], folder),
    }
    rows = "\n".join(
        f"| {name} | {seconds * 1000:.0f} ms | {seconds / nothing:.1f} × | {seconds / imports:.2f} × |"
        for name, seconds in measured.items()
    )
    return f"""
## Start-up

`python bench/run.py`: the best of {RUNS} runs each, warm file cache, `one.yaml` being a draft with one picture on four
channels.

| command | time | of `pass` | of the three imports |
|---|---|---|---|
{rows}
"""


def _best(command: list[str], folder: Path) -> float:
    def once() -> float:
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)  # noqa: S603
        return time.perf_counter() - started

    return min(once() for _ in range(RUNS))
