"""Files in commits, read and written by plumbing: no work tree, an index of our own that is thrown away.

It must not know events.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kanal.errors import LedgerUnwritable
from kanal.ledger.git.commands import Git
from kanal.message import msg


class Stored(NamedTuple):
    """A file in a commit: its path, and the name of its content."""

    path: str
    blob: str


def commit_files(git: Git, parent: str | None, files: Mapping[str, bytes], subject: str) -> str:
    """A new commit that adds `files` to those of `parent` (or replaces them); no branch points to it yet."""
    try:
        with TemporaryDirectory(prefix="kanal-ledger-") as folder:
            place = Path(folder)
            blobs = _blobs(git, list(files.values()), place)
            index = place / "index"
            git.run("read-tree", *([parent] if parent else ["--empty"]), index=index)
            entries = "".join(f"100644 {blob}\t{path}\0" for path, blob in zip(files, blobs, strict=True))
            git.run("update-index", "-z", "--index-info", given=entries.encode(), index=index)
            tree = git.run("write-tree", index=index).decode().strip()
    except OSError as error:
        raise LedgerUnwritable(
            msg("The ledger cannot be written: {reason}.", reason=error.strerror or error),
            msg("Check the disk, then run the command again."),
        ) from error
    parents = ["-p", parent] if parent else []
    return git.run("commit-tree", tree, *parents, given=subject.encode()).decode().strip()


def _blobs(git: Git, contents: list[bytes], place: Path) -> list[str]:
    names = [place / f"{number}" for number in range(len(contents))]
    for name, content in zip(names, contents, strict=True):
        name.write_bytes(content)
    paths = "".join(f"{name.as_posix()}\n" for name in names)
    return git.run("hash-object", "-w", "--no-filters", "--stdin-paths", given=paths.encode()).decode().split()


def files_in(git: Git, revision: str) -> list[Stored]:
    """All files of a commit."""
    rows = git.run("ls-tree", "-r", "-z", "--full-tree", revision).decode("utf-8", "surrogateescape").split("\0")
    found = (row.split("\t", 1) for row in rows if row)
    return [Stored(path, about.split()[2]) for about, path in found]


def added_between(git: Git, old: str, new: str) -> list[Stored] | None:
    """The files that `new` has beyond `old`; None where it changed or removed others, apart from those at the top."""
    out = git.run("diff-tree", "-r", "-z", "--no-renames", old, new).decode("utf-8", "surrogateescape").split("\0")
    found = []
    for about, path in zip(out[::2], out[1::2], strict=False):
        _, _, _, blob, change = about.split()
        if change != "A" and "/" in path:
            return None
        if change != "D":
            found.append(Stored(path, blob))
    return found


def contents(git: Git, files: Iterable[Stored]) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file, in the same order."""
    wanted = list(files)
    out = git.run("cat-file", "--batch", given="".join(f"{file.blob}\n" for file in wanted).encode())
    start = 0
    for file in wanted:
        end = out.index(b"\n", start)
        size = int(out[start:end].rsplit(b" ", 1)[-1])
        yield file.path, out[end + 1 : end + 1 + size]
        start = end + 1 + size + 1
