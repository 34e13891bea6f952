"""The drafts of a folder as everybody else sees them: a line about each, and the draft itself when it is asked for.

It must not know how they were found, nor channels, rules or the ledger.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import datetime
from functools import cached_property, lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from kanal.draft_files import FileStat, Listing
from kanal.draft_references import Refers, references_in, references_of
from kanal.drafts import DraftSetting, read_draft
from kanal.errors import InvalidFiles
from kanal.folder_table import FIELD, ITEM, Table
from kanal.message import msg
from kanal.model import Channel, Draft, DraftType, Finding, Place, Severity
from kanal.stored_findings import finding_in
from kanal.thread_lengths import Follows, parts_on, threads_in, threads_of


class Entry(NamedTuple):
    """One readable draft file: what is needed to know it, without reading it again. Times are ISO 8601, local.

    `threads` is what the draft ("") and its variants say about further parts; `refers` are the drafts that it
    answers or quotes.
    """

    file: str
    id: str
    type: DraftType
    channels: tuple[str, ...]
    publish_at: str | None
    starts_at: str | None
    ends_at: str | None
    approved_at: str | None
    threads: Mapping[str, Follows]
    refers: tuple[Refers, ...]
    stat: FileStat
    setting: DraftSetting

    def parts_on(self, channel: Channel) -> int:
        """How many parts its post has on `channel`, as `kanal.compose` makes them."""
        return parts_on(channel, self.threads)

    def load(self) -> Draft:
        """The draft itself. Raises `InvalidFiles` if the file changed since the folder was read."""
        draft, findings = read_draft(self.stat.path, self.file, self.setting)
        if draft is None or not self.stat.still_holds():
            complaint = msg("The file changed while kanal was reading it. Please run the command again.")
            changed = Finding("format/unreadable", Severity.ERROR, self.file, Place(1, 1), "", complaint)
            raise InvalidFiles(complaint, findings or [changed])
        return draft


class Folder:
    """All readable drafts, sorted by file name, the mistakes of those that cannot be read, and what rules found."""

    def __init__(
        self,
        table: Table,
        listing: Listing,
        setting: DraftSetting,
        mistakes: Iterable[Finding],
        wants: Callable[[str], bool],
    ) -> None:
        self.table = table
        self._listing = listing
        self._setting = setting
        self.findings: tuple[Finding, ...] = (*mistakes, *self._ids_twice())
        self._wants = wants

    @property
    def total(self) -> int:
        """How many draft files there are, those that cannot be read included."""
        return len(self._listing.names)

    @property
    def files(self) -> Sequence[str]:
        """The names of the readable files."""
        return self.table.names

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The drafts."""
        return tuple(self.each())

    def each(self) -> Iterator[Entry]:
        """The drafts, one after the other: ten thousand at once take room."""
        return map(self.entry, range(len(self.files)))

    def approved(self) -> Iterator[Entry]:
        """Those that carry an approval."""
        return (self.entry(index) for index, facts in enumerate(self.table.facts) if facts[-1:] != FIELD)

    def referring(self) -> Iterator[Entry]:
        """Those that answer or quote another one."""
        return (self.entry(index) for index, facts in enumerate(self.table.facts) if refers_in(facts))

    @property
    def inspected(self) -> tuple[Finding, ...]:
        """What the rules found in those that they were to look at."""
        found = self.table.findings
        wanted = filter(self._wants, sorted(found))
        return tuple(finding_in(file, stored) for file in wanted for stored in found[file])

    def changed_at(self, file: str) -> tuple[int, int]:
        """Time of change (nanoseconds) and size of a readable file."""
        index = self._rows[file]
        return self.table.mtimes[index], self.table.sizes[index]

    def is_unchanged(self, file: str, mtime: int, size: int) -> bool:
        """Whether it is a readable file that has not changed since."""
        return file in self._rows and self.changed_at(file) == (mtime, size)

    def load(self, file: str) -> Draft:
        """The draft in a readable file. Raises `InvalidFiles` if that changed since."""
        return self.entry(self._rows[file]).load()

    def with_findings(self, findings: Iterable[Finding]) -> "Folder":
        """The same with other mistakes."""
        other = copy(self)
        other.findings = tuple(findings)
        return other

    def entry(self, index: int) -> Entry:
        """The draft in the file of that index."""
        stat = self._listing.stat(self._places[index])
        return entry_of(self.files[index], self.table.facts[index], stat, self._setting)

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        """Where the files stand in the table; made only where somebody asks for a file by its name."""
        return {name: index for index, name in enumerate(self.files)}

    @cached_property
    def _places(self) -> Sequence[int]:
        """Where the files stand in the listing, which also knows those that cannot be read."""
        if len(self.files) == len(self._listing.names):
            return range(len(self.files))
        at = {name: index for index, name in enumerate(self._listing.names)}
        return [at[name] for name in self.files]

    def _ids_twice(self) -> Iterator[Finding]:
        ids = [facts.partition(FIELD)[0] for facts in self.table.facts]
        if len(set(ids)) == len(ids):
            return
        first: dict[str, int] = {}
        for index, name in enumerate(ids):
            earlier = first.setdefault(name, index)
            if earlier != index:
                entry = self.entry(index)
                place = entry.load().places.get("id", Place(1, 1))
                complaint = msg(
                    "The id “{id}” belongs to {file} already. Give this draft another one.",
                    id=name,
                    file=self.files[earlier],
                )
                yield Finding("format/unique-id", Severity.ERROR, entry.file, place, "id", complaint)


@lru_cache(maxsize=256)
def _listed(channels: str) -> tuple[str, ...]:
    """The channels, the same object for all drafts with the same ones."""
    return tuple(channels.split(ITEM))


def facts_of(draft: Draft) -> str:
    """The line about a draft that an `Entry` is made of."""
    times = (draft.publish_at, draft.starts_at, draft.ends_at, draft.approval and draft.approval.at)
    return FIELD.join(
        (
            draft.id,
            draft.type,
            ITEM.join(draft.channels),
            threads_of(draft),
            references_of(draft),
            *(f"{at.date()}T{at.time()}" if at else "" for at in times),
        )
    )


def refers_in(facts: str) -> str:
    """What a line of `facts_of` says about other drafts; "" where there is nothing."""
    return facts.split(FIELD, 5)[4]


def entry_of(file: str, facts: str, stat: FileStat, setting: DraftSetting) -> Entry:
    """Back from `facts_of`."""
    name, kind, channels, threads, refers, *stored = facts.split(FIELD)
    publish_at, starts_at, ends_at, approved_at = (time or None for time in stored)
    times = (publish_at, starts_at, ends_at, approved_at)
    return Entry(
        file,
        name,
        DraftType(kind),
        _listed(channels),
        *times,
        threads_in(threads),
        references_in(refers),
        stat,
        setting,
    )


def time_of(stored: str | None, zone: ZoneInfo) -> datetime | None:
    """A time of an `Entry` in the office's zone."""
    return datetime.fromisoformat(stored).replace(tzinfo=zone) if stored else None
