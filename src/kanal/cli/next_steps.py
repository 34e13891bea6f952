"""What comes next, as commands to type: said to whoever sits at a terminal, after what they have just done.

Nobody should need a manual to get from an empty folder to a published post. Scripts, commit hooks and CI jobs, which
read no advice, are told nothing. It must not decide whether something may go out: the rules do.
"""

import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from kanal.approval.asking import histories
from kanal.approval.digest import digest_of
from kanal.approval.history import Gap, History
from kanal.cli.approvable import may_approve_own
from kanal.cli.desk import Desk
from kanal.cli.networks import running_practice
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.folder import Entry
from kanal.language import Speech
from kanal.message import Message, msg
from kanal.model import Draft
from kanal.publish.timing import planned_for

NAMED = 3
"""Drafts that a command or a commit message names; more are left to the next round, or counted."""


class NextStep(NamedTuple):
    """A command as it is typed, and what it is good for."""

    command: str
    remark: Message | None = None


def somebody_is_there() -> bool:
    """Whether a person types commands here and reads what is said; git gives its hooks no terminal to read from."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def tell_next(steps: Iterable[NextStep], desk: Desk) -> None:
    """Say the steps, in the order in which they are typed, if somebody is there."""
    if somebody_is_there():
        say_next(steps, desk)


def say_next(steps: Iterable[NextStep], desk: Desk) -> None:
    """The same, whoever reads it. Nothing, where nothing is left to do."""
    for number, step in enumerate(steps):
        if number == 0:
            desk.note(msg("What comes next:"))
        remark = f"  {desk.say(step.remark)}" if step.remark else ""
        write("  ", (step.command, "bold"), remark, to=sys.stderr)


def after_lint(entries: Collection[Entry], files: Collection[str] | None) -> Iterator[NextStep]:
    """How a draft that the rules do not object to looks on its channels; the one looked at, or all of them."""
    named = [entry.id for entry in entries if files is None or entry.file in files]
    if not named:
        yield NextStep("kanal new", msg("Asks for what a draft needs, and writes it."))
    elif len(named) == 1:
        yield NextStep(f"kanal plan {named[0]}", msg("Shows it as each network will show it."))
    else:
        yield NextStep("kanal plan", msg("Shows what would go out, as each network will show it."))


def towards_publishing(drafts: Sequence[Draft], project: Project, desk: Desk, *, sandbox: bool) -> Iterator[NextStep]:
    """What is left to do for drafts that are not out: commit, approve, publish; up to where somebody else acts."""
    told = histories(project.root, project.setting, drafts)
    unapproved = [draft for draft in drafts if not _is_approved(draft, project)]
    solo = may_approve_own(project.policy)
    if any(history.gap is Gap.NO_REPOSITORY for history in told.values()):
        yield NextStep("git init", msg("Drafts and approvals live in a git repository."))
    if unapproved:
        if not solo and not all(_is_written_down(told[draft.path]) for draft in unapproved):
            yield from commit(msg("Draft: {drafts}", drafts=_some(unapproved)), desk.say)
        somebody_else = msg("Somebody other than the writer does that, under his or her own name.")
        yield NextStep(f"kanal approve {_named(unapproved)}", None if solo else somebody_else)
        return
    uncommitted = [draft for draft in drafts if told[draft.path].gap in {Gap.UNCOMMITTED, Gap.NO_REPOSITORY}]
    if uncommitted:
        yield from commit(msg("Approval: {drafts}", drafts=_some(uncommitted)), desk.say)
    if drafts:
        yield _publish(drafts, project, desk, sandbox=sandbox)


def after_publishing(project: Project, *, practised: bool, sandbox: bool) -> Iterator[NextStep]:
    """Where to see what went out; `practised` if some of it went to the practice networks."""
    yield NextStep(f"kanal status{' --sandbox' if sandbox else ''}", msg("Shows how every delivery stands."))
    if practised:
        yield from to_see_practice(project)


def to_see_practice(project: Project) -> Iterator[NextStep]:
    """How the addresses of the practice networks come to life in a browser, unless they are alive."""
    if running_practice(project) is None:
        yield NextStep(
            "kanal sandbox", msg("Shows the posts at these addresses in your browser, until you press Ctrl-C.")
        )


def commit(message: Message, say: Speech) -> Iterator[NextStep]:
    """How a commit of everything is typed; with its message, so that git opens no editor."""
    yield NextStep("git add --all")
    yield NextStep(f'git commit -m "{say(message)}"')


def _publish(drafts: Sequence[Draft], project: Project, desk: Desk, *, sandbox: bool) -> NextStep:
    now = desk.clock()
    if all((at := planned_for(draft)) is not None and at > now for draft in drafts):
        return NextStep("kanal status", msg("Shows when it goes out."))
    channels = {name for draft in drafts for name in draft.channels}
    command = f"kanal publish {_named(drafts)}"
    if sandbox or not _live(channels, project):
        return NextStep(f"{command} --sandbox", msg("Sends to the practice networks of this computer."))
    return NextStep(command, msg("Shows what goes to the real networks, and asks."))


def _live(channels: Collection[str], project: Project) -> bool:
    return any(channel.live for name, channel in project.channels.items() if name in channels)


def _is_approved(draft: Draft, project: Project) -> bool:
    return draft.approval is not None and draft.approval.digest == digest_of(draft, project.posts)


def _is_written_down(history: History) -> bool:
    return bool(history.content) or history.gap not in {Gap.UNCOMMITTED, Gap.NO_REPOSITORY}


def _named(drafts: Sequence[Draft]) -> str:
    return " ".join(draft.id for draft in drafts[:NAMED])


def _some(drafts: Sequence[Draft]) -> str:
    more = len(drafts) - NAMED
    return ", ".join(draft.id for draft in drafts[:NAMED]) + (f" (+{more})" if more > 0 else "")
