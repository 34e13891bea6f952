"""Measures what docs/benchmarks.md says: `make bench`, or `python bench/run.py [--write]`, or a section by its name.

Everything is measured on this machine in this run, against the practice networks on loopback and beside the checkers
of `make peers`. With `--write` the figures replace docs/benchmarks.md, or of it the sections that are named.
"""

import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from archive import archive_of_published_drafts
from channels import side_by_side
from detectors import found_and_missed
from films import large_videos
from ledgers import many_runners
from startup import start_up
from threads import thread_of_ten

from lint import lint_speed

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"


def main() -> None:
    """Run all benchmarks and show (or write) the report."""
    names = [name for name in sys.argv[1:] if name != "--write"]
    sections = []
    for measure in _asked_for(names):
        sys.stderr.write(f"{measure.__name__} ...\n")
        with tempfile.TemporaryDirectory() as folder:
            sections.append(measure(Path(folder)))
    report = "\n".join([_machine(), *sections])
    sys.stdout.write(report)
    if "--write" in sys.argv:
        if names:
            report = PAGE.read_text(encoding="utf-8")
            for section in sections:
                report = _with(report, section)
        PAGE.write_text(report, encoding="utf-8", newline="\n")


def _with(page: str, section: str) -> str:
    """The page with the section in place of the one of the same heading, or at its end; and the day of measuring."""
    heading, _, rest = section.strip("\n").partition("\n")
    written = f"{heading}\n\nMeasured apart from the rest, on {datetime.now(UTC):%Y-%m-%d}.\n{rest}\n"
    begin = page.find(f"{heading}\n")
    if begin < 0:
        return f"{page.rstrip()}\n\n\n{written}"
    end = page.find("\n## ", begin)
    return page[:begin] + written + (f"\n{page[end:]}" if end >= 0 else "")


def _asked_for(names: list[str]) -> list[Callable[[Path], str]]:
    """All measures, or those that are named: `make bench ARGS=many_runners`."""
    every = (
        *(found_and_missed, side_by_side, thread_of_ten, large_videos, many_runners),
        *(start_up, lint_speed, archive_of_published_drafts),
    )
    known = {measure.__name__: measure for measure in every}
    if unknown := [name for name in names if name not in known]:
        sys.exit(f"There is no section {', '.join(unknown)}. Known: {', '.join(known)}.")
    return [known[name] for name in names] or list(every)


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
