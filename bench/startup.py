"""How long the two commands take that people and hooks call most, as multiples of an interpreter that does nothing."""

import sys
from pathlib import Path

from measure import best
from office import make_office

RUNS = 15


def start_up(folder: Path) -> str:
    """The report's section."""
    make_office(folder, 1)
    draft = "posts/00/meldung-00000.yaml"
    kanal = [sys.executable, "-m", "kanal"]
    nothing = best([sys.executable, "-c", "pass"], folder, RUNS)
    imports = best([sys.executable, "-c", "import typer, pydantic, yaml"], folder, RUNS)
    measured = {
        "`python -c pass`": nothing,
        '`python -c "import typer, pydantic, yaml"`': imports,
        "`kanal --version`": best([*kanal, "--version"], folder, RUNS),
        "`kanal --help`": best([*kanal, "--help"], folder, RUNS),
        "`kanal lint one.yaml`": best([*kanal, "lint", draft], folder, RUNS),
    }
    rows = "\n".join(
        f"| {name} | {one.seconds * 1000:.0f} ms | {one.seconds / nothing.seconds:.1f} × "
        f"| {one.seconds / imports.seconds:.2f} × | {one.peak:.0f} MiB |"
        for name, one in measured.items()
    )
    return f"""
## Start-up

`python bench/run.py`: the best of {RUNS} runs each, warm file cache, `one.yaml` being a draft with one picture on four
channels. The second line is not what importing them costs in use: pydantic loads most of itself when the first model is
made.

| command | time | of `pass` | of the three imports | peak memory |
|---|---|---|---|---|
{rows}
"""
