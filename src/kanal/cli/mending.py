"""`kanal lint --fix` and `--diff`: mend drafts and pictures, and say what was done."""

import difflib
import sys
from collections.abc import Collection, Iterable, Sequence
from io import StringIO
from pathlib import Path

from kanal.cli.desk import Desk
from kanal.cli.terminal import put
from kanal.config import Project
from kanal.drafts import parse_draft
from kanal.lint.fixing import Change, mended, with_id
from kanal.lint.fixing import write as put_in_place
from kanal.lint.hits import Hit
from kanal.lint.inspecting import Inspector
from kanal.media import UnreadableMedia
from kanal.message import msg
from kanal.model import Draft

NO_NEWLINE = "\n\\ No newline at end of file\n"
"""How diff and patch say so."""
MOST_ROUNDS = 10
"""Of findings about the same words one is mended after the other; rules that contradict each other must find an end."""


def mend(desk: Desk, project: Project, only: Collection[str] | None, *, write: bool, show: bool) -> None:
    """Make the safe changes to drafts and their pictures (`write`), or show them (`show`) as a unified diff."""
    folder = desk.drafts(project)
    inspector = Inspector(project, desk.clock())
    taken = {entry.id for entry in folder.entries}
    seen: set[Path] = set()
    nameless = {finding.file for finding in folder.findings if finding.fixable}  # what lacks nothing but an id
    for file in sorted({*nameless, *(entry.file for entry in folder.entries)}):
        if only is None or file in only:
            before = raw = (project.root / file).read_bytes()
            if file in nameless:
                named = with_id(file, raw, taken, project.setting)
                raw = named.after if named else raw
            draft, hits, after = _mended(inspector, project, file, raw)
            if draft is None:
                continue
            taken.add(draft.id)
            pictures = {f"{field}.file": picture.file for field, picture in draft.pictures()}
            unclean = dict.fromkeys(pictures[hit.problem.field] for hit in hits if hit.problem.cleaning)
            _clean(desk, project, [path for path in unclean if path not in seen], write=write)
            seen.update(unclean)
            if after != before:
                _carry_out(desk, project, Change(file, before, after), write=write, show=show)


def _mended(inspector: Inspector, project: Project, file: str, raw: bytes) -> tuple[Draft | None, Sequence[Hit], bytes]:
    """The draft, what was found in it, and its file with all mended: one change may make room for the next."""
    first: tuple[Draft | None, Sequence[Hit]] = None, ()
    for _ in range(MOST_ROUNDS):
        text = raw.decode("utf-8-sig")
        draft, _ = parse_draft(text, file, project.setting)
        if draft is None:
            break
        hits = inspector.verdict(draft, text).hits
        first = first if first[0] else (draft, hits)
        change = mended(file, raw, hits, project.setting)
        if change is None:
            break
        raw = change.after
    return *first, raw


def _carry_out(desk: Desk, project: Project, change: Change, *, write: bool, show: bool) -> None:
    if show:
        before, after = (_lines(raw) for raw in (change.before, change.after))
        lines = difflib.unified_diff(before, after, f"a/{change.file}", f"b/{change.file}")
        put("".join(line if line.endswith("\n") else f"{line}{NO_NEWLINE}" for line in lines), sys.stdout)
    if write:
        put_in_place(change, project.root)
        desk.note(msg("Mended: {file}", file=change.file))


def _lines(raw: bytes) -> list[str]:
    """As diff and patch count them, which know one line end only, and with the byte order mark."""
    return list(StringIO(raw.decode(), newline="\n"))


def _clean(desk: Desk, project: Project, files: Iterable[Path], *, write: bool) -> None:
    from kanal.media.cleaning import UncleanableMedia, clean

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
