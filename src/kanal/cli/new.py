"""`kanal new`: its options. A draft from a template and answers, or many from a list; templates shown and copied."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.cli.show import Format
from kanal.errors import UsageError
from kanal.message import mark, msg

Type = Annotated[
    str | None, typer.Argument(metavar="TYPE", help=mark("What kind of draft; see --list. Without one, kanal asks."))
]
Title = Annotated[str | None, typer.Option("--title", help=mark("The same as --set title=…"))]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=ANSWER", help=mark("The answer to a question; may be repeated.")),
]
At = Annotated[str | None, typer.Option("--at", metavar="TIME", help=mark("When it is to go out: --set publish_at=…"))]
Channels = Annotated[
    str | None,
    typer.Option("--channels", metavar="NAMES", help=mark("For which channels, with commas. Without it: all.")),
]
Language = Annotated[str | None, typer.Option("--language", help=mark("de or en; without it, the office's language."))]
NoEdit = Annotated[bool, typer.Option("--no-edit", help=mark("Do not open the editor."))]
From = Annotated[
    Path | None, typer.Option("--from", metavar="FILE", help=mark("Make one draft of each row of a list (CSV)."))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=mark("Show what would be written; write nothing."))]
List = Annotated[
    bool,
    typer.Option("--list", help=mark("Show the types; with TYPE, its questions. These are a list's headings, too.")),
]
Copy = Annotated[
    bool, typer.Option("--copy-template", help=mark("Write the template of TYPE to config/templates/, to be changed."))
]
FormatOption = Annotated[Format, typer.Option("--format", help=mark("How to show --list."))]


def new(
    context: typer.Context,
    kind: Type = None,
    title: Title = None,
    given: Set = None,
    at: At = None,
    channels: Channels = None,
    language: Language = None,
    no_edit: NoEdit = False,
    source: From = None,
    dry_run: DryRun = False,
    show: List = False,
    copy: Copy = False,
    form: FormatOption = Format.TEXT,
) -> None:
    """Make a draft from a template: answer its questions, edit, check."""
    from kanal.cli.drafting import begin, one_draft
    from kanal.cli.templates import copy_template, show_questions, show_types

    desk: Desk = context.obj
    if sum((show, copy, source is not None)) > 1:
        raise UsageError(
            msg("--list, --copy-template and --from are three different things."), msg("Ask for one at a time.")
        )
    if form is not Format.TEXT and not show:
        raise UsageError(msg("--format belongs to --list."), msg("Leave it out."))
    project = desk.project()
    if show:
        show_questions(desk, project, kind, language, form) if kind else show_types(desk, project, language, form)
        raise typer.Exit
    if copy:
        copy_template(desk, project, kind, language)
        raise typer.Exit
    said = _answers(given or (), {"title": title, "publish_at": at})
    job = begin(desk, project, kind, language, said, channels, asks=source is None and _is_terminal())
    if source is not None:
        from kanal.cli.from_list import from_list

        raise typer.Exit(from_list(job, source, dry_run=dry_run))
    raise typer.Exit(one_draft(job, edit=not no_edit, dry_run=dry_run))


def _is_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _answers(given: Sequence[str], options: Mapping[str, str | None]) -> dict[str, str]:
    """What was answered on the command line. Raises `UsageError` for what is no answer, or one too many."""
    found = {name: value for name, value in options.items() if value is not None}
    for one in given:
        name, equals, answer = one.partition("=")
        if not equals:
            raise UsageError(
                msg("--set takes a name and an answer with “=” in between."), msg("Such as: --set place=Musterbach")
            )
        if name.strip() in found:
            raise UsageError(msg("“{name}” is answered twice.", name=name.strip()), msg("Leave one out."))
        found[name.strip()] = answer
    return found
