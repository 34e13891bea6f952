"""The folder of drafts: which files there are, which of them changed, which ids they claim, what rules found in them.

Reading 10,000 YAML files takes seconds, so what was read is cached (`kanal.folder_cache`), keyed by name, size and
time of change. It must not know channels, rules or the ledger: who looks at drafts is handed in.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import starmap
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from kanal import __version__
from kanal.draft_files import FileStat, draft_files, is_text
from kanal.drafts import DraftSetting, read_draft
from kanal.errors import InvalidFiles
from kanal.folder_cache import Dependency, Row, load, save
from kanal.message import msg
from kanal.message_json import message_in, message_out
from kanal.model import Draft, DraftType, Finding, Place, Severity

RACY_NANOSECONDS = 2_000_000_000
"""A file younger than this when it was read may change again without showing it (git's "racy clean" problem)."""


class Entry(NamedTuple):
    """One readable draft file: what is needed to know it, without reading it again. Times are ISO 8601, local."""

    file: str
    id: str
    type: DraftType
    channels: tuple[str, ...]
    publish_at: str | None
    starts_at: str | None
    ends_at: str | None
    approved_at: str | None
    stat: FileStat
    setting: DraftSetting

    def load(self) -> Draft:
        """The draft itself. Raises `InvalidFiles` if the file changed since the folder was read."""
        draft, findings = read_draft(Path(self.stat.path), self.file, self.setting)
        if draft is None or not self.stat.still_holds():
            complaint = msg("The file changed while kanal was reading it. Please run the command again.")
            changed = Finding("format/unreadable", Severity.ERROR, self.file, Place(1, 1), "", complaint)
            raise InvalidFiles(complaint, findings or [changed])
        return draft


@dataclass(frozen=True, slots=True)
class Folder:
    """All drafts, sorted by file name, the mistakes of those that cannot be read, and what rules found."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    inspected: tuple[Finding, ...] = ()


class Inspection(NamedTuple):
    """Who looks at drafts that changed, and what the findings depend on.

    `stamp` names everything but the draft and its files (policy, registers); findings about a draft that may still go
    out hold for `day` only. `only` leaves out all other files.
    """

    look: Callable[[Draft], list[Finding]]
    depends_on: Callable[[Draft], Iterable[Path]]
    stamp: str
    day: str
    only: frozenset[str] | None = None

    def wants(self, file: str) -> bool:
        """Whether the rules are to look at it."""
        return self.only is None or file in self.only


class Read(NamedTuple):
    """What came of reading one file: a row for the cache, or mistakes."""

    file: str
    stat: FileStat
    row: Row | None
    mistakes: list[Finding]


Seen = dict[str, Dependency]
"""Files that drafts depend on, looked at once."""
Work = Sequence[tuple[str, FileStat]]
ReadAll = Callable[[Work, Callable[[str, FileStat], Read]], Iterable[Read]]


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
    form = f"{__version__}/3/{setting.zone.key}/{setting.language}"
    known: dict[str, Row] = {}
    stamp = ""
    if cache:
        known, stamp = load(cache, form, inspection.stamp if inspection else None)
    files = dict(sorted(draft_files(root, setting.posts)))
    seen: Seen = {}
    fresh = [
        (file, stat) for file, stat in files.items() if not _is_known(known.get(file), file, stat, seen, inspection)
    ]
    read_this = partial(read_one, setting, inspection)
    read = {one.file: one for one in (read_all(fresh, read_this) if read_all else starmap(read_this, fresh))}
    rows = {file: row for file in files if (row := read[file].row if file in read else known[file])}
    if cache and (read or rows.keys() != known.keys()):
        now = time.time_ns()
        lasting = {f: row for f, row in rows.items() if is_text(f) and now - row.mtime > RACY_NANOSECONDS}
        save(cache, form, stamp, lasting)
    return _folder(files, rows, [finding for one in read.values() for finding in one.mistakes], setting, inspection)


def read_one(setting: DraftSetting, inspection: Inspection | None, file: str, stat: FileStat) -> Read:
    """Read a draft, and look at it if the inspection wants it."""
    draft, mistakes = read_draft(Path(stat.path), file, setting)
    if draft is None:
        return Read(file, stat, None, mistakes)
    row = Row(stat.mtime, stat.size, _facts(draft))
    if inspection and inspection.wants(file):
        latest = max((at for at in (draft.publish_at, draft.embargo) if at), default=None)
        row = row._replace(
            dependencies=[_dependency(path) for path in inspection.depends_on(draft)],
            findings=[_finding_out(finding) for finding in inspection.look(draft)],
            day="" if latest and f"{latest:%Y-%m-%d}" < inspection.day else inspection.day,
        )
    return Read(file, stat, row, mistakes)


def _folder(
    files: Mapping[str, FileStat],
    rows: Mapping[str, Row],
    mistakes: Iterable[Finding],
    setting: DraftSetting,
    inspection: Inspection | None,
) -> Folder:
    # Ten thousand drafts name the same few channels.
    channels: dict[str, tuple[str, ...]] = {}
    entries = []
    inspected: list[Finding] = []
    for file, row in rows.items():
        name, kind, listed, publish_at, starts_at, ends_at, approved_at = row.facts
        times = (publish_at, starts_at, ends_at, approved_at)
        shared = channels.setdefault(listed, tuple(listed.split("\n")))
        entries.append(Entry(file, name, DraftType(kind), shared, *times, files[file], setting))
        if inspection and inspection.wants(file) and row.findings:
            inspected += [_finding_in(file, stored) for stored in row.findings]
    return Folder(tuple(entries), (*mistakes, *_ids_twice(entries)), tuple(inspected))


def _is_known(row: Row | None, file: str, stat: FileStat, seen: Seen, inspection: Inspection | None) -> bool:
    if row is None or row.mtime != stat.mtime or row.size != stat.size:
        return False
    return inspection is None or not inspection.wants(file) or _still_holds(row, seen, inspection)


def _still_holds(row: Row, seen: Seen, inspection: Inspection) -> bool:
    if row.findings is None or row.dependencies is None or row.day not in {"", inspection.day}:
        return False
    for path, mtime, size in row.dependencies:
        if path not in seen:
            seen[path] = _dependency(Path(path))
        if seen[path] != (path, mtime, size):
            return False
    return True


def _dependency(path: Path) -> Dependency:
    try:
        stat = path.stat()
    except OSError:
        return str(path), -1, -1
    return str(path), stat.st_mtime_ns, stat.st_size


def _facts(draft: Draft) -> list[Any]:
    times = (draft.publish_at, draft.starts_at, draft.ends_at, draft.approval and draft.approval.at)
    return [
        draft.id,
        str(draft.type),
        "\n".join(draft.channels),
        *(at.replace(tzinfo=None).isoformat() if at else None for at in times),
    ]


def time_of(stored: str | None, zone: ZoneInfo) -> datetime | None:
    """A time of an `Entry` in the office's zone."""
    return datetime.fromisoformat(stored).replace(tzinfo=zone) if stored else None


def _finding_out(finding: Finding) -> list[Any]:
    place = finding.place
    return [
        finding.rule,
        str(finding.severity),
        place.line,
        place.column,
        finding.field,
        message_out(finding.message),
        finding.fixable,
        finding.width,
        finding.personal,
    ]


def _finding_in(file: str, stored: list[Any]) -> Finding:
    rule, severity, line, column, field, message, *rest = stored
    return Finding(rule, Severity(severity), file, Place(line, column), field, message_in(message), *rest)


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
