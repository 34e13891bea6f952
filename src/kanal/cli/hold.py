"""`kanal hold`, `kanal pause` and `kanal release`: files that every runner sees, each committed alone.

The files count on this computer as soon as they are written; for CI jobs and colleagues once they are pushed.
"""

from collections.abc import Mapping
from typing import Annotated

import typer

from kanal.cli import git
from kanal.cli.announcing import hold_in_words, pause_in_words
from kanal.cli.answering import Name, plain, who
from kanal.cli.completing import channels_to_offer
from kanal.cli.desk import Desk
from kanal.cli.sending import select_channels
from kanal.cli.unstoppable import Brake, tell_what_goes_on
from kanal.config import Project
from kanal.config.brakes import (
    HOLD_FILE,
    PAUSE_FILE,
    Brakes,
    Hold,
    Pause,
    end_of,
    hold_as_text,
    pauses_as_text,
)
from kanal.errors import UsageError
from kanal.message import Message, mark, msg, msgn

Reason = Annotated[str, typer.Option("--reason", help=mark("Why; everybody in the office can read it."))]
Push = Annotated[bool, typer.Option("--push", help=mark("Push it at once, so that CI and colleagues know."))]
ChannelName = Annotated[str, typer.Argument(help=mark("The channel."), autocompletion=channels_to_offer)]


def hold(context: typer.Context, reason: Reason, name: Name = None, push: Push = False) -> None:
    """Let nothing go out but warnings, until kanal release."""
    desk: Desk = context.obj
    project = desk.project()
    there = project.brakes.hold if project.brakes else None
    if there is None:
        there = Hold(plain(reason), who(project, name), desk.clock())
        _write(project, HOLD_FILE, hold_as_text(there, project.office.zone))
    else:
        desk.note(msg("It is on hold already; the reason stays as it was."))
    desk.note(hold_in_words(there))
    _commit(project, HOLD_FILE, f"Hold all posts: {there.reason}", desk, push=push)
    tell_what_goes_on(project, Brake(there.name, there.reason), desk)


def pause(
    context: typer.Context,
    channel: ChannelName,
    until: Annotated[str, typer.Option("--until", help=mark("The last day (2026-12-01), or a local time."))],
    reason: Annotated[str | None, typer.Option("--reason", help=mark("Why."))] = None,
    name: Name = None,
    push: Push = False,
) -> None:
    """Let nothing go out on one channel for some time."""
    desk: Desk = context.obj
    project = desk.project()
    select_channels(project, [channel])
    now = desk.clock()
    ends = end_of(until, project.office.zone)
    if isinstance(ends, Message):
        raise UsageError(ends, msg("Or name the last day, like 2026-12-01."))
    if ends <= now:
        raise UsageError(msg("{time} is over already.", time=ends), msg("Name a day or a time that is to come."))
    new = Pause(until, ends, who(project, name), now, plain(reason) if reason else None)
    lasting = {of: one for of, one in _pauses(project).items() if now < one.ends}
    _write(project, PAUSE_FILE, pauses_as_text({**lasting, channel: new}, project.office.zone))
    desk.note(pause_in_words(channel, new))
    _commit(project, PAUSE_FILE, f"Pause {channel} until {until}", desk, push=push)
    why = new.reason or desk.say(msg("The channel “{channel}” is paused.", channel=channel))
    tell_what_goes_on(project, Brake(new.name, why, channel, ends), desk)


def release(
    context: typer.Context,
    channel: Annotated[
        str | None,
        typer.Argument(help=mark("End the pause of this channel, not the hold."), autocompletion=channels_to_offer),
    ] = None,
    push: Push = False,
) -> None:
    """End a hold, or the pause of a channel."""
    desk: Desk = context.obj
    project = desk.project()
    if channel is None:
        if project.brakes is None or project.brakes.hold is None:
            _nothing_there(project, HOLD_FILE, msg("Nothing is on hold."), desk, push=push)
            return
        _write(project, HOLD_FILE, "")
        desk.note(msg("The hold is over. What was due meanwhile goes out by itself, unless it has become too late."))
        _commit(project, HOLD_FILE, "Release the hold", desk, push=push)
        return
    select_channels(project, [channel])
    if channel not in _pauses(project):
        _nothing_there(project, PAUSE_FILE, msg("“{channel}” is not paused.", channel=channel), desk, push=push)
        return
    rest = {of: one for of, one in _pauses(project).items() if of != channel}
    _write(project, PAUSE_FILE, pauses_as_text(rest, project.office.zone))
    desk.note(msg("The pause of “{channel}” is over.", channel=channel))
    _commit(project, PAUSE_FILE, f"Release {channel}", desk, push=push)


def _pauses(project: Project) -> Mapping[str, Pause]:
    return (project.brakes or Brakes()).pauses


def _nothing_there(project: Project, file: str, complaint: Message, desk: Desk, *, push: bool) -> None:
    """There is nothing to end; but perhaps ending it was not committed, or not pushed. Raises `UsageError`."""
    if git.is_work_tree(project.root) and (push or not git.is_committed(project.root, file)):
        desk.note(complaint)
        _commit(project, file, "Release the hold" if file == HOLD_FILE else "Release a channel", desk, push=push)
        return
    raise UsageError(complaint, msg("See: kanal status"))


def _commit(project: Project, file: str, message: str, desk: Desk, *, push: bool) -> None:
    """Commit the file alone and push it if asked to; where that is impossible, say what is to be done."""
    root = project.root
    if not git.is_work_tree(root):
        desk.note(
            msg(
                "This folder is not under git: it counts on this computer only. Take {file} wherever kanal runs.",
                file=file,
            )
        )
        return
    if not git.is_committed(root, file):
        git.commit_alone(root, file, message)
        desk.note(msg("Committed: {file}.", file=file))
    if not git.remotes(root):
        desk.note(msg("There is no remote repository: it counts on this computer only."))
    elif push:
        others = git.push(root)
        desk.note(msg("Pushed. CI and colleagues know of it with their next fetch."))
        if others:
            desk.note(
                msgn(
                    "{count} earlier commit of yours went along.",
                    "{count} earlier commits of yours went along.",
                    others,
                )
            )
    else:
        desk.note(msg("CI and colleagues know of it once it is pushed: git push (or --push with this command)."))


def _write(project: Project, file: str, text: str) -> None:
    """Write the file in one step, so that nobody reads half of it; without text, remove it."""
    path = project.root / file
    if not text:
        path.unlink()
        return
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
