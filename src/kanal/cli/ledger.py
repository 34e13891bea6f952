"""`kanal ledger`: set the office's ledger up, move it, look into it, and answer for what it lost."""

import getpass
from datetime import UTC
from typing import Annotated, Literal

import typer

from kanal.cli.desk import Desk
from kanal.cli.ledger_check import check, site_of
from kanal.cli.ledger_export import export
from kanal.config import Project
from kanal.errors import LedgerRefused, LedgerUnwritable, UsageError
from kanal.ledger.memory import remember
from kanal.ledger.moving import move as move_ledger
from kanal.ledger.naming import with_ledger
from kanal.ledger.office import fresh_name, new_office_ledger, office_ledger, open_named
from kanal.ledger.stores import chosen
from kanal.message import Message, mark, msg, msgn
from kanal.model import DeliveryKey
from kanal.publish.revisions import present, revisions

group = typer.Typer(help=mark("The record of what was published."), no_args_is_help=True, rich_markup_mode=None)
group.command("check", help=mark("Hold every event against its predecessor; tell where the chain is broken."))(check)
group.command("export", help=mark("Write the record for the office's files: JSON Lines, and a page for each post."))(
    export
)
Store = Literal["auto", "sqlite", "git", "postgres"]
Target = Literal["sqlite", "git", "postgres"]
Remote = Annotated[str | None, typer.Option("--remote", help=mark("The git remote, if not the usual one."))]


@group.command("init", help=mark("Make the office's ledger, once, and name it in config/kanal.yaml."))
def init(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", help=mark("A name for people, like “Press office of Musterland”."))],
    store: Annotated[
        Store | None,
        typer.Option("--store", help=mark("Where it lies. Without: what config/kanal.yaml says, or auto.")),
    ] = None,
    remote: Remote = None,
    all_published: Annotated[
        bool,
        typer.Option("--all-published", help=mark("Count every present draft as published; send only new ones.")),
    ] = False,
) -> None:
    """Make the office's ledger, once, and name it in config/kanal.yaml."""
    desk: Desk = context.obj
    project = desk.project()
    keys = _deliveries(project, desk, complete=all_published)
    site = site_of(project, desk)
    wanted = fresh_name(name, chosen(store or project.office.store, site), remote)
    with new_office_ledger(site, project.root / "config" / "kanal.yaml", project.office.ledger, wanted) as ledger:
        count = ledger.vouch(keys, _reason(desk), _user()) if all_published else 0
    if all_published:
        desk.note(msgn("{count} delivery counts as published.", "{count} deliveries count as published.", count))
    elif keys:
        desk.note(
            msgn(
                "Note: {count} delivery in the folder counts as not yet published.",
                "Note: {count} deliveries in the folder count as not yet published.",
                len(keys),
            )
        )
    _ready(wanted.name, wanted.store, desk)


@group.command("move", help=mark("Copy the ledger to another store, verify it, and use it from now on."))
def move(
    context: typer.Context,
    to: Annotated[Target, typer.Option("--to", help=mark("Where it is to lie."))],
    remote: Remote = None,
) -> None:
    """Copy the ledger to another store, verify it, and use it from now on."""
    desk: Desk = context.obj
    project = desk.project()
    named = project.office.ledger
    if named is not None and named.store == to:
        raise UsageError(msg("The ledger “{name}” is there already.", name=named.name), msg("Nothing was changed."))
    source = open_named(site := site_of(project, desk), named)
    try:
        if named is None or source.moved_to not in {None, to}:
            raise LedgerRefused(
                msg("The ledger “{name}” was moved to {place} before.", name=source.name, place=source.moved_to),
                msg("Get the newest config/kanal.yaml, which names the place where it is now (git pull)."),
            )
        config = project.root / "config" / "kanal.yaml"
        wanted = named._replace(store=to, remote=remote)
        text = with_ledger(config, wanted)
        move_ledger(source, wanted, site, desk.note)
        try:
            config.write_bytes(text)
        except OSError as error:
            raise LedgerUnwritable(
                msg("{file} cannot be written: {reason}.", file=config, reason=error.strerror or error),
                msg("The ledger is in its new place. Run the command again to finish."),
            ) from error
    finally:
        source.close()
    _ready(wanted.name, to, desk)


@group.command("accept-loss", help=mark("Go on with a ledger that lost its newest events, and answer for that."))
def accept_loss(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", help=mark("Who answers for it."))],
    reason: Annotated[str, typer.Option("--reason", help=mark("What happened."))],
) -> None:
    """Count all present drafts as published, and use the ledger as it is."""
    desk: Desk = context.obj
    project = desk.project()
    keys = _deliveries(project, desk, complete=True)
    site = site_of(project, desk)
    ledger = open_named(site, project.office.ledger, trusting=True)
    try:
        said = msg("{name} goes on with a ledger that lost events: {reason}", name=name, reason=reason)
        newest = revisions(ledger.states())
        count = ledger.vouch([present(key, newest) for key in keys], said, name)
        ledger.acknowledge()
        remember(ledger, site, backwards=True)
    finally:
        ledger.close()
    desk.note(msgn("{count} delivery counts as published.", "{count} deliveries count as published.", count))
    with office_ledger(site, project.office.ledger):
        desk.note(msg("The ledger “{name}” is in use again.", name=ledger.name))


def _deliveries(project: Project, desk: Desk, *, complete: bool) -> list[DeliveryKey]:
    """The deliveries of all drafts; `complete`: refuse if a draft cannot be read."""
    folder = desk.drafts(project)
    if complete and folder.findings:
        raise UsageError(
            msg("Some drafts cannot be read, so they would be published as soon as they are repaired."),
            msg("Repair them first: kanal lint"),
        )
    return [
        DeliveryKey(name, entry.id, part)
        for entry in folder.entries
        for name in entry.channels
        for part in range(1, 1 + (entry.parts_on(project.channels[name]) if name in project.channels else 1))
    ]


def _ready(name: str, store: str, desk: Desk) -> None:
    if store == "sqlite":
        desk.note(
            msg("The ledger “{name}” is ready. Commit config/kanal.yaml, and back up the folder .kanal.", name=name)
        )
    elif store == "git":
        desk.note(msg("The ledger “{name}” is ready, in the branch kanal/ledger. Commit config/kanal.yaml.", name=name))
    else:
        desk.note(msg("The ledger “{name}” is ready, in PostgreSQL. Commit config/kanal.yaml.", name=name))


def _reason(desk: Desk) -> Message:
    return msg(
        "Counted as published when the ledger was made on {day}.", day=f"{desk.clock().astimezone(UTC):%Y-%m-%d}"
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user may have no name, and Windows no USERNAME
        return "?"
