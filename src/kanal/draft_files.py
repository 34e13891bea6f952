"""Which draft files there are, and when each of them changed. It opens none of them."""

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


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


def draft_files(root: Path, below: Path) -> Iterator[tuple[str, FileStat]]:
    """Every `*.yaml` and `*.yml` below `below`, named from `root`; hidden files and folders do not count."""
    if below.is_dir():
        yield from _files_in(str(below), below.relative_to(root).as_posix())


def _files_in(folder: str, name: str) -> Iterator[tuple[str, FileStat]]:
    # Strings: ten thousand Path objects would take more time and memory than all the rest.
    with os.scandir(folder) as found:
        for item in found:
            if item.name.startswith("."):
                continue
            # macOS stores ä as a + ¨; findings and the ledger should not depend on the machine.
            file = f"{name}/{unicodedata.normalize('NFC', item.name)}"
            if item.is_dir(follow_symlinks=False):
                yield from _files_in(item.path, file)
            elif item.name.lower().endswith((".yaml", ".yml")):
                stat = _stat(item)
                yield file, FileStat(item.path, stat.st_mtime_ns, stat.st_size)


def _stat(item: "os.DirEntry[str]") -> os.stat_result:
    try:
        return item.stat()
    except OSError:  # a link that leads nowhere: reading it will say so
        return item.stat(follow_symlinks=False)


def is_text(name: str) -> bool:
    """Whether a file's name is Unicode at all; POSIX allows any bytes, and JSON takes no others."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
