"""What was imported before, in a file beside the drafts that goes with them into git, so that colleagues know too.

One line of JSON an entry, added at the end: two people who import the same day can merge that. An entry whose draft was
deleted does not come again.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from kanal.errors import ConfigError
from kanal.feeds.drafting import MARK
from kanal.feeds.entry import Entry
from kanal.message import msg

FILE_NAME = "imported.jsonl"
DRAFT_HEAD = 4000
"""Characters at the beginning of a draft in which the feed's name for it stands."""


class Memory:
    """What is known of earlier imports into one folder. Raises `ConfigError` for lines that it did not write."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._known: dict[str, str] = dict(_read(self._file))
        self._drafts = dict(_drafts_in(folder))

    def knows(self, entry: Entry) -> bool:
        """Whether the entry was imported before."""
        return entry.name in self._known or entry.name in self._drafts

    def has_changed(self, entry: Entry) -> bool:
        """Whether the feed says something else about it than when it was imported."""
        return self._known.get(entry.name, _digest(entry)) != _digest(entry)

    def remember(self, entry: Entry, draft: str, now: datetime) -> None:
        """Keep that it was imported, as `draft`."""
        line = json.dumps(
            {
                "name": entry.name,
                "link": entry.link,
                "published": entry.published.isoformat() if entry.published else None,
                "imported": now.isoformat(timespec="seconds"),
                "draft": draft,
                "digest": _digest(entry),
            },
            ensure_ascii=False,
        )
        with self._file.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
        self._known[entry.name] = _digest(entry)


def _read(path: Path) -> Mapping[str, str]:
    if not path.exists():
        return {}
    known: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if line.strip():
            try:
                entry = json.loads(line)
                known[entry["name"]] = entry["digest"]
            except (ValueError, TypeError, KeyError) as error:
                raise ConfigError(
                    msg("{file}:{line}:1: this line is not what kanal wrote.", file=str(path), line=number),
                    msg("Take it out; after a merge conflict, keep the lines of both sides."),
                ) from error
    return known


def _drafts_in(folder: Path) -> Mapping[str, str]:
    """Drafts that were written by an import that was interrupted before it could keep that."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            head = file.read(DRAFT_HEAD)
        for line in head.splitlines():
            if line.startswith(MARK):
                found[line.removeprefix(MARK)] = path.name
    return found


def _digest(entry: Entry) -> str:
    return hashlib.sha256(f"{entry.title}\0{entry.text}\0{entry.link}".encode(errors="replace")).hexdigest()
