"""`kanal logout`: a channel's credentials are revoked where its network lets a program do that, and forgotten here."""

from typing import Annotated

import typer

from kanal.adapter import sets_of_needs
from kanal.cli.desk import Desk
from kanal.cli.login import ChannelName, store_name
from kanal.cli.sending import select_channels
from kanal.cli.terminal import write
from kanal.config.secrets import variable
from kanal.credentials import Grant
from kanal.credentials.keeping import delete, load
from kanal.credentials.keyring_store import forget
from kanal.errors import KanalError
from kanal.login import CanRevoke, login_of
from kanal.message import Message, mark, msg
from kanal.model import Channel
from kanal.platforms import adapter_class


def logout(
    context: typer.Context,
    channel: ChannelName,
    sandbox: Annotated[bool, typer.Option("--sandbox", help=mark("End a login at the practice networks."))] = False,
) -> None:
    """Revoke a channel's credentials where its network lets a program do that, and forget them here in any case."""
    desk: Desk = context.obj
    project = desk.project()
    found = select_channels(project, [channel])[channel]
    name = store_name(found, sandbox=sandbox)
    is_live = name == found.name
    kept = load(name, desk.environ)
    if kept and is_live:
        _revoke(found, kept.grant, desk)
    stores = delete(name, desk.environ)
    for store in stores:
        write(desk.say(msg("Forgotten: the login of “{channel}” in {place}.", channel=channel, place=store.place())))
    by_hand = _by_hand(found) if is_live else []
    for user in by_hand:
        write(desk.say(msg("Taken out of the keyring: {name}", name=user)))
    if not stores and not by_hand:
        write(desk.say(msg("Nothing was kept of “{channel}”.", channel=channel)))
    if is_live:
        _tell_what_remains(found, desk)


def _revoke(channel: Channel, grant: Grant, desk: Desk) -> None:
    """Tell the network; say so if that was not possible."""
    reason = _not_revoked(channel, grant)
    if reason is None:
        write(desk.say(msg("{address} does not accept it any more.", address=grant.issuer)))
    else:
        desk.note(msg("{address} may still accept it: {reason}", address=grant.issuer, reason=reason))


def _not_revoked(channel: Channel, grant: Grant) -> Message | None:
    """Why the network did not revoke the grant; None if it did."""
    login = login_of(channel)
    if login.issuer != grant.issuer:
        return msg("the channel now points to {address}.", address=login.issuer)
    if not isinstance(login, CanRevoke):
        return msg("it lets no program revoke that. Remove the app in the account's settings.")
    try:
        login.revoke(grant)
    except KanalError as error:
        return msg("{message} {advice}", message=error.message, advice=error.advice) if error.advice else error.message
    return None


def _by_hand(channel: Channel) -> list[str]:
    """Take out what was put into the keyring by hand; what that was."""
    names = dict.fromkeys(name for names in sets_of_needs(adapter_class(channel.platform)) for name in names)
    return [user for user in (f"{channel.name}/{name}" for name in names) if forget(user)]


def _tell_what_remains(channel: Channel, desk: Desk) -> None:
    for names in sets_of_needs(adapter_class(channel.platform)):
        for name in (variable(channel.name, one) for one in names):
            for candidate in (name, f"{name}_FILE"):
                if desk.environ.get(candidate, "").strip():
                    desk.note(msg("{name} is still set here.", name=candidate))
