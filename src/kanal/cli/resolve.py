"""`kanal resolve`: a person looked at the network and says what is there; the network is asked whether it agrees."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

import typer

from kanal.cli.completing import channels_to_offer, drafts_to_offer
from kanal.cli.desk import Desk
from kanal.cli.networks import live_credentials, open_ledgers, practice_networks, practised, sends
from kanal.cli.publish import Practice
from kanal.cli.sending import select_channels
from kanal.config import Project
from kanal.errors import KanalError, UsageError
from kanal.ledger import OPEN, Ledger, Standing
from kanal.message import mark, msg
from kanal.model import Channel, DeliveryKey, Receipt, Secret
from kanal.platforms import adapter_class
from kanal.publish.confirming import Confirmed, Contradicted, Opinion, Unknown, confirm
from kanal.publish.revisions import looked_up
from kanal.suggest import did_you_mean


def resolve(
    context: typer.Context,
    draft: Annotated[str, typer.Argument(help=mark("The draft's id."), autocompletion=drafts_to_offer)],
    channel: Annotated[
        str, typer.Option("--channel", "-c", help=mark("The channel."), autocompletion=channels_to_offer)
    ],
    name: Annotated[str, typer.Option("--name", help=mark("Who looked."))],
    reason: Annotated[str, typer.Option("--reason", help=mark("What was seen."))],
    published: Annotated[str | None, typer.Option("--published", help=mark("It is out, at this address."))] = None,
    not_published: Annotated[
        bool, typer.Option("--not-published", help=mark("It is not out; it may be sent again."))
    ] = False,
    part: Annotated[int, typer.Option("--part", min=1, help=mark("Which part of a thread."))] = 1,
    insist: Annotated[
        bool, typer.Option("--insist", help=mark("Take the word even if the network says otherwise."))
    ] = False,
    sandbox: Practice = False,
) -> None:
    """Settle by a person's word whether a delivery is out. The network is asked whether it agrees."""
    desk: Desk = context.obj
    if (published is None) == (not not_published):
        raise UsageError(
            msg("Say either --published URL or --not-published."), msg("Look at the account on the network first.")
        )
    if published is not None and not _is_address(published):
        raise UsageError(msg("“{url}” is not the address of a post.", url=published), msg("Copy it from the browser."))
    project = desk.project()
    found = select_channels(project, [channel])[channel]
    with open_ledgers(project, [found], desk.environ, desk.clock, sandbox=sandbox) as ledgers:
        ledger = ledgers.of(found, sandbox=sandbox)
        key = looked_up(DeliveryKey(channel, draft, part), ledger)
        standing = _open_claim(ledger, key, sends(ledger, project, desk.clock))
        seen = msg("{name} looked: {reason}", name=name, reason=reason)
        said = _asked(project, found, standing, published, desk, sandbox=sandbox)
        if isinstance(said, Contradicted) and not insist:
            raise UsageError(said.reason, msg("Look again. If you are sure: the same command with --insist"))
        if isinstance(said, Contradicted):
            seen = msg("{seen} (against the network: {reason})", seen=seen, reason=said.reason)
        elif isinstance(said, Unknown):
            desk.note(msg("Nobody could check that: {reason}", reason=said.reason))
        if not ledger.take_over(standing, name):
            raise UsageError(msg("Somebody else is settling it right now."), msg("Look again: kanal status"))
        if published is not None:
            told = Receipt(published.rstrip("/").rsplit("/", 1)[-1], published, desk.clock())
            listed = said.receipt if isinstance(said, Confirmed) else None
            ledger.settle(key, listed or told, name, seen)
        else:
            ledger.release(key, seen, None, name)
    desk.note(
        msg("Written into the ledger.") if published else msg("Written into the ledger. The next publish sends it.")
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets without an IPv6 address, a port that is no number
        return False


def _asked(
    project: Project, channel: Channel, standing: Standing, address: str | None, desk: Desk, *, sandbox: bool
) -> Opinion:
    """What the channel's network says. Without credentials, nobody can ask it."""
    with ExitStack() as stack:
        try:
            there, own = _way_to(channel, project, desk, stack, sandbox=sandbox)
        except KanalError as error:
            return Unknown(error.message)
        adapter = adapter_class(channel.platform)(there, own)
        stack.callback(adapter.close)
        patience = None if channel.live and not sandbox else timedelta()  # the practice networks list at once
        return confirm(adapter, standing, address, desk.clock(), patience)


def _way_to(
    channel: Channel, project: Project, desk: Desk, stack: ExitStack, *, sandbox: bool
) -> tuple[Channel, Mapping[str, Secret]]:
    """The channel and its credentials, on the real network or on the practice network."""
    if channel.live and not sandbox:
        return channel, live_credentials([channel], desk.environ, desk.note)[channel.name]
    return practised(channel, stack.enter_context(practice_networks(project)), project)


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
