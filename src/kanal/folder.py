"""The folder of drafts: which files there are, which of them changed, and which ids they claim.

Reading 10,000 YAML files takes seconds, so what was read is kept in `.kanal/cache`, keyed by name, size and time of
change. The cache may be deleted at any time. It must not know channels, rules or the ledger.
"""

import os
import sqlite3
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from kanal import __version__
from kanal.drafts import DraftSetting, from_json, read_draft, to_json
from kanal.message import msg
from kanal.model import Draft, Finding, Place, Severity

RACY_NANOSECONDS = 2_000_000_000
"""A file younger than this when it was read may change again without showing it (git's "racy clean" problem)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One readable draft file, perhaps not parsed yet."""

    file: str
    id: str
    channels: tuple[str, ...]
    _body: str
    _setting: DraftSetting

    def load(self) -> Draft:
        """The draft itself."""
        return from_json(self._body, self.file, self._setting)


@dataclass(frozen=True, slots=True)
class Folder:
    """All drafts, sorted by file name, and the mistakes of those that cannot be read."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Stat:
    path: Path
    file: str
    mtime: int
    size: int


def scan(root: Path, setting: DraftSetting, cache: Path | None) -> Folder:
    """Read every `*.yaml` and `*.yml` below `setting.posts`; `root` is what file names are relative to.

    `cache` is an SQLite file, made when missing, ignored when unusable; None does without.
    """
    with _Cache(cache, setting) as known:
        entries: list[Entry] = []
        findings: list[Finding] = []
        for stat in sorted(_files(root, setting.posts), key=lambda found: found.file):
            entry = known.get(stat)
            if entry is None:
                draft, problems = read_draft(stat.path, stat.file, setting)
                findings.extend(problems)
                if draft is None:
                    continue
                entry = known.put(stat, draft)
            entries.append(entry)
    return Folder(tuple(entries), (*findings, *_ids_twice(entries)))


def _files(root: Path, below: Path) -> Iterator[_Stat]:
    if not below.is_dir():
        return
    with os.scandir(below) as found:
        for item in found:
            if item.name.startswith("."):
                continue
            if item.is_dir(follow_symlinks=False):
                yield from _files(root, below / item.name)
            elif item.name.lower().endswith((".yaml", ".yml")):
                stat = _stat(item)
                path = below / item.name
                # macOS stores ä as a + ¨; findings and the ledger should not depend on the machine.
                name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
                yield _Stat(path, name, stat.st_mtime_ns, stat.st_size)


def _stat(item: "os.DirEntry[str]") -> os.stat_result:
    try:
        return item.stat()
    except OSError:  # a link that leads nowhere: reading it will say so
        return item.stat(follow_symlinks=False)


def _ids_twice(entries: list[Entry]) -> Iterator[Finding]:
    first: dict[str, Entry] = {}
    for entry in entries:
        earlier = first.setdefault(entry.id, entry)
        if earlier is not entry:
            yield Finding(
                "format/unique-id",
                Severity.ERROR,
                entry.file,
                entry.load().places.get("id", Place(1, 1)),
                "id",
                msg(
                    "The id “{id}” belongs to {file} already. Give this draft another one.",
                    id=entry.id,
                    file=earlier.file,
                ),
            )


class _Cache:
    """What was read before. Every failure of the cache itself means: read the file again."""

    def __init__(self, path: Path | None, setting: DraftSetting) -> None:
        self._setting = setting
        self._form = f"{__version__}/1/{setting.zone.key}/{setting.language}"
        self._db = _open(path) if path else None
        self._known: dict[str, tuple[int, int, str, str, str]] = {}
        self._new: list[tuple[str, int, int, str, str, str, str]] = []

    def __enter__(self) -> Self:
        if self._db:
            try:
                rows = self._db.execute(
                    "SELECT file, mtime, size, id, channels, body FROM draft WHERE form = ?", (self._form,)
                )
                self._known = {row[0]: row[1:] for row in rows}
            except sqlite3.Error:
                self._known = {}  # damaged, or another version's: read the files
        return self

    def __exit__(self, *_: object) -> None:
        if self._db is None:
            return
        try:
            with self._db:
                self._db.executemany("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?, ?, ?)", self._new)
        except sqlite3.Error:
            self._new.clear()  # a full disk or another process: the next run reads the files again
        finally:
            self._db.close()

    def get(self, stat: _Stat) -> Entry | None:
        row = self._known.get(stat.file)
        if row is None or row[:2] != (stat.mtime, stat.size):
            return None
        return Entry(stat.file, row[2], tuple(row[3].split("\n")), row[4], self._setting)

    def put(self, stat: _Stat, draft: Draft) -> Entry:
        body = to_json(draft, self._setting)
        if time.time_ns() - stat.mtime > RACY_NANOSECONDS and _is_text(stat.file):
            channels = "\n".join(draft.channels)
            self._new.append((stat.file, stat.mtime, stat.size, draft.id, channels, body, self._form))
        return Entry(stat.file, draft.id, draft.channels, body, self._setting)


def _is_text(name: str) -> bool:
    """Whether a file's name is Unicode at all; POSIX allows any bytes, and SQLite takes no others."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _open(path: Path) -> sqlite3.Connection | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=1.0)
    except (OSError, sqlite3.Error):
        return None
    try:
        db.execute(
            "CREATE TABLE IF NOT EXISTS draft (file TEXT PRIMARY KEY, mtime INTEGER, size INTEGER,"
            " id TEXT, channels TEXT, body TEXT, form TEXT)"
        )
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")
    except sqlite3.Error:
        db.close()
        return None
    return db
