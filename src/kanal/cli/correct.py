"""`kanal correct`: what a draft published says what the draft says now: edited, answered, or published anew."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.amending import lane_maker
from kanal.cli.announcing import announce
from kanal.cli.answering import Name, plain, who
from kanal.cli.checking import refuse_errors, with_care
from kanal.cli.completing import drafts_to_offer
from kanal.cli.desk import Desk
from kanal.cli.errands import Errand, carry_out
from kanal.cli.networks import open_ledgers
from kanal.cli.progress import progress
from kanal.cli.publish import Channels, FormatOption, Practice, Yes, asked_job
from kanal.cli.replying import replies, with_replies
from kanal.cli.sending import Job, situation_of
from kanal.cli.showing_corrections import ask, show_changes, show_replies, warn_of_replies
from kanal.cli.terminating import leave_at_once
from kanal.errors import UsageError
from kanal.message import mark, msg
from kanal.model import Channel, Draft
from kanal.publish.conditions import Result
from kanal.publish.corrections import corrections
from kanal.publish.planning import Step, held_back
from kanal.publish.replies import note
from kanal.publish.running import exit_code
from kanal.publish.taken_down import out_of_reach
from kanal.publish.wait import Wait
from kanal.publish.word import Word

ReplyOption = Annotated[
    bool,
    typer.Option(
        "--reply",
        help=mark(
            "Where it cannot be edited, answer it with a correction: a draft of its own, written if there is none."
        ),
    ),
]
Text = Annotated[str | None, typer.Option("--text", help=mark("With --reply: what the correction says."))]
Repost = Annotated[
    bool, typer.Option("--repost", help=mark("Where it cannot be edited, take it down and publish it anew."))
]


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
    reply: ReplyOption = False,
    text: Text = None,
    repost: Repost = False,
    name: Name = None,
    yes: Yes = False,
    sandbox: Practice = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Edit what a draft published and now says differently; where that is impossible, answer it or publish it anew."""
    desk: Desk = context.obj
    _refuse_contradictions(reply=reply, text=text, repost=repost)
    job = asked_job(desk, [draft], channel, due=False, sandbox=sandbox)
    word = Word(who(job.project, name), plain(reason))
    announce(job.project, desk)
    with open_ledgers(job.project, job.channels.values(), desk.environ, desk.clock, sandbox=sandbox) as ledgers:
        errand = Errand(job.project, job.channels, ledgers, word, sandbox)
        steps = _steps(job, errand, desk, everywhere=not channel, repost=repost)
        refuse_errors(job, steps, desk, form)
        steps = with_care(job, steps, desk, asked_for=True)
        show_changes(steps, errand, desk)
        answers = replies(steps, job, errand, desk, text) if reply else []
        steps = with_replies(steps, answers, job, errand, desk)
        show_replies(steps, answers, desk)
        live = [step for step in steps if step.outcome is None and errand.is_live(step.key.channel)]
        if live and not yes:
            ask(live, job.entries[0].id, desk)
        for answer in answers:
            note(answer.correction, answer.entry.id, errand.ledger_of(answer.correction.channel.name), word)
        results = _carry_out(steps, job, errand, desk)
        show.deliveries(results, desk.say, form, quiet=())
        warn_of_replies(results, errand, desk)
    raise typer.Exit(exit_code(results))


def _carry_out(steps: Sequence[Step], job: Job, errand: Errand, desk: Desk) -> list[Result]:
    todo = sum(step.outcome is None for step in steps)
    with ExitStack() as stack:
        watch = stack.enter_context(progress(desk, todo))
        pictures = Path(stack.enter_context(TemporaryDirectory(prefix="kanal-", ignore_cleanup_errors=True)))
        try:
            return carry_out(errand, steps, desk, watch, lane_maker(job, errand, desk, pictures, stack))
        except KeyboardInterrupt:
            desk.note(msg("Broken off. The same command again finishes it."))
            leave_at_once()


def _refuse_contradictions(*, reply: bool, text: str | None, repost: bool) -> None:
    if reply and repost:
        raise UsageError(
            msg("--reply and --repost are two ways to correct the same post."),
            msg("Choose one; with --channel, another one for another channel."),
        )
    if text is not None and not reply:
        raise UsageError(msg("--text is what a reply says."), msg("Say --reply, too."))


def _steps(job: Job, errand: Errand, desk: Desk, *, everywhere: bool, repost: bool) -> list[Step]:
    """What is to be done, and what cannot. Raises `UsageError` if the draft was published nowhere."""
    if not job.entries:  # it cannot be read, and its findings tell why
        return []
    draft, now = job.entries[0].load(), desk.clock()
    local = now.astimezone(job.project.office.zone)
    situation = situation_of(job, errand.ledgers, now)

    def hindrance(draft: Draft, channel: Channel) -> Wait | None:
        return held_back(draft, channel, local, situation)

    steps = corrections(
        draft,
        job.channels,
        errand.states(),
        errand.ledger_of,
        job.project.office.mentions,
        repost=hindrance if repost else None,
    )
    if everywhere:
        steps += out_of_reach(draft.id, [ledger.states() for ledger in errand.ledgers], job.project.channels)
    if not steps:
        raise UsageError(
            msg("According to the ledger, nothing of “{draft}” is out there.", draft=draft.id),
            msg("See: kanal status"),
        )
    return steps
