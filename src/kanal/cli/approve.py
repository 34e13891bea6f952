"""`kanal approve`: show what a draft says on every channel, ask, and write into it who agreed to exactly that."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from kanal.approval.asking import histories
from kanal.approval.digest import digest_of
from kanal.approval.history import Gap, History
from kanal.approval.identity import me
from kanal.approval.people import Person
from kanal.approval.writing import approved
from kanal.cli.approvable import objections, refuse_unwritten
from kanal.cli.completing import drafts_to_offer
from kanal.cli.desk import Desk, chosen, relative
from kanal.cli.findings import as_text
from kanal.cli.next_steps import somebody_is_there, tell_next, towards_publishing
from kanal.cli.publish import Yes
from kanal.config import Project
from kanal.errors import InvalidFiles, UsageError
from kanal.exits import Exit
from kanal.folder import Entry
from kanal.lint import has_errors, lint
from kanal.lint.fixing import Change, write
from kanal.message import mark, msg
from kanal.model import Approval, DeliveryKey, Draft, Finding

Names = Annotated[list[str], typer.Argument(help=mark("Drafts: ids or files."), autocompletion=drafts_to_offer)]
Name = Annotated[str | None, typer.Option("--name", help=mark("Who approves; without it, git's user.name."))]


class Candidate(NamedTuple):
    """A draft as it was shown, with the digest of that moment, and what git tells about it."""

    entry: Entry
    draft: Draft
    digest: str
    history: History


def approve(context: typer.Context, drafts: Names, name: Name = None, yes: Yes = False) -> None:
    """Show what drafts say on every channel, and write into them who approves exactly that."""
    desk: Desk = context.obj
    project = desk.project()
    candidates = _candidates(desk, project, drafts)
    known = me(project.root, desk.environ)
    person = _person(known, name)
    refuse_unwritten([(one.draft, one.history) for one in candidates], project)
    if not yes and not sys.stdin.isatty():
        raise UsageError(
            msg("There is no terminal on which to ask whether you approve."),
            msg("Look at the posts with kanal plan, then say so with --yes."),
        )
    in_order = [_in_order(one, person, project, desk) for one in candidates]
    if not all(in_order):
        desk.note(msg("Nothing was approved."))
        raise typer.Exit(Exit.FINDINGS)
    done = [one for one in candidates if yes or _agrees(one, person, desk)]
    for one in done:
        _write(one, person.name, project, desk)
        desk.note(msg("Approved by {name}: {file}", name=person.name, file=one.draft.path))
    _what_now(done, person, known, project, desk)


def _candidates(desk: Desk, project: Project, names: Sequence[str]) -> list[Candidate]:
    """The drafts that are meant. Raises `InvalidFiles` for those that cannot be read, `UsageError`."""
    folder = desk.drafts(project)
    named = {relative(name, project.root) for name in names}
    broken = [finding for finding in folder.findings if finding.file in named]
    if broken:
        raise InvalidFiles(msg("What cannot be read cannot be approved."), broken)
    entries = chosen(folder, names, project.root)
    drafts = [entry.load() for entry in entries]
    told = histories(project.root, project.setting, drafts)
    return [
        Candidate(entry, draft, digest_of(draft, project.posts), told[draft.path])
        for entry, draft in zip(entries, drafts, strict=True)
    ]


def _person(known: Person, name: str | None) -> Person:
    wanted = " ".join((name if name is not None else known.name).split())
    if not wanted:
        raise UsageError(msg("Nobody knows who you are."), msg("Say it with --name, or once: git config user.name"))
    return known if known.is_called(wanted) else Person(wanted)


def _in_order(one: Candidate, person: Person, project: Project, desk: Desk) -> bool:
    """Show the draft's posts and what stands against them; whether they may be approved."""
    from kanal.cli.preview import post_in_full
    from kanal.compose import compose
    from kanal.publish.planning import Step

    draft = one.draft
    at = max((at for at in (draft.publish_at, draft.embargo) if at), default=None)
    for channel in (project.channels[name] for name in draft.channels if name in project.channels):
        goes = msg("Goes to the real network.") if channel.live else msg("Goes to the practice network.")
        for post in compose(draft, channel, project.office.mentions):
            step = Step(DeliveryKey(channel.name, draft.id, post.part.number), draft.path, post=post, at=at)
            post_in_full(step, desk, goes, adapt=project.policy.adapt)
    found = _findings(one, person, project, desk)
    if found:
        as_text(found, 1, desk.say, project.root, to=sys.stderr)
    return not has_errors(found)


def _findings(one: Candidate, person: Person, project: Project, desk: Desk) -> list[Finding]:
    """What lint says, except about the approval that is to be replaced; and what stands against the new one."""
    now = desk.clock()
    linted = lint(project, now, desk.cache(project), {one.draft.path}).findings
    about = [found for found in linted if not found.field.startswith("approval")]
    return [*about, *objections(one.draft, one.history, Approval(person.name, now, one.digest), person, project)]


def _agrees(one: Candidate, person: Person, desk: Desk) -> bool:
    from kanal.cli.question import agrees

    return agrees(msg("Approve “{draft}” as {name}?", draft=one.draft.id, name=person.name), desk)


def _write(one: Candidate, name: str, project: Project, desk: Desk) -> None:
    """Put the approval into the file, if it still says what was shown. Raises `InvalidFiles`, `UsageError`."""
    if digest_of(one.entry.load(), project.posts) != one.digest:
        raise UsageError(
            msg("{file} or one of its pictures was changed while you were reading.", file=one.draft.path),
            msg("Read it again: kanal approve {draft}", draft=one.draft.id),
        )
    raw = Path(one.entry.stat.path).read_bytes()
    after = approved(raw, Approval(name, desk.clock(), one.digest), project.setting)
    write(Change(one.draft.path, raw, after), project.root)


def _what_now(done: Sequence[Candidate], person: Person, known: Person, project: Project, desk: Desk) -> None:
    if not done:
        desk.note(msg("Nothing was approved."))
    elif any(one.history.gap is Gap.NO_REPOSITORY for one in done):
        desk.note(msg("This folder is not in a git repository, so nobody can prove who approved."))
    elif known.name and not known.is_called(person.name):
        desk.note(
            msg(
                "git knows you as {known}. {name} has to commit this, else it counts as forged.",
                known=known.name,
                name=person.name,
            )
        )
    else:
        desk.note(msg("Now commit it yourself, under your name: git commit. Any change of the content voids it."))
        if not somebody_is_there():
            return
        written = chosen(desk.drafts(project), [one.draft.path for one in done], project.root)
        tell_next(towards_publishing([entry.load() for entry in written], project, desk, sandbox=False), desk)
