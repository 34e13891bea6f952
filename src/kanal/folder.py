"""The folder of drafts: which files there are, which of them changed, which ids they claim, what rules found in them.

Reading 10,000 YAML files takes seconds, so what was read is cached (`kanal.folder_cache`), keyed by name, size and
time of change. It must not know channels, rules or the ledger: who looks at drafts is handed in.
"""

import time
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple, Protocol

from kanal import __version__
from kanal.draft_files import Files, FileStat, Listing
from kanal.drafts import DraftSetting, read_written, to_draft
from kanal.folder_cache import RACY_NANOSECONDS, Kept, load, save
from kanal.folder_entries import Entry, Folder, facts_of, time_of
from kanal.folder_table import AFTER, Row, Table
from kanal.media.gallery import Gallery, Seen
from kanal.message import NOTHING
from kanal.model import Draft, Finding
from kanal.stored_findings import finding_out

__all__ = [
    "DRAFTS",
    "Entry",
    "Folder",
    "Inspection",
    "Read",
    "Reader",
    "Work",
    "in_turn",
    "read_batch",
    "scan",
    "time_of",
]


DRAFTS = "drafts.cache"
"""The name of the file in which is kept what was read."""
BATCH = 25
"""Files that are read, and looked at, together: that is faster than one after the other, and more do not gain."""


class Inspection(NamedTuple):
    """Who looks at drafts that changed and at their files' text, and what the findings depend on.

    `stamp` names everything but the draft and its files (policy, registers); findings about a draft that may still go
    out hold for `day` only. `gallery` is what `look` asks about media files. `only` leaves out all other files.
    """

    look: Callable[[Sequence[tuple[Draft, str]]], Sequence[list[Finding]]]
    depends_on: Callable[[Draft], Iterable[Path]]
    gallery: Gallery
    stamp: str
    day: str
    only: frozenset[str] | None = None

    def wants(self, file: str) -> bool:
        """Whether the rules are to look at it."""
        return self.only is None or file in self.only


class Read(NamedTuple):
    """What came of reading one file: a row for the cache, or mistakes; and what was found out about its media.

    With `unseen` nothing came of it yet: these media files must be looked into first.
    """

    file: str
    stat: FileStat
    row: Row | None
    mistakes: list[Finding]
    media: Mapping[str, Seen] = NOTHING
    unseen: tuple[str, ...] = ()


class Reader(Protocol):
    """Reads some files; without `look`, it looks into no media file that nobody has looked into before."""

    def __call__(self, batch: "Work", *, look: bool = True) -> list[Read]:
        """What came of each."""
        ...


Work = Sequence[tuple[str, FileStat]]
ReadAll = Callable[[Work, Reader], Iterable[Read]]


def scan(
    root: Path,
    setting: DraftSetting,
    cache: Path | None,
    inspection: Inspection | None = None,
    read_all: ReadAll | None = None,
) -> Folder:
    """Read every `*.yaml` and `*.yml` below `setting.posts`; `root` is what file names are relative to.

    `cache` is a file, made when missing, ignored when unusable; None does without. `read_all` may read many files in
    another way than one after the other; it gets the files and how to read one.
    """
    form = f"{__version__}/7/{setting.zone.key}/{setting.language}"
    stamp = inspection.stamp if inspection else None
    kept = load(cache, form, stamp) if cache else Kept(Table())
    gallery = inspection.gallery if inspection else Gallery()
    gallery.remember(kept.media)
    listing = Listing(root, setting.posts)
    count_changed = len(listing.names) != len(kept.table.names)
    table = kept.table.of_names(listing.names)
    fresh = _fresh(table, listing, inspection)
    read = (read_all or in_turn)(Files(listing, fresh), partial(read_batch, setting, inspection))
    mistakes: list[Finding] = []
    table = _with_news(table, fresh, read, gallery, mistakes)
    if gallery.changed:
        _doubt_those_with(gallery.changed, table, {listing.names[index] for index in fresh})
    settled = time.time_ns() - RACY_NANOSECONDS
    has_news = any(listing.mtimes[index] < settled for index in fresh) or count_changed
    if cache and (has_news or gallery.has_news):
        save(cache, form, Kept(table, gallery.known, kept.stamp))
    return Folder(table, listing, setting, mistakes, inspection.wants if inspection else lambda _: False)


def in_turn(work: Work, read: Reader) -> Iterator[Read]:
    """What reading gives for each file, batch after batch."""
    for start in range(0, len(work), BATCH):
        yield from read(work[start : start + BATCH])


def read_batch(setting: DraftSetting, inspection: Inspection | None, batch: Work, *, look: bool = True) -> list[Read]:
    """Read drafts, and look at those that the inspection wants; `look` as in `Reader`."""
    reads: list[Read] = []
    drafts: list[tuple[int, Draft, str]] = []
    for file, stat in batch:
        written, mistakes = read_written(stat.path, file, setting)
        if written is None:
            reads.append(Read(file, stat, None, mistakes))
            continue
        draft = to_draft(written, file, setting)
        if inspection and inspection.wants(file):
            unseen = () if look else tuple(inspection.gallery.unseen(inspection.depends_on(draft)))
            if unseen:
                reads.append(Read(file, stat, None, [], unseen=unseen))
                continue
            drafts.append((len(reads), draft, written.text))
        reads.append(Read(file, stat, Row(stat.mtime, stat.size, facts_of(draft)), mistakes))
    if inspection:
        found = inspection.look([(draft, text) for _, draft, text in drafts])
        for (index, draft, _), findings in zip(drafts, found, strict=True):
            reads[index] = _looked_at(reads[index], draft, findings, inspection)
    return reads


def _looked_at(read: Read, draft: Draft, findings: Iterable[Finding], inspection: Inspection) -> Read:
    needs = tuple(inspection.depends_on(draft))
    latest = max((f"{at.date()}" for at in (draft.publish_at, draft.embargo) if at), default=inspection.day)
    row = read.row and read.row._replace(
        findings=tuple(map(finding_out, findings)),
        day=f"{AFTER}{latest}" if latest < inspection.day else inspection.day,
        needs=tuple(map(str, needs)),
    )
    return read._replace(row=row, media=inspection.gallery.seen(needs))


def _fresh(table: Table, listing: Listing, inspection: Inspection | None) -> "array[int]":
    """Which files must be read: those that changed, and those that the rules must look at again."""
    fresh = set(table.changed(listing.mtimes, listing.sizes))
    if inspection:
        others = table.not_holding_on(inspection.day)
        without = table.with_other_needs(inspection.gallery.is_as_before, inspection.only)
        fresh.update(index for index in chain(others, without) if inspection.wants(table.names[index]))
    return array("q", sorted(fresh))


def _with_news(
    table: Table, fresh: Iterable[int], read: Iterable[Read], gallery: Gallery, mistakes: list[Finding]
) -> Table:
    """The rows of all files that can be read. What was read is noted as it comes, so that nothing else is kept."""
    unreadable = set()
    for index, one in zip(fresh, read, strict=True):
        gallery.learn(one.media)
        mistakes += one.mistakes
        if one.row:
            table.put(index, one.row)
        else:
            unreadable.add(index)
    return table.without(unreadable) if unreadable else table


def _doubt_those_with(changed: AbstractSet[str], table: Table, read: Collection[str]) -> None:
    """What rules found in a draft that nobody looked at again does not hold if one of its media files changed."""
    for index, name in enumerate(table.names):
        if name not in read and not changed.isdisjoint(table.needs.get(name, ())):
            table.put(index, table.row(index)._replace(findings=(), day=None, needs=()))
