"""git as the people and machines of the quarter call it: by name, and dated by the quarter's clock."""

import os
import subprocess
from datetime import datetime
from pathlib import Path

from tests.four_eyes import people
from tests.ledger.git.clones import SETTINGS


def run_git(folder: Path, *arguments: str, by: str = "Kim Muster", at: datetime | None = None) -> bool:
    """Whether git did it."""
    dates = {f"GIT_{who}_DATE": at.isoformat() for who in ("AUTHOR", "COMMITTER")} if at else {}
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **SETTINGS, **people(by), **dates},
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def must(folder: Path, *arguments: str, by: str = "Kim Muster", at: datetime | None = None) -> None:
    assert run_git(folder, *arguments, by=by, at=at), arguments


def push_all(folder: Path, words: str, by: str, at: datetime) -> None:
    """Commit everything that lies there, and push it."""
    must(folder, "add", "--all")
    must(folder, "commit", "--quiet", "--allow-empty", f"--message={words}", by=by, at=at)
    must(folder, "push", "--quiet", "origin", "HEAD:main")
