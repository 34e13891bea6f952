"""`kanal publish` and `kanal plan`."""

import sys
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.announcing import announce
from kanal.cli.answering import who
from kanal.cli.checking import hold_back, refuse_errors, with_care
from kanal.cli.completing import channels_to_offer, drafts_to_offer
from kanal.cli.desk import Desk, chosen, relative
from kanal.cli.handing_over import (
    HandOver,
    Replace,
    lanes_of,
    moments,
    refuse_nonsense,
    to_be_handed_over,
)
from kanal.cli.next_steps import after_publishing, somebody_is_there, tell_next, towards_publishing
from kanal.cli.pinging import ping
from kanal.cli.progress import progress
from kanal.cli.question import agrees
from kanal.cli.sending import Job, planned, select_channels, send
from kanal.cli.taking_back import OnBrokenThread, take_back
from kanal.cli.terminating import leave_at_once
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.folder import Entry
from kanal.message import mark, msg, msgn
from kanal.model import Outcome
from kanal.publish.pace import spread
from kanal.publish.planning import Step
from kanal.publish.running import exit_code
from kanal.publish.terms import terms_of
from kanal.publish.wait import Why

Drafts = Annotated[
    list[str] | None,
    typer.Argument(help=mark("Drafts: ids or files. Without any: the whole folder."), autocompletion=drafts_to_offer),
]
Due = Annotated[
    bool,
    typer.Option("--due", help=mark("Unattended: keep to the schedule, hold what is broken.")),
]
Channels = Annotated[
    list[str] | None,
    typer.Option("--channel", "-c", help=mark("Only this channel; may be repeated."), autocompletion=channels_to_offer),
]
Sandbox = Annotated[bool, typer.Option("--sandbox", help=mark("Send everything to the practice networks."))]
Practice = Annotated[bool, typer.Option("--sandbox", help=mark("On the practice networks, instead of the real ones."))]
Split = Annotated[
    bool, typer.Option("--split", help=mark("Propose a thread for each text that is too long for its network."))
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=mark("Do not ask."))]
Wait = Annotated[int, typer.Option("--wait", min=0, help=mark("Seconds to wait at most for a network that is busy."))]
Broken = Annotated[
    OnBrokenThread,
    typer.Option(
        "--on-broken-thread",
        help=mark("A thread of which a part was refused: go on with the next run, or take it back whole."),
    ),
]
FormatOption = Annotated[show.Format, typer.Option("--format", help=mark("How to show the result."))]


