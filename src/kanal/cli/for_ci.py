"""`kanal login --print-ci`: what to put into a CI system's secret store.

Names only, unless somebody asks for the values; a terminal shows those only after one more question, since it keeps
them where people look over shoulders and at recordings.
"""

import sys

from kanal.cli.desk import Desk
from kanal.cli.question import agrees
from kanal.cli.terminal import put, write
from kanal.config.secrets import variable
from kanal.errors import UsageError
from kanal.login import CanRenew, KnowsCI, login_of, platforms
from kanal.login.finding import Found, find
from kanal.message import Message, msg
from kanal.model import Channel
from kanal.platforms import adapter_class


def print_for_ci(channel: Channel, desk: Desk, *, with_values: bool) -> None:
    """Show them. Raises `UsageError` for values that are missing, or of no use to a job."""
    found = find(channel, desk.environ)
    note = _note(channel, found)
    if with_values:
        _print_values(channel, found, note, desk)
        return
    known = not found.missing and not _is_renewed(channel, found)
    names = tuple(found.credentials) if known else adapter_class(channel.platform).needs
    for name in names:
        write(variable(channel.name, name))
    if note:
        desk.note(note)


def _print_values(channel: Channel, found: Found, note: Message | None, desk: Desk) -> None:
    if found.missing:
        raise UsageError(
            msg("These are not known here: {names}.", names=", ".join(found.missing)),
            msg("Log in first: kanal login {channel}", channel=channel.name),
        )
    if _is_renewed(channel, found):
        raise UsageError(msg("What “{channel}” logged in with is of no use to a job.", channel=channel.name), note)
    if sys.stdout.isatty():
        question = msg("The secrets of “{channel}” will be on this screen. Show them?", channel=channel.name)
        if not sys.stdin.isatty() or not agrees(question, desk):
            raise UsageError(
                msg("Nothing was shown."), msg("Or hand them on at once, without showing them: … | PROGRAM")
            )
    for name, secret in found.credentials.items():
        put(f"{variable(channel.name, name)}={secret.reveal()}\n", sys.stdout)
    if note:
        desk.note(note)


def _is_renewed(channel: Channel, found: Found) -> bool:
    """Whether it ends, and lives on only where it can be kept."""
    return found.grant is not None and found.grant.expires_at is not None and isinstance(login_of(channel), CanRenew)


def _note(channel: Channel, found: Found) -> Message | None:
    if channel.platform not in platforms():
        return None
    login = login_of(channel)
    way = found.grant.way if found.grant else next(iter(login.ways))
    return login.in_ci.get(way) if isinstance(login, KnowsCI) else None
