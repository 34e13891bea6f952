"""`kanal status`: how every delivery stands, and what a person can do about the doubtful ones."""

import typer

from kanal.cli import show
from kanal.cli.desk import Desk, chosen
from kanal.cli.networks import Ledgers
from kanal.cli.publish import Channels, Drafts, FormatOption, Sandbox
from kanal.cli.sending import Job, planned, select_channels
from kanal.cli.terminal import write
from kanal.ledger import State
from kanal.message import msg
from kanal.model import Outcome
from kanal.publish.conditions import Result
from kanal.publish.planning import Step

_OUTCOMES = {
    State.CLAIMED: Outcome.UNCERTAIN,
    State.UNCERTAIN: Outcome.UNCERTAIN,
    State.PUBLISHED: Outcome.PUBLISHED,
    State.REJECTED: Outcome.REJECTED,
    State.RELEASED: Outcome.DEFERRED,
}


def status(
    context: typer.Context,
    drafts: Drafts = None,
    channel: Channels = None,
    sandbox: Sandbox = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """How every delivery stands; what is uncertain comes first, with the commands that settle it."""
    desk: Desk = context.obj
    project = desk.project()
    folder = desk.drafts(project)
    entries = chosen(folder, drafts or [], project.root)
    job = Job(project, folder, entries, select_channels(project, channel or []), not drafts, sandbox)
    with planned(job, desk) as (steps, ledgers):
        results = [_as_it_stands(step, job, ledgers) for step in steps]
    results.sort(key=lambda result: result.outcome is not Outcome.UNCERTAIN)
    quiet = (Outcome.PUBLISHED,) if len(results) > show.MANY and not drafts else ()
    show.deliveries(results, desk.say, form, quiet=quiet)
    if form is show.Format.TEXT:
        _explain(results, desk, sandbox=sandbox)


def _as_it_stands(step: Step, job: Job, ledgers: Ledgers) -> Result:
    channel = job.channels.get(step.key.channel)
    standing = ledgers.of(channel, sandbox=job.sandbox).standing(step.key) if channel else None
    if standing is None:
        return Result(step, step.outcome or Outcome.DEFERRED, step.reason or msg("It goes out with the next publish."))
    receipt = standing.receipt
    reason = standing.reason
    if standing.state is State.CLAIMED:
        reason = msg("Sending began at {time}; how it ended is not known.", time=standing.since)
    if standing.state is State.PUBLISHED:
        return Result(
            step, Outcome.PUBLISHED, reason, receipt.url if receipt else None, receipt.at if receipt else None
        )
    return Result(step, _OUTCOMES[standing.state], reason, at=standing.retry_at or standing.since)


def _explain(results: list[Result], desk: Desk, *, sandbox: bool) -> None:
    option = " --sandbox" if sandbox else ""
    for result in results:
        if result.outcome is not Outcome.UNCERTAIN:
            continue
        key = result.step.key
        command = f"kanal resolve{option} {key.draft} --channel {key.channel} --name NAME --reason REASON"
        write("")
        write(
            desk.say(
                msg("“{draft}” on {channel}: nobody knows whether it is out.", draft=key.draft, channel=key.channel)
            )
        )
        write(
            desk.say(
                msg(
                    "  kanal publish{option} asks the network again. If that does not help, look there, then:",
                    option=option,
                )
            )
        )
        write(f"    {command} --published URL")
        write(f"    {command} --not-published")
