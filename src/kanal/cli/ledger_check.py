"""`kanal ledger check`: whether the record is what was written, and where it is not."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import typer

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.publish import FormatOption, Practice
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.exits import Exit
from kanal.ledger.chain import NOTHING, Break, Line, verify
from kanal.ledger.office import office_ledger, open_named, open_practice_ledger
from kanal.ledger.stored import StoredLedger
from kanal.ledger.stores import Site
from kanal.message import msg, msgn


def check(context: typer.Context, sandbox: Practice = False, form: FormatOption = show.Format.TEXT) -> None:
    """Hold every event against its predecessor; tell where the chain is broken. Exit 1 if it is."""
    desk: Desk = context.obj
    project = desk.project()
    with looked_into(project, desk, sandbox=sandbox) as ledger:
        lines = list(ledger.lines())
    breaks = list(verify(lines))
    if not breaks and not sandbox:
        with office_ledger(site_of(project, desk), project.office.ledger):
            pass  # with a chain that is whole, it may have gone back in time, or been moved
    if form is show.Format.JSON:
        show.write_json(_as_json(ledger, lines, breaks, desk))
    else:
        _as_text(ledger, lines, breaks, desk)
    if breaks:
        raise typer.Exit(Exit.FINDINGS)


@contextmanager
def looked_into(project: Project, desk: Desk, *, sandbox: bool) -> Iterator[StoredLedger]:
    """The ledger, even if it is broken or was set back."""
    if sandbox:
        ledger: StoredLedger = open_practice_ledger(project.state, desk.clock)
    else:
        ledger = open_named(site_of(project, desk), project.office.ledger, trusting=True)
    try:
        yield ledger
    finally:
        ledger.close()


def site_of(project: Project, desk: Desk) -> Site:
    """Where the project's ledger is looked for."""
    return Site(project.root, project.state, desk.environ, desk.clock)


def _as_text(ledger: StoredLedger, lines: Sequence[Line], breaks: Sequence[Break], desk: Desk) -> None:
    for found in breaks:
        write(desk.say(msg("Event {number}: {why}", number=found.number, why=found.why)))
    count = len(lines)
    if breaks:
        broken = msgn(
            "The chain of “{name}” is broken in one place.",
            "The chain of “{name}” is broken in {count} places.",
            len(breaks),
            name=ledger.name,
        )
        write(desk.say(broken))
        write(desk.say(msg("Restore the events from a backup or another clone; do not publish before.")), to=sys.stderr)
        return
    whole = msgn(
        "The ledger “{name}” is whole: {count} event.",
        "The ledger “{name}” is whole: {count} events.",
        count,
        name=ledger.name,
    )
    write(desk.say(whole))
    if lines:
        write(desk.say(msg("It ends with {mark}.", mark=lines[-1].mark)))


def _as_json(ledger: StoredLedger, lines: Sequence[Line], breaks: Sequence[Break], desk: Desk) -> dict[str, object]:
    head = lines[-1].head if lines else NOTHING
    return {
        "ledger": {"name": ledger.name, "id": ledger.id},
        "breaks": [{"number": found.number, "message": desk.say(found.why)} for found in breaks],
        "summary": {"events": len(lines), "breaks": len(breaks), "mark": head.mark},
    }
