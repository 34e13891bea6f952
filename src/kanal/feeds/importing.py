"""An import from beginning to end: which entries become drafts, and which do not.

It must not know how a feed was fetched, nor how the outcome is shown.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from kanal.drafting.schema_files import keep_schema, schema_line
from kanal.feeds.drafting import LONGEST_ID, Words, draft_of, id_of
from kanal.feeds.entry import Entry, Feed
from kanal.feeds.remembering import Memory
from kanal.limits import Limits


class Fate(StrEnum):
    """What became of an entry."""

    WRITTEN = "written"
    SEEN = "seen"
    CHANGED = "changed"
    """It was imported before, and the feed says something else since."""
    OLDER = "older"


class Imported(NamedTuple):
    """One entry and what became of it; `file` is the draft's name within the folder."""

    entry: Entry
    fate: Fate
    file: str | None = None


class Order(NamedTuple):
    """What is wanted: drafts on `channels` of entries not published before `since`, in `folder`, below `root`.

    `taken` are ids that other drafts have. `dry`: only tell. All times are aware; `now` is in the office's zone.
    """

    root: Path
    folder: Path
    channels: Sequence[str]
    limits: Sequence[Limits]
    since: datetime
    now: datetime
    taken: Container[str]
    words: Callable[[Entry], Words]
    dry: bool = False


def bring_in(feed: Feed, order: Order) -> Iterator[Imported]:
    """Write a draft for each entry that is new. The oldest comes first, as it will be read."""
    memory = Memory(order.folder)
    written: set[str] = set()
    for entry in sorted(feed.entries, key=lambda one: (one.published or order.now, one.name)):
        if memory.knows(entry):
            yield Imported(entry, Fate.CHANGED if memory.has_changed(entry) else Fate.SEEN)
        elif entry.published and entry.published < order.since:
            yield Imported(entry, Fate.OLDER)
        else:
            name = _free_name(entry, order, written)
            written.add(name)
            if not order.dry:
                _write(entry, name, order)
                memory.remember(entry, name, order.now)
            yield Imported(entry, Fate.WRITTEN, f"{name}.yaml")


def _free_name(entry: Entry, order: Order, written: Container[str]) -> str:
    assert order.now.tzinfo
    wanted = name = id_of(entry, order.now.tzinfo)
    number = 1
    while name in order.taken or name in written or (order.folder / f"{name}.yaml").exists():
        number += 1
        name = f"{wanted[: LONGEST_ID - len(str(number)) - 1]}-{number}"
    return name


def _write(entry: Entry, name: str, order: Order) -> None:
    path = order.folder / f"{name}.yaml"
    text = draft_of(entry, name, order.channels, order.limits, order.words(entry))
    text = schema_line(order.root, path, "draft") + text
    order.folder.mkdir(parents=True, exist_ok=True)
    keep_schema(order.root, "draft")
    # Written whole or not at all; and never over a file that came up since.
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise
