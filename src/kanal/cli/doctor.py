"""`kanal doctor`: whether everything is in order before something goes out."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Annotated

import typer

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.networks import practice_networks, practised
from kanal.cli.publish import FormatOption, Practice
from kanal.cli.sending import select_channels
from kanal.cli.terminal import Piece, cells, write
from kanal.config import Project
from kanal.config.secrets import Credentials, credentials
from kanal.doctor import Check, Observation, Patient, State, Surroundings, of_channels, of_this_computer
from kanal.errors import ConfigError
from kanal.exits import Exit
from kanal.language import Speech
from kanal.message import mark, msg, msgn
from kanal.model import Channel, ChannelStatus
from kanal.platforms import adapter_class
from kanal.sandbox import PLATFORMS as PRACTISED

Names = Annotated[list[str] | None, typer.Argument(help=mark("Channels. Without any: all."))]
Offline = Annotated[bool, typer.Option("--offline", help=mark("Ask no network; look at what is on this computer."))]

STATES = {
    State.OK: mark("ok"),
    State.WARNING: mark("warning"),
    State.ERROR: mark("error"),
    State.UNKNOWN: mark("unknown"),
}
COLOURS = {State.OK: "green", State.WARNING: "yellow", State.ERROR: "bold red", State.UNKNOWN: "cyan"}
CHECKS = {
    Check.KANAL: mark("kanal"),
    Check.TIME_ZONE: mark("time zone"),
    Check.CERTIFICATES: mark("certificates"),
    Check.PROXY: mark("proxy"),
    Check.GIT: mark("git"),
    Check.HOOKS: mark("hooks"),
    Check.LEDGER: mark("ledger"),
    Check.CREDENTIALS: mark("credentials"),
    Check.VERSION: mark("version"),
    Check.NETWORK: mark("network"),
    Check.ACCOUNT: mark("account"),
    Check.PAGE: mark("page"),
    Check.SCOPES: mark("permissions"),
    Check.VALIDITY: mark("validity"),
    Check.LIMITS: mark("limits"),
    Check.ALLOWANCE: mark("allowance"),
    Check.CLOCK: mark("clock"),
    Check.STAGING: mark("staging place"),
}


def doctor(
    context: typer.Context,
    channels: Names = None,
    offline: Offline = False,
    sandbox: Practice = False,
    form: FormatOption = show.Format.TEXT,
) -> None:
    """Look whether everything is in order: this computer, and each channel's account. Nothing is posted."""
    desk: Desk = context.obj
    project = desk.project()
    chosen = [one for one in select_channels(project, channels or []).values() if one.status is not ChannelStatus.ENDED]
    where = Surroundings(project, desk.environ, desk.clock, offline)
    live = [channel for channel in chosen if channel.live and not sandbox]
    with ExitStack() as stack:
        patients = _patients(chosen, project, desk, stack, sandbox=sandbox, offline=offline)
        if not offline and sys.stderr.isatty():
            desk.note(msg("Asking the networks …"))
        seen = [*of_this_computer(where, live), *of_channels(where, patients)]
    if form is show.Format.JSON:
        show.write_json(_as_json(seen, desk.say))
    else:
        _table(seen, desk.say)
    if any(one.state is State.ERROR for one in seen):
        raise typer.Exit(Exit.FINDINGS)


def _patients(
    channels: Sequence[Channel], project: Project, desk: Desk, stack: ExitStack, *, sandbox: bool, offline: bool
) -> list[Patient]:
    """The channels as they are to be asked; those that are not real meet the practice networks, if there is one."""
    practising = [one for one in channels if (sandbox or not one.live) and one.platform in PRACTISED]
    practice = stack.enter_context(practice_networks(project)) if practising and not offline else None
    patients = []
    for channel in channels:
        if channel.live and not sandbox:
            patients.append(Patient(channel, _credentials(channel, desk), real=True))
        elif practice and channel in practising:
            there, own = practised(channel, practice, project)
            patients.append(Patient(there, Credentials(own, ()), real=False))
        elif offline:
            patients.append(Patient(channel, Credentials({}, ()), real=False))
    return patients


def _credentials(channel: Channel, desk: Desk) -> Credentials:
    """What there is for a real channel; none for a platform that cannot be loaded, which has a row of its own."""
    try:
        needs = adapter_class(channel.platform).needs
    except ConfigError:
        return Credentials({}, ())
    return credentials(channel.name, needs, desk.environ)


def _table(seen: Sequence[Observation], say: Speech) -> None:
    """A row for each observation; what to do stands below it."""
    head = [say.plain(title) for title in (mark("where"), mark("checked"), mark("state"))]
    rows = [[_where(one, say), say.plain(CHECKS[one.check]), say.plain(STATES[one.state])] for one in seen]
    widths = [max(cells(row[column]) for row in [head, *rows]) + 2 for column in range(len(head))]
    hang = sum(widths)
    write(*((_wide(title, room), "bold") for title, room in zip(head, widths, strict=True)))
    for row, one in zip(rows, seen, strict=True):
        words: list[Piece] = [_wide(word, room) for word, room in zip(row, widths, strict=True)]
        words[2] = (str(words[2]), COLOURS[one.state])
        write(*words, say(one.message), hang=hang)
        if one.advice:
            write(" " * hang, f"→ {say(one.advice)}", hang=hang + 2)
    write(say(msg("Summary: {counts}.", counts=", ".join(_counts(seen, say)))))


def _where(one: Observation, say: Speech) -> str:
    return one.channel or say.plain(mark("computer"))


def _wide(word: str, room: int) -> str:
    return word + " " * (room - cells(word))


def _counts(seen: Sequence[Observation], say: Speech) -> Iterator[str]:
    found = Counter(one.state for one in seen)
    counted = {
        State.OK: msgn("{count} ok", "{count} ok", found[State.OK]),
        State.WARNING: msgn("{count} warning", "{count} warnings", found[State.WARNING]),
        State.ERROR: msgn("{count} error", "{count} errors", found[State.ERROR]),
        State.UNKNOWN: msgn("{count} unknown", "{count} unknown", found[State.UNKNOWN]),
    }
    return (say(counted[state]) for state in State if found[state])


def _as_json(seen: Sequence[Observation], say: Speech) -> dict[str, object]:
    found = Counter(one.state for one in seen)
    return {
        "checks": [
            {
                "check": str(one.check),
                "channel": one.channel,
                "state": str(one.state),
                "message": say(one.message),
                "advice": say(one.advice) if one.advice else None,
            }
            for one in seen
        ],
        "summary": {str(state): found[state] for state in State},
    }
