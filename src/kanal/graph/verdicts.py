"""What Meta's error codes mean for a delivery.

Source: docs/networks.md#facebook-errors, after https://developers.facebook.com/docs/graph-api/guides/error-handling.
This module must not know HTTP, nor which request was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from kanal.message import Message, msg


class Kind(Enum):
    """What an error says about the world, apart from which request met it."""

    CONTENT = auto()
    """This content will never be taken."""
    LATER = auto()
    """Certainly not published; a new attempt from the start may go through."""
    LIMIT = auto()
    """Certainly not published; the whole channel has to wait."""
    PERSON = auto()
    """Certainly not published; somebody has to act, and until then the whole channel stands still."""
    PART_PERSON = auto()
    """Certainly not published; somebody has to look at this delivery, others may go through."""
    UNCLEAR = auto()
    """The network stumbled: harmless for an upload, unknown for the request that publishes."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind, the sentences for people, and how long the network's documentation says to wait."""

    kind: Kind
    message: Message
    advice: Message | None = None
    wait: timedelta | None = None


_RENEW = msg("Create a new token, store it in place of the old one, then publish again.")
STUMBLED = Verdict(Kind.UNCLEAR, msg("The network reports a temporary error of its own."))
_LIMITED = Verdict(Kind.LIMIT, msg("The network takes no more requests from this account for now."))
_TOKEN = Verdict(Kind.PERSON, msg("The network does not accept the access token of this channel."), _RENEW)
_FORBIDDEN = Verdict(
    Kind.PERSON,
    msg("The access token of this channel lacks a permission that publishing needs."),
    msg("Grant the app the permissions to manage and publish posts, then create a new token."),
)
BLOCKED = Verdict(
    Kind.PERSON,
    msg("The network has blocked this account or app from publishing, as it suspects a breach of its policies."),
    msg("Sign in to the account, read the notice there, and object if it is wrong. Nothing is sent before that."),
)

TOKEN_SUBCODES: Mapping[int | None, Verdict] = {
    458: Verdict(Kind.PERSON, msg("The app was removed from the account, so its access token is void."), _RENEW),
    **dict.fromkeys(
        (459, 464),
        Verdict(
            Kind.PERSON,
            msg("The network wants the owner of the access token to confirm their identity."),
            msg("Sign in at www.facebook.com with that person's account and follow the instructions there."),
        ),
    ),
    460: Verdict(Kind.PERSON, msg("A password was changed, so the access token of this channel is void."), _RENEW),
    463: Verdict(Kind.PERSON, msg("The access token of this channel has expired."), _RENEW),
    492: Verdict(
        Kind.PERSON,
        msg("The owner of the access token has lost their role on the page."),
        msg("Give that person the role again, or create the token with an account that has it."),
    ),
}
DUPLICATE = 506
CODES: Mapping[int | None, Verdict] = {
    **dict.fromkeys((-2, -1, 1, 2), STUMBLED),
    **dict.fromkeys((4, 17, 32, 341, 613, 80001, 80002), _LIMITED),
    **dict.fromkeys((102, 104, 190), _TOKEN),
    **dict.fromkeys((3, 10, *range(200, 300)), _FORBIDDEN),
    100: Verdict(
        Kind.CONTENT,
        msg("The network does not accept a value of this post."),
        msg("Its own words say which one. Change the draft accordingly."),
    ),
    324: Verdict(
        Kind.CONTENT,
        msg("The network does not take a picture of this post."),
        msg("Save it again as JPEG or PNG, smaller than 4 MB."),
    ),
    368: BLOCKED,
    **dict.fromkeys(
        (382, 389, 6000, 6001),
        Verdict(
            Kind.PART_PERSON,
            msg("The network could not take the video."),
            msg("If it happens again, export the video once more as MP4 with H.264 and AAC."),
        ),
    ),
    DUPLICATE: Verdict(
        Kind.CONTENT,
        msg("The network refuses this post, as it is identical with the one before."),
        msg("Look at the page: if the post is there, nothing is missing. Otherwise change the text."),
    ),
    2500: Verdict(
        Kind.PERSON,
        msg("The network does not know the address that was asked."),
        msg("Check the channel's “urls” in config/channels.yaml: the version (v26.0) is a part of it."),
    ),
    1609005: Verdict(
        Kind.CONTENT,
        msg("The network cannot read the page behind the link, and refuses the post for it."),
        msg("Check that the link opens without a login and admits “facebookexternalhit”, or leave the link out."),
    ),
}

OBJECT_MISSING = Verdict(
    Kind.PERSON,
    msg("The network does not know this account, or the access token may not see it."),
    msg("Compare “account” in config/channels.yaml with the network's own id, and check the token's permissions."),
)
"""Code 100 with subcode 33: not the draft is at fault, but the channel."""

UNKNOWN = Verdict(
    Kind.PART_PERSON,
    msg("The network refused with an error that kanal does not know."),
    msg("Its own words say more. Nothing was published."),
)
