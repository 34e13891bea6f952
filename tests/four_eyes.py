"""An office in git with two people in it: one writes, the other approves. Not a test itself."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kanal import rules
from kanal.approval.digest import digest_of
from kanal.approval.writing import approved
from kanal.config import load
from kanal.drafts import read_draft
from kanal.model import Approval
from kanal.platforms import names as platform_names

WRITER, APPROVER = "Kim Muster", "Toni Probe"
DAY = "2026-11-20 10:00"


def alone(folder: Path) -> dict[str, str]:
    """The environment of a git that knows no settings but those of the repository."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": str(folder / "no-gitconfig"), "GIT_CONFIG_NOSYSTEM": "1"}


def people(by: str, author: str | None = None, email: str | None = None) -> dict[str, str]:
    """The environment in which `by` commits what `author` did, with `email` in the place of the usual addresses."""
    found: dict[str, str] = {}
    for part, name in (("AUTHOR", author or by), ("COMMITTER", by)):
        usual = f"{name.lower().replace(' ', '.')}@office.example"
        found |= {f"GIT_{part}_NAME": name, f"GIT_{part}_EMAIL": email or usual}
    return found


@dataclass(frozen=True)
class FourEyes:
    """A repository around an office's folder."""

    root: Path
    environ: Mapping[str, str] = field(default_factory=dict)

    def git(self, *arguments: str, by: str = WRITER, author: str | None = None, email: str | None = None) -> str:
        """Run git as somebody; `author` differs from the committer, `email` from the usual address."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**alone(self.root), **self.environ, **people(by, author, email)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def begin(self) -> "FourEyes":
        """Put the folder under git; nothing is committed yet."""
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "core.autocrlf", "false")
        (self.root / ".gitignore").write_text(".kanal/\n", encoding="utf-8")
        return self

    def commit(self, by: str = WRITER, *, author: str | None = None, email: str | None = None) -> str:
        """Commit everything that lies there; the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=Stand", by=by, author=author, email=email)
        return self.git("rev-parse", "HEAD")

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def approve(self, name: str, by: str = APPROVER, at: str = DAY) -> None:
        """Write an approval with the right digest into a draft, as `kanal approve` does."""
        path = self.root / name
        path.write_bytes(with_digest(self.root, name, by, at))


def with_digest(root: Path, name: str, by: str = APPROVER, at: str = DAY) -> bytes:
    """A draft's file with an approval of what it says."""
    project = load(root, platform_names(), rules)
    draft, mistakes = read_draft(root / name, name, project.setting)
    assert draft is not None, mistakes
    moment = datetime.fromisoformat(at).replace(tzinfo=project.office.zone)
    approval = Approval(by, moment, digest_of(draft, project.posts))
    return approved((root / name).read_bytes(), approval, project.setting)
