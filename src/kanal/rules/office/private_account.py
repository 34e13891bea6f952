"""Rule: an office posts on official accounts only."""

from collections.abc import Iterator
from datetime import date

from kanal.message import msg
from kanal.model import Channel, ChannelStatus, Owner, Problem
from kanal.rules import channel_rule


@channel_rule("error")
def check(channel: Channel, _today: date) -> Iterator[Problem]:
    """No channel is somebody's private account.

    What the office's staff writes is paid for by the public; on a private account it serves a person, and before an
    election a candidate. Readers could not tell either who speaks. Take the channel out of config/channels.yaml, or
    write `owner: office-holder` if it is the official account of the person in office.

    Source: restraint of civil servants (§ 33 BeamtStG) and guidance on official and private accounts; official accounts
    need the permission of the head of the office.

    Good:
        landraetin: {platform: mastodon, account: landraetin@social.example, status: active, owner: office-holder}
    Bad:
        privat: {platform: mastodon, account: erika@social.example, status: active, owner: private}
    """
    if channel.owner is Owner.PRIVATE and channel.status is not ChannelStatus.ENDED:
        yield Problem(
            "owner",
            msg(
                "This is a private account; the office must not post there. Take the channel out, or write"
                " “owner: office-holder” if it is the official account of the person in office."
            ),
        )
