"""Which draft files there are, and when each of them changed. It opens none of them."""

import os
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, overload

ENDINGS = (".yaml", ".yml")
_OWN_NAME = "\0"
"""Stands between the two spellings of a name: no file's name holds it, and it is sorted before everything else."""


class FileStat(NamedTuple):
    """A file as it was seen: its whole path, and when it changed (nanoseconds)."""

    path: str
    mtime: int
    size: int

    def still_holds(self) -> bool:
        """Whether it has not changed since."""
        try:
            now = Path(self.path).stat()
        except OSError:
            return False
        return (now.st_mtime_ns, now.st_size) == (self.mtime, self.size)


class Listing:
    """Every `*.yaml` and `*.yml` below `below`, sorted by name; hidden files and folders do not count.

    Names are unique, begin at `root`, have forward slashes and lead to the file (`spelling`); `mtimes` are nanoseconds.
    Columns, since ten thousand objects would take more time and memory than all the rest.
    """

    def __init__(self, root: Path, below: Path) -> None:
        self.names: list[str] = []
        self.mtimes = array("q")
        self.sizes = array("q")
        self._root = str(root)
        if below.is_dir():
            self._add(str(below), below.relative_to(root).as_posix())

    def stat(self, index: int) -> FileStat:
        """The file of that index."""
        return FileStat(f"{self._root}/{self.names[index]}", self.mtimes[index], self.sizes[index])

    def _add(self, folder: str, name: str) -> None:
        with _entries(folder) as found:
            entries = {_sort_key(entry): entry for entry in found if entry.name[0] != "."}
            for key in sorted(entries):
                called = key.partition(_OWN_NAME)[0]
                if called[-5:] == ".yaml" or called.lower().endswith(ENDINGS):
                    entry = entries[key]
                    stat = _stat(entry, folder)
                    self.names.append(f"{name}/{called if key == called else spelling(folder, entry.name)}")
                    self.mtimes.append(stat.st_mtime_ns)
                    self.sizes.append(stat.st_size)
                elif called.endswith("/"):
                    inner = spelling(folder, entries[key].name)
                    self._add(f"{folder}/{inner}", f"{name}/{inner}")


class Files(Sequence[tuple[str, FileStat]]):
    """Some files of a listing, by index: names with what is known about them, made when they are asked for."""

    def __init__(self, listing: Listing, indexes: Sequence[int]) -> None:
        self._listing = listing
        self._indexes = indexes

    @overload
    def __getitem__(self, wanted: int) -> tuple[str, FileStat]: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[tuple[str, FileStat]]: ...

    def __getitem__(self, wanted: int | slice) -> tuple[str, FileStat] | list[tuple[str, FileStat]]:
        """One of them, or the list of several."""
        if isinstance(wanted, slice):
            return [self._file(index) for index in self._indexes[wanted]]
        return self._file(self._indexes[wanted])

    def __len__(self) -> int:
        """How many there are."""
        return len(self._indexes)

    def _file(self, index: int) -> tuple[str, FileStat]:
        return self._listing.names[index], self._listing.stat(index)


def spelling(folder: Path | str, name: str) -> str:
    """How a file below `folder` is called: with composed letters (NFC) where those lead to it as well, else as it is.

    macOS takes both spellings for one file and git writes composed letters there (`core.precomposeUnicode`), so that
    findings and the ledger do not depend on the machine. On Linux they are two files, and each has its own name.
    """
    composed = unicodedata.normalize("NFC", name)
    if composed == name:
        return name
    try:
        return composed if Path(folder, composed).samefile(Path(folder, name)) else name
    except OSError:
        return name


@contextmanager
def _entries(folder: str) -> Iterator[Iterator["os.DirEntry[str]"]]:
    """What lies in a folder. Where it can be opened, the system need not look for each of its files from the root."""
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as found:
            yield found
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        with os.scandir(opened) as found:
            yield found
    finally:
        os.close(opened)


def _sort_key(entry: "os.DirEntry[str]") -> str:
    """A folder is sorted by what its files are called; two spellings of a name by their bytes."""
    name = entry.name
    folder = "/" if entry.is_dir(follow_symlinks=False) else ""
    if name.isascii():
        return name + folder
    return f"{unicodedata.normalize('NFC', name)}{folder}{_OWN_NAME}{name}"


def _stat(entry: "os.DirEntry[str]", folder: str) -> os.stat_result:
    try:
        return entry.stat()
    except OSError:
        try:
            return entry.stat(follow_symlinks=False)  # a link that leads nowhere: reading it will say so
        except OSError as error:  # an entry of an open folder does not know where that lies
            raise OSError(error.errno, error.strerror, f"{folder}/{entry.name}") from error
