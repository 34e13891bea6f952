"""What `kanal lint` does, apart from the command line's library: a commit hook that names files goes without it."""

import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kanal.cli.desk import Desk, relative
from kanal.cli.failing import guarded, write_unicode
from kanal.cli.findings import Report, report
from kanal.config import Project
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.folder import DRAFTS, scan
from kanal.lint import has_errors, lint
from kanal.lint.chosen import below, with_drafts
from kanal.message import msg


class Wish(NamedTuple):
    """What somebody asked `kanal lint` for."""

    files: Sequence[str] = ()
    form: Report = Report.TEXT
    fix: bool = False
    diff: bool = False
    waivers: bool = False
    staged: bool = False


def hook(files: Sequence[str]) -> int:
    """`kanal lint [FILE …]` without further options; the exit code."""
    write_unicode()
    desk = Desk(None)
    return guarded(lambda: run(desk, Wish(files)), desk)


def run(desk: Desk, wish: Wish) -> Exit:
    """Look, mend if asked to, and show. Raises `UsageError`, `ConfigError`, `InvalidFiles`."""
    if wish.staged and (wish.fix or wish.diff):
        raise UsageError(
            msg("--staged only looks; it cannot be combined with --fix or --diff."),
            msg("Mend first, then “git add” what was mended."),
        )
    if wish.diff and wish.form is not Report.TEXT:
        raise UsageError(msg("--diff writes text; it cannot be combined with --format."), msg("Leave one of them out."))
    if wish.staged:
        return _staged(desk, wish)
    project = desk.project()
    only = _named(wish.files, project.root, project.root) if wish.files else None
    if wish.fix or wish.diff:
        from kanal.cli.mending import mend

        mend(desk, project, only, write=wish.fix, show=wish.diff)
        if wish.diff and not wish.fix:
            return Exit.DONE
    return _look(desk, project, wish, only, desk.cache(project))


def _staged(desk: Desk, wish: Wish) -> Exit:
    from kanal.lint.staged import staged

    root = desk.root()
    desk.speak_as_configured()
    with staged(root) as found:
        only = _named(wish.files, root, found.root) if wish.files else None
        chosen = with_drafts(found.root, [file for file in found.changed if only is None or file in only])
        project = desk.project(found.root)
        return _look(desk, project, wish, chosen, None if found.is_copy else desk.cache(project))


def _look(desk: Desk, project: Project, wish: Wish, only: Collection[str] | None, cache: Path | None) -> Exit:
    if wish.waivers:
        from kanal.cli.waivers import show_waivers

        show_waivers(desk, project, scan(project.root, project.setting, cache and cache / DRAFTS), only, wish.form)
        return Exit.DONE
    linted = lint(project, desk.clock(), cache, only)
    checked = linted.folder.total if only is None else len(only)
    report(linted.findings, checked, desk.say, wish.form, project.root)
    if has_errors(linted.findings):
        return Exit.FINDINGS
    if wish.form is Report.TEXT and sys.stdin.isatty() and not wish.staged:
        _tell_next(desk, project, wish, only)
    return Exit.DONE


def _tell_next(desk: Desk, project: Project, wish: Wish, only: Collection[str] | None) -> None:
    from kanal.cli.next_steps import after_lint, tell_next

    tell_next(after_lint(desk.drafts(project).entries, only if wish.files else None), desk)


def _named(names: Iterable[str], root: Path, lying: Path) -> frozenset[str] | None:
    """Named from here, `root` being the office's folder; looked up in `lying`, a state of it. None means everything."""
    only: set[str] = set()
    for name in sorted({relative(name, root) for name in names}):
        if any((place / name).is_file() for place in (lying, root)):
            only.add(name)
        elif name == ".":
            return None
        elif (lying / name).is_dir():
            found = below(lying, name)
            if not found:
                raise UsageError(
                    msg("The folder “{name}” holds neither drafts nor settings.", name=name),
                    msg("Name another one, or files. Without any, all drafts are looked at."),
                )
            only |= found
        else:
            raise UsageError(msg("There is no file “{name}”.", name=name), msg("Give the way from here."))
    return with_drafts(lying, only)
