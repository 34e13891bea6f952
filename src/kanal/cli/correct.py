"""`kanal correct`: what a draft published says what the draft says now: edited, answered, or published anew."""

import sys
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
from kanal.cli.checking import refuse_errors
from kanal.cli.desk import Desk
from kanal.cli.differences import differences
from kanal.cli.errands import Errand, carry_out
from kanal.cli.networks import open_ledgers
from kanal.cli.preview import title
from kanal.cli.progress import progress
from kanal.cli.publish import Channels, FormatOption, Sandbox, Yes, asked_job
from kanal.cli.question import agrees
from kanal.cli.replying import Reply, replies, with_replies
from kanal.cli.sending import Job, situation_of
from kanal.cli.terminal import write
from kanal.cli.terminating import leave_at_once
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.ledger import STANDS
from kanal.message import Message, mark, msg, msgn
from kanal.model import Channel, DeliveryKey, Draft, Outcome
from kanal.publish.conditions import Result
from kanal.publish.corrections import corrections
from kanal.publish.planning import Step, held_back
from kanal.publish.replies import note
from kanal.publish.revisions import looked_up
from kanal.publish.running import exit_code
from kanal.publish.taken_down import out_of_reach, replies_to
from kanal.publish.wait import Wait, Why
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
    draft: Annotated[str, typer.Argument(help=mark("The draft, corrected and approved: its id or its file."))],
    reason: Annotated[str, typer.Option("--reason", help=mark("Why; it is kept in the ledger."))],
    channel: Channels = None,
    reply: ReplyOption = False,
    text: Text = None,
    repost: Repost = False,
    name: Name = None,
    yes: Yes = False,
    sandbox: Sandbox = False,
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
        _show(steps, errand, desk)
        answers = replies(steps, job, errand, desk, text) if reply else []
        steps = with_replies(steps, answers, job, errand, desk)
        _show_replies(steps, answers, desk)
        live = [step for step in steps if step.outcome is None and errand.is_live(step.key.channel)]
        if live and not yes:
            _ask(live, job.entries[0].id, desk)
        for answer in answers:
            note(answer.correction, answer.entry.id, errand.ledger_of(answer.correction.channel.name), word)
        results = _carry_out(steps, job, errand, desk)
        show.deliveries(results, desk.say, form, quiet=())
        _warn_of_replies(results, errand, desk)
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


def _warn_of_replies(results: Sequence[Result], errand: Errand, desk: Desk) -> None:
    """What corrected a post that is gone now stands beneath nothing."""
    for step in (one.step for one in results if one.step.why in _GOES_ANEW and one.outcome is Outcome.PUBLISHED):
        ledger, key = errand.ledger_of(step.key.channel), step.key
        for reply in replies_to(key.draft, key.channel, ledger) if key.part == 1 else ():
            standing = ledger.standing(looked_up(DeliveryKey(key.channel, reply), ledger))
            if standing and standing.state in STANDS:
                desk.note(
                    msg(
                        "“{reply}” answered the post that is gone now, and is still out. This takes it down:"
                        " kanal retract {reply} --channel {channel}",
                        reply=reply,
                        channel=key.channel,
                    )
                )


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


def _show(steps: Sequence[Step], errand: Errand, desk: Desk) -> None:
    """Everything that says something else now, whether it can be edited or not."""
    for step in steps:
        if step.post is None or not (step.outcome is None or step.failed):
            continue
        ledger, key = errand.ledger_of(step.key.channel), step.key
        anew = step.why in _GOES_ANEW
        before = key._replace(revision=key.revision - 1) if anew and ledger.standing(key) is None else key
        standing = ledger.standing(before)
        if standing is None or standing.prepared is None:
            continue
        write((title(step).ljust(79, "─"), "bold"), to=sys.stderr)
        for line in differences(standing.prepared.part, step.post.part, desk.say):
            write(line, to=sys.stderr)
        if step.reason or anew:
            write(desk.say(step.reason or _ANEW), to=sys.stderr)


_GOES_ANEW = frozenset({Why.ANEW, Why.REPOSTING})
_ANEW = msg("It is taken down, and then published anew. What readers answered, shared or linked is lost.")


def _show_replies(steps: Sequence[Step], answers: Sequence[Reply], desk: Desk) -> None:
    """What corrects the posts that cannot be edited."""
    of_replies = {answer.entry.id for answer in answers}
    for step in steps:
        if step.key.draft in of_replies and step.post and step.outcome is not Outcome.ALREADY:
            write((title(step).ljust(79, "─"), "bold"), to=sys.stderr)
            for line in step.post.part.text.splitlines():
                write(f"  {line}".rstrip(), to=sys.stderr)
            if step.reason:
                write(desk.say(step.reason), to=sys.stderr)


def _ask(live: Sequence[Step], draft: str, desk: Desk) -> None:
    """Ask. Raises `UsageError` where nobody can answer."""
    if not sys.stdin.isatty():
        raise UsageError(
            msg("There is no terminal on which to ask whether to correct it."),
            msg("In CI and scripts, say so with --yes."),
        )
    if not agrees(_question(live, draft), desk):
        desk.note(msg("Nothing was changed."))
        raise typer.Exit(Exit.DONE)


def _question(live: Sequence[Step], draft: str) -> Message:
    if any(step.why in _GOES_ANEW for step in live):
        return msgn(
            "Correct {count} post on a real network? What is published anew is taken down first.",
            "Correct {count} posts on real networks? What is published anew is taken down first.",
            len(live),
        )
    if any(step.key.draft != draft for step in live):
        return msgn(
            "Edit or answer {count} post on a real network?",
            "Edit or answer {count} posts on real networks?",
            len(live),
        )
    return msgn("Edit {count} post on a real network?", "Edit {count} posts on real networks?", len(live))
