"""`kanal lint`."""

from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.desk import Desk, relative
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.lint import has_errors, lint
from kanal.message import mark, msg

Files = Annotated[list[str] | None, typer.Argument(help=mark("Files to look at. Without any: all drafts."))]
FormatOption = Annotated[show.Format, typer.Option("--format", help=mark("How to show the result."))]


def check(context: typer.Context, files: Files = None, form: FormatOption = show.Format.TEXT) -> None:
    """Hold drafts against the rules."""
    desk: Desk = context.obj
    project = desk.project()
    folder = desk.drafts(project)
    only = None
    if files:
        only = {relative(name, project.root) for name in files}
        for name in sorted(only):
            if not (project.root / name).is_file():
                raise UsageError(msg("There is no file “{name}”.", name=name), msg("Give the way from here."))
    found = lint(project, folder, only)
    checked = (
        len(only)
        if only is not None
        else len({entry.file for entry in folder.entries} | {f.file for f in folder.findings})
    )
    show.findings(found, checked, desk.say, form, project.root)
    raise typer.Exit(Exit.FINDINGS if has_errors(found) else Exit.DONE)
