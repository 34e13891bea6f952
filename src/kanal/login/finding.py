"""A channel's credentials, wherever they are.

The environment goes before what was put into the keyring by hand, and that before what `kanal login` keeps. Only what
`kanal login` keeps can be renewed. A grant is used at the origin that issued it, and nowhere else: whoever changes an
address in a file of the repository must not get a token that way.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from kanal.adapter import sets_of_needs
from kanal.config.secrets import Credentials, credentials
from kanal.credentials import Grant
from kanal.credentials.keeping import Kept, load
from kanal.errors import ConfigError
from kanal.login import CanRenew, login_of, platforms
from kanal.login.renewing import Keeper, Tell
from kanal.message import msg
from kanal.model import Channel, Secret
from kanal.platforms import adapter_class


class Found(NamedTuple):
    """What the adapter gets, what it would still need, and the grant that some of it comes from."""

    credentials: Mapping[str, Secret]
    missing: tuple[str, ...]
    grant: Grant | None = None


def find(channel: Channel, environ: Mapping[str, str], tell: Tell | None = None) -> Found:
    """The credentials of a channel. `tell` hears of renewals that fail for now.

    Raises `ConfigError` for a grant of another origin, and for stores and files that cannot be read.
    """
    sets = sets_of_needs(adapter_class(channel.platform))
    given = [credentials(channel.name, names, environ) for names in sets]
    for one in given:
        if not one.missing:
            return Found(one.found, ())
    kept = load(channel.name, environ) if channel.platform in platforms() else None
    if kept is None:
        return Found(given[0].found, given[0].missing)
    granted = _of_grant(channel, kept, environ, tell)
    for names, one in zip(sets, given, strict=True):
        if all(name in one.found or name in granted for name in names):
            return Found({name: one.found.get(name) or granted[name] for name in names}, (), kept.grant)
    return Found(given[0].found, _still_missing(given[0], granted, channel), kept.grant)


def _of_grant(channel: Channel, kept: Kept, environ: Mapping[str, str], tell: Tell | None) -> Mapping[str, Secret]:
    login = login_of(channel)
    if login.issuer != kept.grant.issuer:
        raise ConfigError(
            msg(
                "The login of “{channel}” was made at {issuer}, but the channel now points to {address}.",
                channel=channel.name,
                issuer=kept.grant.issuer,
                address=login.issuer,
            ),
            msg("If that is meant, log in there: kanal login {channel}", channel=channel.name),
        )
    if not isinstance(login, CanRenew):
        return kept.grant.credentials
    keeper = Keeper(channel.name, kept, login, environ, tell=tell)
    return {name: keeper.secret(name) for name in kept.grant.credentials}


def _still_missing(given: Credentials, granted: Collection[str], channel: Channel) -> tuple[str, ...]:
    from kanal.config.secrets import variable

    return tuple(name for name in given.missing if name not in {variable(channel.name, one) for one in granted})
