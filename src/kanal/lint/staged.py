"""What is about to be committed, as files: git's index, where it differs from the folder that people work in.

It only reads git; it must not know rules.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kanal.calling_git import AS_IT_IS
from kanal.config import STATE, TOLD
from kanal.errors import ConfigError
from kanal.message import msg

FOLDERS = ("config", "posts")


@dataclass(frozen=True, slots=True)
class Staged:
    """The staged state of an office's folder: `root` to read from, and which files the commit changes."""

    root: Path
    changed: tuple[str, ...]
    is_copy: bool


@contextmanager
def staged(root: Path) -> Iterator[Staged]:
    """The folder as it will be committed; a copy of the index, unless the folder already is the same.

    Raises `ConfigError` where there is no git.
    """
    changed = tuple(_names(root, "diff", "--cached", "--name-only", "--diff-filter=ACMRT", "-z", "--relative"))
    differing = [*_names(root, "diff", "--name-only", "-z", "--relative"), *_untracked(root)]
    if not any(name.split("/")[0] in FOLDERS for name in differing):
        yield Staged(root, changed, is_copy=False)
        return
    with TemporaryDirectory(prefix="kanal-staged-") as place:
        copy = Path(place).resolve()
        _git(root, "checkout-index", "--all", "--force", f"--prefix={copy.as_posix()}/")
        inside = copy / root.resolve().relative_to(Path(_git(root, "rev-parse", "--show-toplevel").strip()).resolve())
        _take_along(root, inside)
        yield Staged(inside, changed, is_copy=True)


def _take_along(root: Path, copy: Path) -> None:
    """The numbers that servers told (`kanal doctor`) hold for what is staged as well."""
    told = root / STATE / TOLD
    if told.is_file():
        (copy / STATE).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(told, copy / STATE / TOLD)


def _untracked(root: Path) -> list[str]:
    return _names(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *FOLDERS)


def _names(root: Path, *arguments: str) -> list[str]:
    return [name for name in _git(root, *arguments).split("\0") if name]


def _git(root: Path, *arguments: str) -> str:
    try:
        done = AS_IT_IS.call(root, *arguments)
    except OSError as error:
        raise ConfigError(
            msg("git cannot be started."), msg("Install git, or call kanal lint without --staged.")
        ) from error
    if done.code:
        raise ConfigError(
            msg("git cannot tell what is staged: {reason}.", reason=(done.words.splitlines() or ["?"])[-1]),
            msg("Call kanal lint --staged inside a git repository."),
        )
    return done.text
