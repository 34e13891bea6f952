"""The record of deliveries: what was intended, what became of it, and who says so. The contract of all stores.

Every change is an appended event; the standing of a delivery follows from its events. This package must not know
networks or drafts; it sees keys, digests, prepared parts and receipts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from kanal.ledger.chain import Head, Line
from kanal.ledger.values import (
    AWAY,
    NOBODY,
    OPEN,
    STANDS,
    UNFINISHED,
    WENT_OUT,
    Event,
    EventKind,
    Intent,
    Standing,
    State,
)
from kanal.message import Message
from kanal.model import DeliveryKey, Receipt

__all__ = [
    "AWAY",
    "NOBODY",
    "OPEN",
    "STANDS",
    "UNFINISHED",
    "WENT_OUT",
    "Event",
    "EventKind",
    "Intent",
    "Ledger",
    "Standing",
    "State",
]


class Ledger(Protocol):
    """One contract for every store (tests/ledger). Methods are safe to call from several threads."""

    name: str
    """For people."""
    id: str
    """What config/kanal.yaml names; a copy of the ledger in another store has the same."""
    shared: bool
    """Whether runners write into it whose locks are not on this computer (`kanal.ledger.runner`)."""

    @property
    def moved_to(self) -> str | None:
        """Where the ledger is now, if this is what `kanal ledger move` left behind: then nothing is written here."""
        ...

    def claim(self, intents: Sequence[Intent], by: str) -> frozenset[DeliveryKey]:
        """Write the intents durably; the keys won. Of any number of runners exactly one wins a key.

        A delivery can be claimed when it is new, released, or rejected with another digest than now; one of a later
        revision only when the one before gave way to it (`end_reposting`).
        """
        ...

    def take_over(self, standing: Standing, by: str) -> bool:
        """Make one's own what must be settled, unless something happened to it since `standing` was read.

        An open claim, or what was handed over, once its time has come.
        """
        ...

    def settle(self, key: DeliveryKey, result: Receipt | Message, by: str, reason: Message | None = None) -> None:
        """The end of a claim: a receipt (published), or the reason why it was rejected. `reason`: how one knows."""
        ...

    def release(self, key: DeliveryKey, reason: Message, retry_at: datetime | None, by: str) -> None:
        """The claimed delivery is known not to be out."""
        ...

    def doubt(self, key: DeliveryKey, reason: Message, by: str) -> None:
        """Nobody knows whether the claimed delivery is out."""
        ...

    def locate(self, urls: Mapping[DeliveryKey, str], by: str) -> None:
        """Add public addresses that became known after publishing."""
        ...

    def vouch(self, keys: Collection[DeliveryKey], reason: Message, by: str) -> int:
        """Count deliveries as published, on a person's word, unless they are, or are open; how many it were."""
        ...

    def begin_retracting(self, key: DeliveryKey, reason: Message, by: str) -> int | None:
        """Write down durably that the post is about to be taken down; the number of that event.

        None if it is gone already. Raises `LedgerRefused` for what is not out, or was published anew. `by` is the
        person who wants it.
        """
        ...

    def end_retracting(self, key: DeliveryKey, reason: Message, by: str) -> None:
        """The post is gone. Several may say so; the first one counts."""
        ...

    def begin_correcting(self, intent: Intent, reason: Message, by: str) -> int | None:
        """Write down durably what the post is about to say instead; the number of that event.

        None if it says that already. Until it is known how that ended, its digest and `prepared` stay the old ones.
        Raises `LedgerRefused` for what is not out, or is being taken down. `by` is the person who wants it.
        """
        ...

    def end_correcting(self, intent: Intent, begun: int, receipt: Receipt, reason: Message, by: str) -> bool:
        """It says what was intended with the event `begun`; False if anything happened since.

        `receipt.at` stays the time at which it was published.
        """
        ...

    def keep(self, key: DeliveryKey, begun: int, reason: Message, by: str) -> bool:
        """What began with the event `begun` did not happen: it is as it was. False if anything happened since.

        What was being taken down or corrected is out; what was being cancelled lies with the network.
        """
        ...

    def hand_over(self, key: DeliveryKey, receipt: Receipt, by: str, reason: Message | None = None) -> None:
        """The network has it, under the receipt's id, and publishes it by itself at the receipt's time."""
        ...

    def begin_cancelling(self, key: DeliveryKey, reason: Message, by: str) -> int:
        """Write down durably that the network is about to be asked not to publish it; the number of that event.

        Raises `LedgerRefused` for what does not lie with the network. `by` is the person who wants it.
        """
        ...

    def end_cancelling(self, key: DeliveryKey, begun: int, reason: Message, by: str) -> bool:
        """The network does not have it any more, and it may be claimed again. False if anything happened since `begun`.

        Unlike a deletion it is said once only: another may have handed it over anew meanwhile.
        """
        ...

    def begin_reposting(self, key: DeliveryKey, reason: Message, by: str) -> int | None:
        """Write down durably that the post is about to be taken down to be published anew; the number of that event.

        None if it gave way already. Raises `LedgerRefused` for what is not out, or is taken down for good.
        """
        ...

    def end_reposting(self, key: DeliveryKey, begun: int, reason: Message, by: str) -> bool:
        """The post is gone, and the next revision takes its place; False if anything happened since `begun`."""
        ...

    def note_reply(self, key: DeliveryKey, digest: str, reply: str, reason: Message, by: str) -> None:
        """A reply, the draft `reply`, is about to correct the post to what has this `digest`.

        Whether the reply is out, its own delivery tells. Raises `LedgerRefused` for what is not out.
        """
        ...

    def states(self) -> Mapping[DeliveryKey, tuple[State, str]]:
        """State and digest of every delivery, in one cheap read."""
        ...

    def standing(self, key: DeliveryKey) -> Standing | None:
        """How one delivery stands, or None when it is new."""
        ...

    def open_claims(self) -> list[Standing]:
        """Everything claimed or uncertain, oldest first."""
        ...

    def history(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Event]:
        """The events, oldest first."""
        ...

    def lines(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Line]:
        """The same, as they are stored: what `chain.verify` looks at, and `replay` takes."""
        ...

    def head(self) -> Head:
        """Where the ledger ends now."""
        ...

    def mark_of(self, number: int) -> str | None:
        """The mark of the event with this number, if there is one: tells whether a head seen before is in the chain."""
        ...

    def replay(self, lines: Iterable[Line]) -> Head:
        """Add what is missing of another copy of this ledger, verbatim: numbers, times, marks; the head afterwards.

        What is here must be the beginning of `lines`, and their chain unbroken: else `LedgerRefused`, and nothing is
        written. All or nothing. Afterwards this copy is the one in use: `moved_to` is None.
        """
        ...

    def retire(self, head: Head, moved_to: str) -> bool:
        """Refuse every write from now on, because the ledger is elsewhere; False if it does not end at `head` any more.

        Whoever has the ledger open is refused, too.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
