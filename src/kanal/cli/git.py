"""The few things kanal asks of git beyond reading: commit one file alone, push it, and tell when a file changed.

With the user's own identity and settings, and without touching what else is staged or changed. It must not know what
the file is about.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from kanal.calling_git import Done, Manner
from kanal.errors import ConfigError
from kanal.message import msg

_AS_THE_PERSON = Manner(variables={"LANGUAGE": "en"})
"""Who pushes at a terminal may be asked for a password."""

_NO_IDENTITY = "Please tell me who you are"
"""What git says (builtin/commit.c, ident.c) to somebody whose name it does not know."""


def is_work_tree(root: Path) -> bool:
    """Whether there is git, and `root` lies in a work tree."""
    return _git(root, "rev-parse", "--is-inside-work-tree").text.strip() == "true"


def user(root: Path) -> str:
    """The name under which this person commits, or ""."""
    return _git(root, "config", "user.name").text.strip()


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
    return _git(root, "remote").text.split()


def push(root: Path) -> int:
    """Push the branch to where it belongs; how many commits went along besides the last. Raises `ConfigError`."""
    branch = _git(root, "symbolic-ref", "--quiet", "--short", "HEAD").text.strip()
    if not branch:
        raise ConfigError(
            msg("It is committed, but no branch is checked out, so nothing can be pushed."),
            msg("Check out the branch from which CI publishes, and run the command again there."),
        )
    configured = _git(root, "config", f"branch.{branch}.remote").text.strip()
    known = remotes(root)
    remote = configured or ("origin" if "origin" in known else known[0])
    ahead = _git(root, "rev-list", "--count", "HEAD", f"^refs/remotes/{remote}/{branch}").text.strip()
    done = _git(root, "push", "--quiet", remote, f"HEAD:refs/heads/{branch}")
    if done.code:
        raise ConfigError(
            msg("It is committed here, but could not be pushed: {reason}.", reason=_complaint(done)),
            msg("CI does not know of it yet. Then: git pull --rebase, and git push"),
        )
    return max(int(ahead or 1) - 1, 0)


def last_change(root: Path, file: str) -> datetime | None:
    """When the file was last changed: by its commits, else by the disk. UTC; None where it is gone."""
    told = _git(root, "log", "-1", "--format=%cI", "--", file).text.strip()
    try:
        if told:
            return datetime.fromisoformat(told).astimezone(UTC)
        return datetime.fromtimestamp((root / file).stat().st_mtime, UTC)
    except (OSError, ValueError):
        return None


def _must(root: Path, arguments: Sequence[str]) -> None:
    done = _git(root, *arguments)
    if done.code:
        advice = msg(
            "On this computer it counts all the same. Commit {file} yourself, and push it.", file=arguments[-1]
        )
        if _NO_IDENTITY in done.words:
            advice = msg(
                "On this computer it counts all the same. Tell git who you are (git config user.name “…”, git config"
                " user.email …), then: git add {file}, git commit, git push",
                file=arguments[-1],
            )
        raise ConfigError(msg("It is written, but git does not commit it: {reason}.", reason=_complaint(done)), advice)


def _complaint(done: Done) -> str:
    """The line in which git says what is wrong."""
    lines = [line.strip() for line in (done.words or done.text).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith("hint:")] or ["?"]
    plain = [line for line in lines if line.startswith(("fatal:", "!"))] or lines[-1:]
    return plain[0].removeprefix("fatal:").removeprefix("!").strip().rstrip(".")


def _git(root: Path, *arguments: str) -> Done:
    try:
        return _AS_THE_PERSON.call(root, *arguments)
    except OSError:  # there is no git
        return Done(127, b"", b"git cannot be started")
