"""Why a delivery does not go out now, as a value: for people a sentence, for programs a word."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from kanal.message import Message
from kanal.model import Outcome


class Why(StrEnum):
    """What a delivery waits for."""

    REPLY = "reply"
    """kanal does not send those."""
    UNFINISHED = "unfinished"
    """Somebody is still writing it."""
    CHANNEL = "channel"
    """Its channel is not, or not yet, in use."""
    EARLY = "early"
    """Its time has not come."""
    HOLD = "hold"
    PAUSE = "pause"
    WARNING = "warning"
    OVER = "over"
    LATE = "late"
    QUIET_HOURS = "quiet-hours"
    COOL_DOWN = "cool-down"
    UNAPPROVED = "unapproved"
    BROKEN = "broken"
    """The rules, or the reader of the file, object to it."""
    GONE = "gone"
    """There is no draft any more."""
    RETRACTING = "retracting"
    """Somebody began to take it down; nobody sends it."""
    CORRECTING = "correcting"
    """Somebody began to correct it; it is out, and nobody sends it."""
    HANDED_OVER = "handed-over"
    """It lies with the network, which publishes it by itself."""
    OTHERWISE = "otherwise"
    """It lies with the network, and the office means something else by now."""
    CANCELLING = "cancelling"
    """Somebody began to take it back from the network; nobody sends it."""
    NOT_LATER = "not-later"
    """It cannot be handed over to its network."""
    REPOSTING = "reposting"
    """Somebody began to publish it anew; the old one may be out, or gone."""
    ANEW = "anew"
    """It is asked for that it is published anew, and nothing was begun yet."""
    UNEDITABLE = "uneditable"
    """It says the old, and the network does not let that be edited."""


GOES_ANEW = frozenset({Why.ANEW, Why.REPOSTING})
"""Is taken down, if it is not gone yet, and published anew."""


class Wait(NamedTuple):
    """The outcome for now and its reason; `since` when it waits although it was due, `until` if that is known.

    Both are aware; `since` is None where the draft names no time.
    """

    outcome: Outcome
    reason: Message
    why: Why
    since: datetime | None = None
    until: datetime | None = None
