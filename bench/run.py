"""Measures what docs/benchmarks.md says: `make bench`, or `python bench/run.py [--write]`.

Everything is measured on this machine in this run, against the practice networks on loopback and beside the checkers
of `make peers`. With `--write` the figures replace docs/benchmarks.md.
"""

import platform
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from archive import archive_of_published_drafts
from channels import side_by_side
from detectors import found_and_missed
from ledgers import many_runners
from startup import start_up

from lint import lint_speed

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Run all benchmarks and show (or write) the report."""
    sections = [_machine()]
    for measure in (found_and_missed, side_by_side, many_runners, start_up, lint_speed, archive_of_published_drafts):
        sys.stderr.write(f"{measure.__name__} ...\n")
        with tempfile.TemporaryDirectory() as folder:
            sections.append(measure(Path(folder)))
    report = "\n".join(sections)
    sys.stdout.write(report)
    if "--write" in sys.argv:
        (ROOT / "docs" / "benchmarks.md").write_text(report, encoding="utf-8", newline="\n")


def _machine() -> str:
    import os

    versions = ", ".join(f"{name} {version(name)}" for name in ("typer", "pydantic", "pyyaml"))
    where = f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
    return f"""# Benchmarks

Measured by `make bench` on {datetime.now(UTC):%Y-%m-%d}, in one run on one machine:
{where}.

Nothing here is estimated; where a target is missed, the figures say so.
"""


if __name__ == "__main__":
    main()
