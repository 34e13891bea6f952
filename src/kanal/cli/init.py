"""`kanal init`: write the files that an office begins with. So far these are the jobs for its CI system."""

import difflib
import sys
from pathlib import Path
from typing import Annotated

import typer

from kanal.calling_git import AS_IT_IS
from kanal.cli.ci_files import INCLUDED, INCLUDING, System, wanted, with_pins_of
from kanal.cli.desk import Desk
from kanal.cli.terminal import put
from kanal.errors import UsageError
from kanal.message import mark, msg

Ci = Annotated[
    System | None, typer.Option("--ci", help=mark("Jobs that check merge requests, and publish every 15 minutes."))
]


def init(context: typer.Context, ci: Ci = None) -> None:
    """Write files that an office begins with; what is there already is never overwritten."""
    desk: Desk = context.obj
    if ci is None:
        systems = ", ".join(System)
        raise UsageError(msg("Say what to write."), msg("For jobs of a CI system: --ci {systems}", systems=systems))
    project = desk.project()
    top = _top(project.root)
    folder = project.root.relative_to(top).as_posix()
    written = [_offer(top, file, text, desk) for file, text in wanted(ci, project.channels, folder)]
    if any(written):
        desk.note(msg("Now fill in KANAL and the versions in these files, make the secrets known, and commit."))


def _top(root: Path) -> Path:
    """The repository's top, where CI systems look; the office's folder where there is none."""
    try:
        found = AS_IT_IS.call(root, "rev-parse", "--show-toplevel")
    except OSError:
        return root
    return root if found.code else Path(found.text.strip()).resolve()


def _offer(top: Path, file: str, text: str, desk: Desk) -> bool:
    """Write the file if there is none; else show what is different. Whether it was written."""
    path = top / file
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        desk.note(msg("Written: {file}", file=file))
        return True
    there = path.read_text(encoding="utf-8-sig", errors="replace")
    text = with_pins_of(there, text)
    if there == text or (file == INCLUDING and INCLUDED in there):
        desk.note(msg("Already there: {file}", file=file))
    elif file == INCLUDING:
        desk.note(msg("{file} is there already. Add to its “include:” yourself:", file=file))
        put(text, sys.stdout)
    else:
        before, after = (lines.splitlines(keepends=True) for lines in (there, text))
        put("".join(difflib.unified_diff(before, after, f"a/{file}", f"b/{file}")), sys.stdout)
        desk.note(msg("{file} is different, and stays as it is.", file=file))
    return False
