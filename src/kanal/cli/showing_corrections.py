"""What is shown and asked before anything is corrected, and told of replies afterwards.

It decides nothing about a post.
"""

import sys
from collections.abc import Sequence

import typer

from kanal.cli.desk import Desk
from kanal.cli.differences import differences
from kanal.cli.errands import Errand
from kanal.cli.preview import title
from kanal.cli.question import agrees
from kanal.cli.replying import Reply
from kanal.cli.terminal import write
from kanal.errors import UsageError
from kanal.exits import Exit
from kanal.ledger import STANDS
from kanal.message import Message, msg, msgn
from kanal.model import DeliveryKey, Outcome
from kanal.publish.conditions import Result
from kanal.publish.planning import Step
from kanal.publish.revisions import looked_up
from kanal.publish.taken_down import replies_to
from kanal.publish.wait import GOES_ANEW

_ANEW = msg("It is taken down, and then published anew. What readers answered, shared or linked is lost.")


def show_changes(steps: Sequence[Step], errand: Errand, desk: Desk) -> None:
    """Everything that says something else now, whether it can be edited or not."""
    for step in steps:
        if step.post is None or not (step.outcome is None or step.failed):
            continue
        ledger, key = errand.ledger_of(step.key.channel), step.key
        anew = step.why in GOES_ANEW
        before = key._replace(revision=key.revision - 1) if anew and ledger.standing(key) is None else key
        standing = ledger.standing(before)
        if standing is None or standing.prepared is None:
            continue
        write((title(step).ljust(79, "─"), "bold"), to=sys.stderr)
        for line in differences(standing.prepared.part, step.post.part, desk.say):
            write(line, to=sys.stderr)
        if step.reason or anew:
            write(desk.say(step.reason or _ANEW), to=sys.stderr)


def show_replies(steps: Sequence[Step], answers: Sequence[Reply], desk: Desk) -> None:
    """What corrects the posts that cannot be edited."""
    of_replies = {answer.entry.id for answer in answers}
    for step in steps:
        if step.key.draft in of_replies and step.post and step.outcome is not Outcome.ALREADY:
            write((title(step).ljust(79, "─"), "bold"), to=sys.stderr)
            for line in step.post.part.text.splitlines():
                write(f"  {line}".rstrip(), to=sys.stderr)
            if step.reason:
                write(desk.say(step.reason), to=sys.stderr)


def ask(live: Sequence[Step], draft: str, desk: Desk) -> None:
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
    if any(step.why in GOES_ANEW for step in live):
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


def warn_of_replies(results: Sequence[Result], errand: Errand, desk: Desk) -> None:
    """What corrected a post that is gone now stands beneath nothing."""
    for step in (one.step for one in results if one.step.why in GOES_ANEW and one.outcome is Outcome.PUBLISHED):
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
