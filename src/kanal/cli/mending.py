"""`kanal lint --fix` and `--diff`: mend drafts and pictures, and say what was done."""

import difflib
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from kanal.cli.desk import Desk
from kanal.cli.terminal import put
from kanal.config import Project
from kanal.folder import Folder
from kanal.lint.fixing import Change, mended, with_id
from kanal.lint.fixing import write as put_in_place
from kanal.lint.hits import Hit
from kanal.lint.inspecting import Inspector
from kanal.media import UnreadableMedia
from kanal.message import msg

NO_NEWLINE = "\n\\ No newline at end of file\n"
"""How diff and patch say so."""


def mend(desk: Desk, project: Project, only: Collection[str] | None, *, write: bool, show: bool) -> None:
    """Make the safe changes to drafts and their pictures (`write`), or show them (`show`) as a unified diff."""
    folder = desk.drafts(project)
    for change in _ids(project, folder, only):
        _carry_out(desk, project, change, write=write, show=show)
    inspector = Inspector(project, desk.clock())
    for entry in desk.drafts(project).entries:
        if only is None or entry.file in only:
            draft = entry.load()
            hits = inspector.verdict(draft).hits
            pictures = {f"{field}.file": picture.file for field, picture in draft.pictures()}
            _clean(desk, project, hits, pictures, write=write)
            better = mended(entry.file, (project.root / entry.file).read_bytes(), hits, project.setting)
            if better:
                _carry_out(desk, project, better, write=write, show=show)


def _ids(project: Project, folder: Folder, only: Collection[str] | None) -> Iterable[Change]:
    """Drafts that lack nothing but an id."""
    taken = {entry.id for entry in folder.entries}
    for finding in folder.findings:
        if finding.rule == "format/missing-key" and finding.field == "id" and (only is None or finding.file in only):
            change = with_id(finding.file, (project.root / finding.file).read_bytes(), taken, project.setting)
            if change:
                yield change


def _carry_out(desk: Desk, project: Project, change: Change, *, write: bool, show: bool) -> None:
    if show:
        before, after = (raw.decode("utf-8-sig").splitlines(keepends=True) for raw in (change.before, change.after))
        lines = difflib.unified_diff(before, after, f"a/{change.file}", f"b/{change.file}")
        put("".join(line if line.endswith("\n") else f"{line}{NO_NEWLINE}" for line in lines), sys.stdout)
    if write:
        put_in_place(change, project.root)
        desk.note(msg("Mended: {file}", file=change.file))


def _clean(desk: Desk, project: Project, hits: Iterable[Hit], pictures: Mapping[str, Path], *, write: bool) -> None:
    from kanal.media.cleaning import UncleanableMedia, clean

    files = dict.fromkeys(pictures[hit.problem.field] for hit in hits if hit.problem.cleaning)
    for path in files:
        name = path.relative_to(project.root).as_posix()
        if not write:
            desk.note(msg("Would take the metadata out of {file}.", file=name))
            continue
        try:
            clean(path)
        except (UnreadableMedia, UncleanableMedia) as error:
            desk.note(msg("{file} could not be cleaned: {reason}", file=name, reason=error.message))
        else:
            desk.note(msg("Took the metadata out of {file}.", file=name))
