"""A server's bare repository and clones of it, as an office and its CI jobs have them; real git, nobody's settings."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kanal.ledger.git.store import GitPlace

SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
PERSON = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Erika Muster"), ("EMAIL", "erika@landkreis.example"))
}


def git(folder: Path, *arguments: str, code: int = 0, given: str = "") -> str:
    """What git wrote, called as a person would."""
    done = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **SETTINGS, **PERSON},
        input=given,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def fingerprint(clone: Path) -> tuple[str, ...]:
    """All that belongs to the person whose clone it is: branches, what is staged, files, settings."""
    refs = git(clone, "for-each-ref", "refs/heads", "refs/tags", "refs/remotes", "--format=%(refname) %(objectname)")
    refs = "".join(row for row in refs.splitlines() if "/kanal/" not in row)  # what a fetch would show anyway
    head = (clone / ".git" / "HEAD").read_text(encoding="utf-8")
    config = (clone / ".git" / "config").read_text(encoding="utf-8")
    index = clone / ".git" / "index"
    staged = index.read_bytes().hex() if index.exists() else ""
    files = "".join(sorted(str(path.relative_to(clone)) for path in clone.rglob("*") if ".git" not in path.parts))
    return refs, head, config, staged, files, git(clone, "status", "--porcelain")


@dataclass(frozen=True)
class Office:
    """A server and its clones, in one folder."""

    folder: Path

    @property
    def server(self) -> Path:
        return self.folder / "server größe.git"

    def clone(self, name: str, *options: str) -> Path:
        clone = self.folder / name
        git(self.folder, "clone", "--quiet", *options, self.server.as_uri(), str(clone))
        return clone

    def place(self, name: str, cache: str | None = None) -> GitPlace:
        """A ledger's place in a clone, which is made when it is missing."""
        clone = self.folder / name
        if not clone.exists():
            self.clone(name)
        return GitPlace(clone, "origin", self.folder / cache if cache else None)

    def branch(self, name: str = "ledger") -> str:
        """The commit of the branch on the server."""
        return git(self.server, "rev-parse", f"refs/heads/kanal/{name}").strip()


def made(folder: Path, *, empty: bool = False) -> Office:
    """A server with one commit on `main`, unless it is to be empty."""
    office = Office(folder)
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(office.server))
    if not empty:
        work = office.clone("beginning")
        (work / "posts").mkdir()
        (work / "posts" / "größe.yaml").write_text("id: groesse\n", encoding="utf-8")
        git(work, "add", "--all")
        git(work, "commit", "--quiet", "--message=Anfang")
        git(work, "push", "--quiet", "origin", "HEAD:main")
    return office


MakeOffice = Callable[..., Office]


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
