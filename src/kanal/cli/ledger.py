"""`kanal ledger`: set the office's ledger up, once."""

import getpass
from datetime import UTC, datetime
from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.errors import UsageError
from kanal.ledger.office import new_office_ledger
from kanal.message import Message, mark, msg, msgn
from kanal.model import DeliveryKey

group = typer.Typer(help=mark("The record of what was published."), no_args_is_help=True, rich_markup_mode=None)


@group.command("init", help=mark("Make the office's ledger, once, and name it in config/kanal.yaml."))
def init(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", help=mark("A name for people, like “Press office of Musterland”."))],
    all_published: Annotated[
        bool,
        typer.Option("--all-published", help=mark("Count every present draft as published; send only new ones.")),
    ] = False,
) -> None:
    """Make the office's ledger, once, and name it in config/kanal.yaml."""
    desk: Desk = context.obj
    project = desk.project()
    folder = desk.drafts(project)
    if all_published and folder.findings:
        raise UsageError(
            msg("Some drafts cannot be read, so they would be published as soon as they are repaired."),
            msg("Repair them first: kanal lint"),
        )
    keys = [DeliveryKey(channel, entry.id) for entry in folder.entries for channel in entry.channels]
    config = project.root / "config" / "kanal.yaml"
    with new_office_ledger(project.state, config, name, project.office.ledger) as ledger:
        count = ledger.vouch(keys, _reason(), _user()) if all_published else 0
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
    desk.note(msg("The ledger “{name}” is ready. Commit config/kanal.yaml, and back up the folder .kanal.", name=name))


def _reason() -> Message:
    return msg("Counted as published when the ledger was made on {day}.", day=f"{datetime.now(UTC):%Y-%m-%d}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user may have no name, and Windows no USERNAME
        return "?"
