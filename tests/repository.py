"""A git repository that a test makes for itself."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Repository:
    """A repository of its own: no settings of the person who runs the tests, no cache, no network."""

    root: Path
    environ: Mapping[str, str]

    def run(self, *command: str, code: int = 0) -> str:
        """What the command wrote; `code` is how it has to end."""
        done = subprocess.run(
            command, cwd=self.root, env=self.environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        said = done.stdout.decode("utf-8")
        assert done.returncode == code, said
        return said

    def git(self, *arguments: str) -> str:
        return self.run("git", *arguments)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode("utf-8")

    def state(self) -> tuple[str, str, str]:
        """The last commit, what is staged, and what is in the folder."""
        return self.git("rev-parse", "HEAD"), self.git("diff", "--cached"), self.git("status", "--porcelain")

    def begin(self) -> None:
        """Put everything under git, in a first commit."""
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "core.autocrlf", "false")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "--message=Anfang")

    def commit(self, *, code: int) -> str:
        return self.run("git", "commit", "-m", "Ein Entwurf", code=code)