def publish(
    context: typer.Context,
    drafts: Drafts = None,
    due: Due = False,
    channel: Channels = None,
    sandbox: Sandbox = False,
    yes: Yes = False,
    wait: Wait = 60,
    broken: Broken = OnBrokenThread.RESUME,
    hand_over: HandOver = False,
    replace: Replace = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Send what is due, each delivery once."""
    desk: Desk = context.obj
    refuse_nonsense(hand_over=hand_over, replace=replace, due=due)
    job = asked_job(desk, drafts, channel, due=due, sandbox=sandbox, wait=wait)
    announce(job.project, desk)
    name = who(job.project, None) if hand_over or broken is OnBrokenThread.RETRACT else ""
    with planned(job, desk) as (every, ledgers):
        if hand_over:
            steps = to_be_handed_over(job, every, ledgers, desk, replace=replace)
            refuse_errors(job, steps, desk, form, moments=moments(steps))
        elif job.terms:
            steps = hold_back(job, _without_what_comes_later(every), desk)
        else:
            refuse_errors(job, every, desk, form)
            steps = with_care(job, every, desk)
        todo = [step for step in steps if step.outcome is None]
        if todo and not yes and any(job.is_live(step.key.channel) for step in todo):
            _ask(job, todo, desk, hand_over=hand_over)
        with progress(desk, len(todo)) as watch:
            try:
                results = send(job, steps, ledgers, desk, watch, lanes_of(name, desk) if hand_over else None)
                if broken is OnBrokenThread.RETRACT:
                    results = take_back(results, job, ledgers, desk, watch, name)
            except KeyboardInterrupt:
                _break_off(desk)
        # Before the ledgers are closed: what goes wrong there must not hide what is out.
        show.deliveries(results, desk.say, form, quiet=() if drafts else show.DONE_WITH)
    if form is show.Format.TEXT and any(result.outcome is Outcome.PUBLISHED for result in results):
        practised = any(not job.is_live(result.step.key.channel) for result in results)
        tell_next(after_publishing(job.project, practised=practised, sandbox=sandbox), desk)
    code = exit_code(results)
    if due and code is Exit.DONE and not sandbox:
        ping(job.project, desk)
    raise typer.Exit(code)


def plan(
    context: typer.Context,
    drafts: Drafts = None,
    due: Due = False,
    channel: Channels = None,
    sandbox: Sandbox = False,
    split: Split = False,
    hand_over: HandOver = False,
    replace: Replace = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Show exactly what publish would do; nothing is sent."""
    from kanal.cli.preview import preview, preview_json

    desk: Desk = context.obj
    refuse_nonsense(hand_over=hand_over, replace=replace, due=due)
    job = asked_job(desk, drafts, channel, due=due, sandbox=sandbox)
    if split:
        if form is not show.Format.TEXT or due or hand_over:
            raise UsageError(
                msg("--split writes lines for a draft; it cannot be combined with --format, --due or --hand-over."),
                msg("Leave them out."),
            )
        from kanal.cli.proposing import propose

        propose(job.entries, job.channels.values(), job.project, desk)
        return
    announce(job.project, desk)
    with planned(job, desk) as (every, ledgers):
        if hand_over:
            steps = to_be_handed_over(job, every, ledgers, desk, replace=replace)
            refuse_errors(job, steps, desk, form, approved=False, moments=moments(steps))
        elif job.terms:
            steps = spread(hold_back(job, _without_what_comes_later(every), desk), job.terms, desk.clock())
        else:
            steps = every
            refuse_errors(job, steps, desk, form, approved=False)
        if form is show.Format.JSON:
            preview_json(steps, ledgers, job, desk, hand_over=hand_over)
            return
        preview(steps, ledgers, job, desk, hand_over=hand_over)
    if hand_over:
        return
    waiting = {step.file for step in steps if step.outcome is None or step.why is Why.EARLY}
    _tell_next(job, [entry for entry in job.entries if entry.file in waiting], desk)


def _tell_next(job: Job, entries: Iterable[Entry], desk: Desk) -> None:
    if somebody_is_there():
        drafts = [entry.load() for entry in entries]
        tell_next(towards_publishing(drafts, job.project, desk, sandbox=job.sandbox), desk)


def _without_what_comes_later(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.why not in {Why.EARLY, Why.HANDED_OVER}]


def asked_job(
    desk: Desk, drafts: list[str] | None, channel: list[str] | None, *, due: bool, sandbox: bool, wait: int = 0
) -> Job:
    """What the options mean; only the mistakes of the drafts that are named count."""
    project = desk.project()
    folder = desk.drafts(project)
    entries = chosen(folder, drafts or [], project.root)
    channels = select_channels(project, channel or [])
    if drafts:
        named = {entry.file for entry in entries} | {relative(name, project.root) for name in drafts}
        kept = tuple(f for f in folder.findings if f.file in named or f.rule == "format/unique-id")
        folder = folder.with_findings(kept)
    terms = terms_of(project) if due else None
    return Job(project, folder, entries, channels, not drafts, sandbox, timedelta(seconds=wait), terms)


def _ask(job: Job, todo: Sequence[Step], desk: Desk, *, hand_over: bool) -> None:
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
    if hand_over:
        question = msgn(
            "Hand {count} delivery over to a real network, to be published later?",
            "Hand {count} deliveries over to real networks, to be published later?",
            live,
        )
    if not agrees(question, desk):
        desk.note(msg("Nothing was sent."))
        raise typer.Exit(Exit.DONE)


def _break_off(desk: Desk) -> None:
    """Second Ctrl-C: leave at once. What was claimed stays open in the ledger and is settled by the next run."""
    desk.note(msg("Broken off. The next “kanal publish” finds out what went out."))
    leave_at_once()
