"""`kanal correct`: what a draft published says what the draft says now, where the network can edit."""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.announcing import announce
from kanal.cli.answering import Name, plain, who
from kanal.cli.checking import refuse_errors
from kanal.cli.completing import drafts_to_offer
from kanal.cli.desk import Desk
from kanal.cli.differences import differences
from kanal.cli.errands import Errand, Maker, carry_out
from kanal.cli.networks import open_ledgers
from kanal.cli.preview import title
from kanal.cli.progress import progress
from kanal.cli.publish import Channels, FormatOption, Sandbox, Yes, asked_job
from kanal.cli.question import agrees
from kanal.cli.sending import Job
from kanal.cli.terminal import write
from kanal.cli.terminating import leave_at_once
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.fitting import fit
from kanal.ledger import Ledger
from kanal.message import mark, msg, msgn
from kanal.model import Channel
from kanal.platforms import Adapter, limits_of
from kanal.publish.conditions import Conditions
from kanal.publish.correcting import Correcting
from kanal.publish.corrections import corrections
from kanal.publish.planning import Step
from kanal.publish.running import exit_code
from kanal.publish.taken_down import out_of_reach
from kanal.publish.word import Word


def correct(
    context: typer.Context,
    draft: Annotated[
        str,
        typer.Argument(
            help=mark("The draft, corrected and approved: its id or its file."), autocompletion=drafts_to_offer
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", help=mark("Why; it is kept in the ledger."))],
    channel: Channels = None,
    name: Name = None,
    yes: Yes = False,
    sandbox: Sandbox = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Edit what a draft published and now says differently, where the network can; tell what to do elsewhere."""
    desk: Desk = context.obj
    job = asked_job(desk, [draft], channel, due=False, sandbox=sandbox)
    word = Word(who(job.project, name), plain(reason))
    announce(job.project, desk)
    with open_ledgers(job.project, job.channels.values(), desk.environ, desk.clock, sandbox=sandbox) as ledgers:
        errand = Errand(job.project, job.channels, ledgers, word, sandbox)
        steps = _steps(job, errand, everywhere=not channel)
        refuse_errors(job, steps, desk, form)
        _show(steps, errand, desk)
        todo = [step for step in steps if step.outcome is None]
        if any(errand.is_live(step.key.channel) for step in todo) and not yes:
            _ask(todo, errand, desk)
        with progress(desk, len(todo)) as watch, TemporaryDirectory(prefix="kanal-") as pictures:
            try:
                results = carry_out(errand, steps, desk, watch, _lane_with(Path(pictures), job.project.policy.adapt))
            except KeyboardInterrupt:
                desk.note(msg("Broken off. The same command again finishes it."))
                leave_at_once()
        show.deliveries(results, desk.say, form, quiet=())
    raise typer.Exit(exit_code(results))


def _lane_with(pictures: Path, adapt: bool) -> Maker:
    """Who corrects on a channel; what is made of pictures lies in the folder `pictures`."""

    def make(channel: Channel, adapter: Adapter, ledger: Ledger, conditions: Conditions, word: Word) -> Correcting:
        ready = partial(fit, limits=limits_of(channel), folder=pictures, adapt=adapt)
        return Correcting(channel, adapter, ledger, conditions, word, ready)

    return make


def _steps(job: Job, errand: Errand, *, everywhere: bool) -> list[Step]:
    """What is to be done, and what cannot. Raises `UsageError` if the draft was published nowhere."""
    if not job.entries:  # it cannot be read, and its findings tell why
        return []
    draft = job.entries[0].load()
    steps = corrections(draft, job.channels, errand.states(), errand.ledger_of, job.project.office.mentions)
    if everywhere:
        steps += out_of_reach(draft.id, [ledger.states() for ledger in errand.ledgers], job.project.channels)
    if not steps:
        raise UsageError(
            msg("According to the ledger, nothing of “{draft}” is out there.", draft=draft.id),
            msg("See: kanal status"),
        )
    return steps


def _show(steps: Sequence[Step], errand: Errand, desk: Desk) -> None:
    """Everything that says something else now, whether it can be edited or not."""
    for step in steps:
        standing = errand.ledger_of(step.key.channel).standing(step.key) if step.post else None
        if (
            step.post is None
            or standing is None
            or standing.prepared is None
            or not (step.outcome is None or step.failed)
        ):
            continue
        write((title(step).ljust(79, "─"), "bold"), to=sys.stderr)
        for line in differences(standing.prepared.part, step.post.part, desk.say):
            write(line, to=sys.stderr)
        if step.reason:
            write(desk.say(step.reason), to=sys.stderr)


def _ask(todo: Sequence[Step], errand: Errand, desk: Desk) -> None:
    """Ask. Raises `UsageError` where nobody can answer."""
    if not sys.stdin.isatty():
        raise UsageError(
            msg("There is no terminal on which to ask whether to correct it."),
            msg("In CI and scripts, say so with --yes."),
        )
    live = sum(errand.is_live(step.key.channel) for step in todo)
    if not agrees(msgn("Edit {count} post on a real network?", "Edit {count} posts on real networks?", live), desk):
        desk.note(msg("Nothing was changed."))
        raise typer.Exit(Exit.DONE)
