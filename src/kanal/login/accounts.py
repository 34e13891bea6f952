"""Whose account somebody logged in with: the channel's own, or another one, which is refused."""

from kanal.errors import LoginRefused
from kanal.message import msg
from kanal.model import Channel


def refuse_others(found: str, wanted: str, channel: Channel) -> None:
    """Raise `LoginRefused` with both names unless they mean the same account (capitals and @ do not count)."""
    if found.lstrip("@").casefold() != wanted.lstrip("@").casefold():
        raise other_account(found, channel)


def other_account(found: str, channel: Channel) -> LoginRefused:
    """Somebody logged in as `found`, which is not the channel's account."""
    return LoginRefused(
        msg(
            "The login is for “{found}”, but the channel “{channel}” is the account “{account}”. Nothing was stored.",
            found=found,
            channel=channel.name,
            account=channel.account,
        ),
        msg(
            "Log out on the network, log in there with the right account, and begin again. Or correct “account” in"
            " config/channels.yaml."
        ),
    )
