"""`kanal sandbox`: the practice networks in the foreground, with a page that shows their timelines."""

from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.cli.networks import PORT, PRACTICE_PATIENCE, practised
from kanal.cli.terminal import write
from kanal.errors import UsageError
from kanal.message import mark, msg
from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from kanal.suggest import did_you_mean

Faults = Annotated[
    list[str] | None,
    typer.Option(
        "--fault", help=mark("Let a network misbehave, like x:down or mastodon:latency:2 (seconds). May be repeated.")
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
        for platform, switch in faults:
            practice.set_fault(platform, switch)
        write(desk.say(msg("The practice networks are running. Timelines: {address}", address=practice.address)))
        write(desk.say(msg("In another window: kanal publish --sandbox. Stop with Ctrl-C.")))

    try:
        serve(folder / "networks.sqlite3", port=port, staging=folder / "staging", on_ready=ready)
    finally:
        note.unlink(missing_ok=True)


def _fault(text: str) -> tuple[str, Fault]:
    """`platform:kind[:seconds]`. Raises `UsageError`."""
    platform, _, rest = text.partition(":")
    kind, _, seconds = rest.partition(":")
    kinds = [str(known) for known in FaultKind]
    if platform not in PLATFORMS:
        raise UsageError(
            msg("There is no practice network “{name}”.", name=platform), did_you_mean(platform, PLATFORMS)
        )
    if kind not in kinds:
        raise UsageError(msg("There is no fault “{name}”.", name=kind), did_you_mean(kind, kinds))
    if seconds and not seconds.isdigit():
        raise UsageError(msg("“{text}” is not a number of seconds.", text=seconds), msg("Like: mastodon:latency:2"))
    return platform, Fault(FaultKind(kind), None, float(seconds or PRACTICE_PATIENCE.total_seconds()))
