"""Checkers of other people, from `.venv-peers` (`make peers`), and the proof that they look at every file.

crier checks posts as Markdown with front matter, yamllint the form of any YAML; neither looks at pictures.
"""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from rounds import Case, run

ROOT = Path(__file__).parents[1]
# Lines of drafts are as long as paragraphs, and begin without “---”.
YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: {present: %s}}}"


def program(name: str) -> str:
    """Where it is: in the environment that KANAL_PEERS names, or in `.venv-peers`."""
    environment = Path(os.environ.get("KANAL_PEERS") or ROOT / ".venv-peers")
    for place in (environment / "bin" / name, environment / "Scripts" / f"{name}.exe"):
        if place.is_file():
            return str(place)
    raise SystemExit(f"there is no {name}: run make peers")


def crier(folder: Path, names: Sequence[str], *options: str) -> Case:
    """`crier check` on the files `names`, also for the length that Mastodon takes."""
    return Case([program("crier"), "check", "--to", "mastodon", *options, *names], folder)


def yamllint(folder: Path, *, complain: bool = False) -> Case:
    """Run yamllint on all drafts; with `complain`, every file has one fault."""
    settings = YAMLLINT % ("true" if complain else "false")
    return Case([program("yamllint"), "--no-warnings" if not complain else "--strict", "-d", settings, "posts"], folder)


def prove_all_are_read(crier_case: Case, yamllint_case: Case, files: int) -> None:
    """Raises unless each of them says that it looked at that many files."""
    read = json.loads(run(crier_case.command, crier_case.folder).stdout)["summary"]
    assert read == {"files": files, "passed": files, "failed": 0}, read
    complaints = run([*yamllint_case.command, "-f", "parsable"], yamllint_case.folder).stdout
    assert len({line.partition(":")[0] for line in complaints.splitlines()}) == files
