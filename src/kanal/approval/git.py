"""The few ways in which git is asked about history; all of them only read.

Settings of the person who calls must not change what git says, and replaced objects (`git replace`) do not count. It
must not know drafts.
"""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from kanal.calling_git import AS_IT_IS, Manner

_PLAIN = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"}
_READING = Manner(
    ("log.showRoot=true", "log.showSignature=false", "i18n.logOutputEncoding=UTF-8", "diff.relative=false"),
    {**AS_IT_IS.variables, **_PLAIN},
)
_BEGIN = "\x01"


class GitFailed(Exception):
    """git could not be started or ended with an error; the text is its own last line."""


class Older(NamedTuple):
    """Where a file's content stood before a commit."""

    path: str
    blob: str


class Commit(NamedTuple):
    """A commit, and for each file that differs from its first parent what stood there (None: nothing)."""

    id: str
    parents: tuple[str, ...]
    changes: Mapping[str, Older | None]


def ask(root: Path, *arguments: str, told: str = "") -> str:
    """What git says to one question. Raises `GitFailed`."""
    try:
        done = _READING.call(root, *arguments, given=told.encode())
    except OSError as error:
        raise GitFailed(error.strerror or "git") from error
    if done.code:
        lines = done.words.splitlines()
        raise GitFailed(lines[0] if lines else f"git {arguments[0]}: {done.code}")
    return done.text


@contextmanager
def history(root: Path, folder: str) -> Iterator[Iterator[Commit]]:
    """All commits, children first, with what each changed in `folder`; git stops when nobody reads on.

    Needs git 2.31; where it fails, the commits end early.
    """
    arguments = ("log", "--topo-order", "--full-history", "--sparse", "--format=%x01%H %P")
    diff = ("--diff-merges=first-parent", "--raw", "--no-abbrev", "-z", "-M", "--relative", "--no-ext-diff")
    shown = (*diff, "--no-color", "HEAD", "--", folder)
    with _READING.start(root, *arguments, *shown) as running:
        try:
            yield _commits(_pieces(_pipe(running.stdout)))
        finally:
            running.kill()


def _pieces(stream: IO[bytes]) -> Iterator[str]:
    """What stands between the zero bytes."""
    rest = b""
    while block := stream.read(65536):
        *whole, rest = (rest + block).split(b"\0")
        yield from (piece.decode("utf-8", "surrogateescape") for piece in whole)


def _commits(pieces: Iterator[str]) -> Iterator[Commit]:
    name, parents, changes = "", (), {}  # type: tuple[str, tuple[str, ...], dict[str, Older | None]]
    for piece in pieces:
        if piece.startswith(_BEGIN):
            if name:
                yield Commit(name, parents, changes)
            name, *found = piece.removeprefix(_BEGIN).split()
            parents, changes = tuple(found), {}
        elif piece.strip():
            _mode, _new_mode, blob, _new_blob, status = piece.strip().split(" ")
            path = next(pieces)
            now = next(pieces) if status.startswith("R") else path
            changes[now] = None if status.startswith("A") else Older(path, blob)
    if name:
        yield Commit(name, parents, changes)


class Objects:
    """Answers about single objects, from one git that starts with the first question: `COMMIT:./path`, and ids."""

    def __init__(self, root: Path, mode: str) -> None:
        self._root, self._mode = root, mode

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        running = self.__dict__.get("_running")
        if running:
            running.kill()
            running.communicate()

    @cached_property
    def _running(self) -> "subprocess.Popen[bytes]":
        return _READING.start(self._root, "cat-file", self._mode, given=subprocess.PIPE)

    def blob_of(self, name: str) -> str | None:
        """The id of the blob behind a name such as `COMMIT:./path`; None where there is none (`--batch-check`)."""
        found = self._head(name)
        return found[0] if _is_blob(found) else None

    def content_of(self, blob: str) -> bytes:
        """A blob's bytes (`--batch`). Raises `GitFailed` if it is not here."""
        found = self._head(blob)
        if not _is_blob(found):
            raise GitFailed(" ".join(found) or "git cat-file")
        stream = _pipe(self._running.stdout)
        content = stream.read(int(found[2]))
        stream.read(1)
        return content

    def _head(self, name: str) -> list[str]:
        if "\n" in name:
            return []
        asked = _pipe(self._running.stdin)
        asked.write(name.encode("utf-8", "surrogateescape") + b"\n")
        asked.flush()
        return _pipe(self._running.stdout).readline().decode("utf-8", "surrogateescape").split()


def _is_blob(found: list[str]) -> bool:
    """Whether an answer is `id blob size`, not `name missing` with blanks in the name."""
    return len(found) == 3 and found[1] == "blob" and found[2].isdigit()  # noqa: PLR2004 - the three words


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream
