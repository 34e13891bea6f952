"""How long the two commands take that people and hooks call most, as multiples of an interpreter that does nothing."""

from pathlib import Path

from measure import best, peak
from office import make_office

RUNS = 15


def start_up(folder: Path) -> str:
    """The report's section."""
    make_office(folder, 1)
    draft = "posts/00/meldung-00000.yaml"
    kanal = ["-m", "kanal"]
    commands = {
        "`python -c pass`": ["-c", "pass"],
        '`python -c "import typer, pydantic, yaml"`': ["-c", "import typer, pydantic, yaml"],
        "`kanal --version`": [*kanal, "--version"],
        "`kanal --help`": [*kanal, "--help"],
        "`kanal lint one.yaml`": [*kanal, "lint", draft],
    }
    seconds = {name: best(command, folder, RUNS).seconds for name, command in commands.items()}
    nothing, imports, *_ = seconds.values()
    rows = "\n".join(
        f"| {name} | {seconds[name] * 1000:.0f} ms | {seconds[name] / nothing:.1f} × "
        f"| {seconds[name] / imports:.2f} × | {peak(command, folder):.0f} MiB |"
        for name, command in commands.items()
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
