"""The few things kanal asks of git beyond reading: commit one file alone, push it, and tell when a file changed.

With the user's own identity and settings, and without touching what else is staged or changed. It must not know what
the file is about.
"""

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from kanal.errors import ConfigError
from kanal.message import msg


class Done(NamedTuple):
    """How a call of git ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


def is_work_tree(root: Path) -> bool:
    """Whether there is git, and `root` lies in a work tree."""
    return _git(root, "rev-parse", "--is-inside-work-tree").out.strip() == "true"


def user(root: Path) -> str:
    """The name under which this person commits, or ""."""
    return _git(root, "config", "user.name").out.strip()


def is_committed(root: Path, file: str) -> bool:
    """Whether the last commit has the file as it lies in the folder; or, like the folder, has none."""
    if not (root / file).exists():
        return _git(root, "cat-file", "-e", f"HEAD:./{file}").code != 0
    known = _git(root, "ls-files", "--error-unmatch", "--", file).code == 0
    return known and _git(root, "diff", "--quiet", "HEAD", "--", file).code == 0


def commit_alone(root: Path, file: str, message: str) -> None:
    """Commit the file as it lies in the folder (or its absence), and nothing else. Raises `ConfigError`.

    Hooks are passed over: they look after drafts, and must not keep an office from holding them.
    """
    if (root / file).exists():
        _must(root, ["add", "--intent-to-add", "--", file])
    _must(root, ["commit", "--quiet", "--no-verify", f"--message={message}", "--only", "--", file])


def remotes(root: Path) -> list[str]:
    """The names of the remotes."""
    return _git(root, "remote").out.split()


def push(root: Path) -> int:
    """Push the branch to where it belongs; how many commits went along besides the last. Raises `ConfigError`."""
    branch = _git(root, "symbolic-ref", "--quiet", "--short", "HEAD").out.strip()
    if not branch:
        raise ConfigError(
            msg("It is committed, but no branch is checked out, so nothing can be pushed."),
            msg("Check out the branch from which CI publishes, and run the command again there."),
        )
    configured = _git(root, "config", f"branch.{branch}.remote").out.strip()
    known = remotes(root)
    remote = configured or ("origin" if "origin" in known else known[0])
    ahead = _git(root, "rev-list", "--count", "HEAD", f"^refs/remotes/{remote}/{branch}").out.strip()
    done = _git(root, "push", "--quiet", remote, f"HEAD:refs/heads/{branch}")
    if done.code:
        raise ConfigError(
            msg("It is committed here, but could not be pushed: {reason}.", reason=_complaint(done)),
            msg("CI does not know of it yet. Then: git pull --rebase, and git push"),
        )
    return max(int(ahead or 1) - 1, 0)


def last_change(root: Path, file: str) -> datetime | None:
    """When the file was last changed: by its commits, else by the disk. UTC; None where it is gone."""
    told = _git(root, "log", "-1", "--format=%cI", "--", file).out.strip()
    try:
        if told:
            return datetime.fromisoformat(told).astimezone(UTC)
        return datetime.fromtimestamp((root / file).stat().st_mtime, UTC)
    except (OSError, ValueError):
        return None


def _must(root: Path, arguments: Sequence[str]) -> None:
    done = _git(root, *arguments)
    if done.code:
        raise ConfigError(
            msg("It is written, but git does not commit it: {reason}.", reason=_complaint(done)),
            msg("On this computer it counts all the same. Commit {file} yourself, and push it.", file=arguments[-1]),
        )


def _complaint(done: Done) -> str:
    """The line in which git says what is wrong."""
    lines = [line.strip() for line in (done.err or done.out).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith("hint:")] or ["?"]
    plain = [line for line in lines if line.startswith(("fatal:", "!"))] or lines[-1:]
    return plain[0].removeprefix("fatal:").removeprefix("!").strip().rstrip(".")


def _git(root: Path, *arguments: str) -> Done:
    try:
        done = subprocess.run(  # noqa: S603 - only this module chooses the arguments
            ["git", *arguments],  # noqa: S607
            cwd=root,
            env={**os.environ, "LANGUAGE": "en"},
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:  # there is no git
        return Done(127, "", "git cannot be started")
    return Done(done.returncode, done.stdout, done.stderr)
