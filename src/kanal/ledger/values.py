"""What the record is made of: what can happen to a delivery, an event of it, how it stands, what a runner intends.

Values only; it must not know stores.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kanal.message import Message
from kanal.model import DeliveryKey, Prepared, Receipt, Warrant


class EventKind(StrEnum):
    """What can happen to a delivery."""

    CLAIMED = "claimed"
    TAKEN_OVER = "taken-over"
    """Another runner settles what a dead one left open."""
    PUBLISHED = "published"
    REJECTED = "rejected"
    RELEASED = "released"
    UNCERTAIN = "uncertain"
    LOCATED = "located"
    VOUCHED = "vouched"
    """A person said that it was published before this ledger began."""
    RETRACTING = "retracting"
    """A person wants it taken down; the request that deletes it comes next."""
    RETRACTED = "retracted"
    """It is gone from the network, and somebody or something looked."""
    KEPT = "kept"
    """What was begun with something that is out is known not to have happened: it is out as it was before."""
    CORRECTING = "correcting"
    """A person wants it to say something else; the request that edits comes next."""
    CORRECTED = "corrected"
    """It says what the event before this one intended."""
    HANDED_OVER = "handed-over"
    """The network has it, and publishes it by itself when its time comes."""
    CANCELLING = "cancelling"
    """A person wants the network not to publish it; the request that takes it back comes next."""
    CANCELLED = "cancelled"
    """The network does not have it any more, and somebody or something looked."""
    REPOSTING = "reposting"
    """A person wants it published anew; the request that deletes comes next, and only then the next revision."""
    REPLACED = "replaced"
    """It is gone from the network, somebody looked, and the next revision takes its place."""
    ANSWERING = "answering"
    """A person corrects it with a reply, a delivery of its own (`Event.reply`); what is out stays as it is."""


class State(StrEnum):
    """What a delivery's events add up to."""

    CLAIMED = "claimed"
    """A runner wrote its intent and has not said how it ended: counts as uncertain once that runner is gone."""
    UNCERTAIN = "uncertain"
    PUBLISHED = "published"
    REJECTED = "rejected"
    RELEASED = "released"
    """Known not to be out; may be claimed again from `retry_at` on."""
    RETRACTING = "retracting"
    """Somebody began to take it down and has not said how that ended: it may be out, or gone."""
    RETRACTED = "retracted"
    """Was out, and is gone, for ever."""
    CORRECTING = "correcting"
    """Is out; somebody began to edit it and has not said how that ended: it may say the old, or the new."""
    HANDED_OVER = "handed-over"
    """Lies with the network, which publishes it by itself. Whether it did must be looked up afterwards."""
    CANCELLING = "cancelling"
    """Somebody began to take it back from the network and has not said how that ended."""
    REPOSTING = "reposting"
    """Somebody began to take it down, to publish it anew, and has not said how that ended: it may be out, or gone."""
    REPLACED = "replaced"
    """Was out, and is gone; the next revision may be claimed, unless somebody takes down for good (`RETRACTED`)."""


NOBODY = Warrant()
"""Neither approval nor waivers."""
OPEN = frozenset({State.CLAIMED, State.UNCERTAIN})
"""Nobody has said yet how these ended."""
STANDS = frozenset({State.PUBLISHED, State.CORRECTING})
"""Are out, whatever they say: they can be answered, edited and taken down."""
WENT_OUT = STANDS | {State.RETRACTING, State.RETRACTED, State.REPOSTING, State.REPLACED}
"""Were published, whatever became of them since: never sent again."""
AWAY = frozenset({State.HANDED_OVER, State.CANCELLING})
"""Lie with a network, which may publish them at any time from theirs on: nobody else sends them."""
UNFINISHED = OPEN | {State.RETRACTING, State.CORRECTING, State.CANCELLING, State.REPOSTING}
"""Nobody knows whether these are out, or what they say, so that nobody may forget them."""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the record. `at` is UTC, `by` a runner (`host/pid/…`) or a person's name, `number` counts from 1.

    `mark` is its digest, `previous` that of the event before it (`kanal.ledger.chain`). `media` are the SHA-256 of the
    draft's files, in the order of `prepared.part.media`. `goes_out_at` as in `Intent`. `reply` is the id of the
    draft that answers it.
    """

    number: int
    at: datetime
    kind: EventKind
    key: DeliveryKey
    digest: str
    by: str
    version: str
    previous: str
    mark: str
    reason: Message | None = None
    receipt: Receipt | None = None
    prepared: Prepared | None = None
    retry_at: datetime | None = None
    warrant: Warrant | None = None
    media: tuple[str, ...] = ()
    goes_out_at: datetime | None = None
    reply: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a delivery stands.

    `since` is the time of the last claim (UTC); `last` the number of the newest event that changed something, `at` its
    time (UTC), `by` who wrote it: while the delivery is claimed, the runner that holds it, and since when. `prepared`
    is what was sent, or what it was corrected to last, `media` the SHA-256 of its files, and `digest` that of both; ""
    where nobody knows what it says. `goes_out_at` is there where the claim was one for handing over (UTC); a `receipt`
    then says that the network has it, under which id, and for when.
    """

    key: DeliveryKey
    state: State
    digest: str
    since: datetime
    at: datetime
    by: str
    last: int
    reason: Message | None = None
    receipt: Receipt | None = None
    prepared: Prepared | None = None
    retry_at: datetime | None = None
    media: tuple[str, ...] = ()
    goes_out_at: datetime | None = None

    @property
    def comes_out_at(self) -> datetime | None:
        """When the network publishes what was handed over: as it said, else as it was to be asked."""
        return self.receipt.at if self.receipt and self.goes_out_at else self.goes_out_at


@dataclass(frozen=True, slots=True)
class Intent:
    """What a runner wants to send: all that is needed to settle doubts later, without the draft; and who answers.

    `media` are the SHA-256 of the pictures, in order. With `goes_out_at` it is handed over: the network is to publish
    it by itself at that time (aware).
    """

    key: DeliveryKey
    digest: str
    prepared: Prepared
    warrant: Warrant = NOBODY
    media: tuple[str, ...] = ()
    goes_out_at: datetime | None = None
