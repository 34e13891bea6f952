"""`kanal lint`: its options."""

from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.cli.findings import Report
from kanal.cli.linting import Wish, run
from kanal.message import mark

Files = Annotated[list[str] | None, typer.Argument(help=mark("Files or folders to look at. Without any: all drafts."))]
FormatOption = Annotated[Report, typer.Option("--format", help=mark("How to show the result."))]
Fix = Annotated[bool, typer.Option("--fix", help=mark("Mend what can be mended safely, then look again."))]
Diff = Annotated[bool, typer.Option("--diff", help=mark("Show what --fix would change; with --fix, what it changed."))]
Waivers = Annotated[bool, typer.Option("--show-waivers", help=mark("List who answers for which finding, and why."))]
StagedOption = Annotated[
    bool, typer.Option("--staged", help=mark("Look at what is staged for the next commit in git."))
]


def check(
    context: typer.Context,
    files: Files = None,
    form: FormatOption = Report.TEXT,
    fix: Fix = False,
    diff: Diff = False,
    show_waivers: Waivers = False,
    staged: StagedOption = False,
) -> None:
    """Hold drafts against the rules."""
    desk: Desk = context.obj
    raise typer.Exit(run(desk, Wish(files or (), form, fix, diff, show_waivers, staged)))
