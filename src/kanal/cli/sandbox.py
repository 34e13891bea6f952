"""`kanal sandbox`: the practice networks in the foreground, with a page that shows their timelines."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.cli.networks import PORT, PRACTICE_PATIENCE, practised
from kanal.cli.terminal import write
from kanal.errors import UsageError
from kanal.message import mark, msg
from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from kanal.sandbox.quirks import PLAYS, Quirk
from kanal.suggest import did_you_mean

Faults = Annotated[
    list[str] | None,
    typer.Option(
        "--fault",
        help=mark(
            "Let a network misbehave, like x:down or mastodon:latency:2 (seconds), or be odd, like"
            " facebook:expiring-token. May be repeated."
        ),
    ),
]


def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=0, max=65000, help=mark("Port of the timeline page."))] = PORT,
    fault: Faults = None,
    reset: Annotated[
        bool, typer.Option("--reset", help=mark("Begin with empty networks and an empty practice ledger."))
    ] = False,
) -> None:
    """Run the practice networks until Ctrl-C."""
    from kanal.sandbox.server import serve

    desk: Desk = context.obj
    project = desk.project()
    faults = [_fault(text) for text in fault or []]
    folder = project.state / "sandbox"
    folder.mkdir(parents=True, exist_ok=True)
    if reset:
        for path in [*folder.glob("networks.sqlite3*"), *project.state.glob("practice.sqlite3*")]:
            path.unlink()
    note = folder / "address"

    def ready(practice: Practice) -> None:
        note.write_text(practice.address, encoding="utf-8")
        for channel in project.channels.values():
            if channel.platform in PLATFORMS:
                practised(channel, practice, project)
        practice.heal()
        for switch_on in faults:
            switch_on(practice)
        write(desk.say(msg("The practice networks are running. Timelines: {address}", address=practice.address)))
        write(desk.say(msg("In another window: kanal publish --sandbox. Stop with Ctrl-C.")))

    try:
        serve(folder / "networks.sqlite3", port=port, staging=folder / "staging", on_ready=ready)
    finally:
        note.unlink(missing_ok=True)


def _fault(text: str) -> Callable[[Practice], None]:
    """`platform:kind[:seconds]`, as what it does to running networks. Raises `UsageError`."""
    platform, _, rest = text.partition(":")
    kind, _, seconds = rest.partition(":")
    kinds = [*map(str, FaultKind), *map(str, Quirk)]
    if platform not in PLATFORMS:
        raise UsageError(
            msg("There is no practice network “{name}”.", name=platform), did_you_mean(platform, PLATFORMS)
        )
    if kind not in kinds:
        raise UsageError(msg("There is no fault “{name}”.", name=kind), did_you_mean(kind, kinds))
    if seconds and not seconds.isdigit():
        raise UsageError(msg("“{text}” is not a number of seconds.", text=seconds), msg("Like: mastodon:latency:2"))
    if kind in map(str, Quirk):
        return _odd(platform, Quirk(kind), float(seconds) if seconds else None)
    fault = Fault(FaultKind(kind), None, float(seconds or PRACTICE_PATIENCE.total_seconds()))
    if fault.kind is FaultKind.EXPIRED:  # no request is answered to such a token
        fault = replace(fault, calls="all")
    return lambda practice: practice.set_fault(platform, fault)


def _odd(platform: str, quirk: Quirk, seconds: float | None) -> Callable[[Practice], None]:
    players = PLAYS[quirk].platforms
    if platform not in players:
        raise UsageError(
            msg("The practice network “{name}” cannot play “{kind}”.", name=platform, kind=str(quirk)),
            msg("Others can: {names}.", names=", ".join(players)),
        )
    return lambda practice: practice.set_quirk(platform, quirk, seconds)
