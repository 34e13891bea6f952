"""`kanal resolve`: a person looked at the network and says what is there."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated

import typer

from kanal.cli.desk import Desk
from kanal.cli.networks import open_ledgers, sends
from kanal.cli.publish import Sandbox
from kanal.cli.sending import select_channels
from kanal.errors import UsageError
from kanal.ledger import OPEN, Ledger, Standing
from kanal.message import mark, msg
from kanal.model import DeliveryKey, Receipt
from kanal.suggest import did_you_mean


def resolve(
    context: typer.Context,
    draft: Annotated[str, typer.Argument(help=mark("The draft's id."))],
    channel: Annotated[str, typer.Option("--channel", "-c", help=mark("The channel."))],
    name: Annotated[str, typer.Option("--name", help=mark("Who looked."))],
    reason: Annotated[str, typer.Option("--reason", help=mark("What was seen."))],
    published: Annotated[str | None, typer.Option("--published", help=mark("It is out, at this address."))] = None,
    not_published: Annotated[
        bool, typer.Option("--not-published", help=mark("It is not out; it may be sent again."))
    ] = False,
    part: Annotated[int, typer.Option("--part", min=1, help=mark("Which part of a thread."))] = 1,
    sandbox: Sandbox = False,
) -> None:
    """Settle by a person's word whether a delivery is out."""
    desk: Desk = context.obj
    if (published is None) == (not not_published):
        raise UsageError(
            msg("Say either --published URL or --not-published."), msg("Look at the account on the network first.")
        )
    if published is not None and not published.startswith(("https://", "http://")):
        raise UsageError(msg("“{url}” is not the address of a post.", url=published), msg("Copy it from the browser."))
    project = desk.project()
    found = select_channels(project, [channel])[channel]
    key = DeliveryKey(channel, draft, part)
    with open_ledgers(project, [found], desk.environ, sandbox=sandbox) as ledgers:
        ledger = ledgers.of(found, sandbox=sandbox)
        standing = _open_claim(ledger, key, sends(ledger, project))
        seen = msg("{name} looked: {reason}", name=name, reason=reason)
        if not ledger.take_over(standing, name):
            raise UsageError(msg("Somebody else is settling it right now."), msg("Look again: kanal status"))
        if published is not None:
            receipt = Receipt(published.rstrip("/").rsplit("/", 1)[-1], published, datetime.now(UTC))
            ledger.settle(key, receipt, name, seen)
        else:
            ledger.release(key, seen, None, name)
    desk.note(
        msg("Written into the ledger.") if published else msg("Written into the ledger. The next publish sends it.")
    )


def _open_claim(ledger: Ledger, key: DeliveryKey, is_sending: Callable[[Standing], bool]) -> Standing:
    """The open claim that is to be settled. Raises `UsageError` when there is none, or when it is being sent."""
    standing = ledger.standing(key)
    if standing is None or standing.state not in OPEN:
        open_ids = [claim.key.draft for claim in ledger.open_claims() if claim.key.channel == key.channel]
        raise UsageError(
            msg("“{draft}” on {channel} is not uncertain.", draft=key.draft, channel=key.channel),
            did_you_mean(key.draft, open_ids) if open_ids else msg("See: kanal status"),
        )
    if is_sending(standing):
        raise UsageError(
            msg("Another run is sending it right now."), msg("Wait until it has ended, then look again: kanal status")
        )
    return standing
