"""`kanal publish` and `kanal plan`."""

import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from kanal import rules
from kanal.cli import show
from kanal.cli.desk import Desk, chosen, relative
from kanal.cli.findings import Report, as_text, report
from kanal.cli.progress import progress
from kanal.cli.question import agrees
from kanal.cli.sending import Job, planned, select_channels, send
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.lint import has_errors, lint_entries
from kanal.message import mark, msg, msgn
from kanal.model import Finding, Outcome, Severity
from kanal.publish.planning import Step
from kanal.publish.running import exit_code

Drafts = Annotated[list[str] | None, typer.Argument(help=mark("Drafts: ids or files. Without any: the whole folder."))]
Due = Annotated[bool, typer.Option("--due", help=mark("Only what is due now; do not list what comes later."))]
Channels = Annotated[
    list[str] | None, typer.Option("--channel", "-c", help=mark("Only this channel; may be repeated."))
]
Sandbox = Annotated[bool, typer.Option("--sandbox", help=mark("Send everything to the practice networks."))]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=mark("Do not ask."))]
Wait = Annotated[int, typer.Option("--wait", min=0, help=mark("Seconds to wait at most for a network that is busy."))]
FormatOption = Annotated[show.Format, typer.Option("--format", help=mark("How to show the result."))]


def publish(
    context: typer.Context,
    drafts: Drafts = None,
    due: Due = False,
    channel: Channels = None,
    sandbox: Sandbox = False,
    yes: Yes = False,
    wait: Wait = 60,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Send what is due, each delivery once."""
    desk: Desk = context.obj
    job = _job(desk, drafts, channel, sandbox=sandbox, wait=wait)
    with planned(job, desk, datetime.now(UTC)) as (every, ledgers):
        steps = [step for step in every if not (due and step.outcome is Outcome.DEFERRED)]
        _refuse_errors(job, steps, desk, form)
        steps = _with_care(job, steps)
        todo = [step for step in steps if step.outcome is None]
        if todo and not yes and any(job.is_live(step.key.channel) for step in todo):
            _ask(job, todo, desk)
        with progress(desk, len(todo)) as watch:
            try:
                results = send(job, steps, ledgers, desk, watch)
            except KeyboardInterrupt:
                _break_off(desk)
    show.deliveries(results, desk.say, form, quiet=() if drafts else (Outcome.ALREADY,))
    raise typer.Exit(exit_code(results))


def plan(
    context: typer.Context,
    drafts: Drafts = None,
    due: Due = False,
    channel: Channels = None,
    sandbox: Sandbox = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Show exactly what publish would do; nothing is sent."""
    from kanal.cli.preview import preview, preview_json

    desk: Desk = context.obj
    job = _job(desk, drafts, channel, sandbox=sandbox, wait=0)
    with planned(job, desk, datetime.now(UTC)) as (every, ledgers):
        steps = [step for step in every if not (due and step.outcome is Outcome.DEFERRED)]
        _refuse_errors(job, steps, desk, form, approved=False)
        if form is show.Format.JSON:
            preview_json(steps, ledgers, job, desk)
        else:
            preview(steps, ledgers, job, desk)


def _job(desk: Desk, drafts: list[str] | None, channel: list[str] | None, *, sandbox: bool, wait: int) -> Job:
    project = desk.project()
    folder = desk.drafts(project)
    entries = chosen(folder, drafts or [], project.root)
    channels = select_channels(project, channel or [])
    if drafts:
        named = {entry.file for entry in entries} | {relative(name, project.root) for name in drafts}
        folder = replace(
            folder, findings=tuple(f for f in folder.findings if f.file in named or f.rule == "format/unique-id")
        )
    return Job(project, folder, entries, channels, not drafts, sandbox, timedelta(seconds=wait))


def _refuse_errors(job: Job, steps: Sequence[Step], desk: Desk, form: show.Format, *, approved: bool = True) -> None:
    """Stop if `lint` does not pass. Only what would be sent now is looked at, and files that nobody can read.

    What must be there before publishing (an approval) is only told, unless it must be there by now (`approved`).
    """
    due = {step.file for step in steps if step.outcome is None and not step.doubt}
    found = _found(job, steps, due)
    waiting = [] if approved else [finding for finding in found if _is_asked_before_publishing(finding)]
    found = [finding for finding in found if finding not in waiting]
    if waiting:
        as_text(waiting, len(due), desk.say, job.project.root, to=sys.stderr)
    if not has_errors(found):
        return
    report(found, len(due) or len(job.entries), desk.say, Report(form), job.project.root)
    desk.note(msg("Nothing was sent."))
    raise typer.Exit(Exit.FINDINGS)


def _with_care(job: Job, steps: list[Step]) -> list[Step]:
    """A doubt is settled whatever the rules say; what turns out not to be out is sent again only if they pass."""
    doubtful = {step.file for step in steps if step.doubt and step.file}
    broken = {finding.file for finding in _found(job, [], doubtful) if finding.severity is Severity.ERROR}
    why = (Outcome.HELD, msg("It is not out, and the rules object to it now; see: kanal lint"))
    return [replace(step, afterwards=step.afterwards or why) if step.file in broken else step for step in steps]


def _found(job: Job, steps: Sequence[Step], files: Collection[str]) -> list[Finding]:
    live = {step.key.channel for step in steps if step.outcome is None and job.is_live(step.key.channel)}
    entries = [entry for entry in job.entries if entry.file in files]
    return lint_entries(job.project, job.folder, entries, datetime.now(UTC), live)


def _is_asked_before_publishing(finding: Finding) -> bool:
    """Whether it is about an approval: one that is missing, or one that has to be given anew."""
    before = finding.rule in rules.names() and rules.card(finding.rule).before_publishing
    return before or finding.field.partition(".")[0] == "approval"


def _ask(job: Job, todo: Sequence[Step], desk: Desk) -> None:
    """Before anything goes to real channels: show it and ask. Raises `UsageError` where nobody can answer."""
    from kanal.cli.preview import overview

    if not sys.stdin.isatty():
        raise UsageError(
            msg("There is no terminal on which to ask whether to send."),
            msg("In CI and scripts, say so with --yes."),
        )
    overview(todo, job, desk)
    live = sum(job.is_live(step.key.channel) for step in todo)
    question = msgn("Send {count} delivery to a real network?", "Send {count} deliveries to real networks?", live)
    if not agrees(question, desk):
        desk.note(msg("Nothing was sent."))
        raise typer.Exit(Exit.DONE)


def _break_off(desk: Desk) -> None:
    """Second Ctrl-C: leave at once. What was claimed stays open in the ledger and is settled by the next run."""
    desk.note(msg("Broken off. The next “kanal publish” finds out what went out."))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(Exit.UNCERTAIN)
