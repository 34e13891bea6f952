"""What every store does alike: the methods of the contract, by way of one transaction that the store provides.

A store only knows how to read lines and how to add some, all or none of them, while nobody else does. What may be
claimed, what a late runner may say and what events add up to is decided by `changes` and `folding`.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from kanal.errors import LedgerRefused
from kanal.ledger import Event, EventKind, Intent, Standing, State
from kanal.ledger.chain import Head, Line, verify
from kanal.ledger.changes import Change, cancelling, claiming, locating, saying, taking_over, vouching
from kanal.ledger.changes_once_out import answering, corrected, correcting, ending, reposting, retracting
from kanal.ledger.events import event_of
from kanal.ledger.record import Detail
from kanal.message import Message, msg
from kanal.model import DeliveryKey, Receipt


def utc_now() -> datetime:
    """The clock that ledgers use unless a test gives another."""
    return datetime.now(UTC)


class StoredLedger(ABC):
    """A `kanal.ledger.Ledger` whose store says how one change is written, and how lines are read."""

    name: str
    id: str
    shared: bool = True

    @property
    @abstractmethod
    def moved_to(self) -> str | None:
        """See `kanal.ledger.Ledger.moved_to`."""

    @abstractmethod
    def write(self, change: Change) -> list[Line]:
        """Decide on the sums as they are, add what was decided at the end of the chain, durably; the lines added.

        All or nothing, and nobody else writes in between. Raises what `change.decide` raises, `refuse_moved` if the
        ledger was moved, and `LedgerUnwritable`.
        """

    @abstractmethod
    def replay(self, lines: Iterable[Line]) -> Head:
        """See `kanal.ledger.Ledger.replay`; `missing_lines` checks them."""

    @abstractmethod
    def retire(self, head: Head, moved_to: str) -> bool:
        """See `kanal.ledger.Ledger.retire`."""

    def acknowledge(self) -> None:  # noqa: B027 - a store may have nothing to do
        """Forget that there were newer events once, where the store itself knows: somebody answers for their loss."""

    def discard(self) -> None:  # noqa: B027 - as above
        """Undo `create`, because something went wrong before the configuration could name the ledger."""

    @abstractmethod
    def head(self) -> Head:
        """See `kanal.ledger.Ledger.head`."""

    @abstractmethod
    def mark_of(self, number: int) -> str | None:
        """See `kanal.ledger.Ledger.mark_of`."""

    @abstractmethod
    def lines(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Line]:
        """See `kanal.ledger.Ledger.lines`."""

    @abstractmethod
    def states(self) -> Mapping[DeliveryKey, tuple[State, str]]:
        """See `kanal.ledger.Ledger.states`."""

    @abstractmethod
    def standing(self, key: DeliveryKey) -> Standing | None:
        """See `kanal.ledger.Ledger.standing`."""

    @abstractmethod
    def open_claims(self) -> list[Standing]:
        """See `kanal.ledger.Ledger.open_claims`."""

    @abstractmethod
    def close(self) -> None:
        """See `kanal.ledger.Ledger.close`."""

    def claim(self, intents: Sequence[Intent], by: str) -> frozenset[DeliveryKey]:
        """See `kanal.ledger.Ledger.claim`."""
        return frozenset(line.key for line in self.write(claiming(intents, by)))

    def take_over(self, standing: Standing, by: str) -> bool:
        """See `kanal.ledger.Ledger.take_over`."""
        return bool(self.write(taking_over(standing, by)))

    def settle(self, key: DeliveryKey, result: Receipt | Message, by: str, reason: Message | None = None) -> None:
        """See `kanal.ledger.Ledger.settle`."""
        if isinstance(result, Receipt):
            self.write(saying(EventKind.PUBLISHED, key, by, Detail(reason=reason, receipt=result)))
        else:
            self.write(saying(EventKind.REJECTED, key, by, Detail(reason=result)))

    def release(self, key: DeliveryKey, reason: Message, retry_at: datetime | None, by: str) -> None:
        """See `kanal.ledger.Ledger.release`."""
        self.write(saying(EventKind.RELEASED, key, by, Detail(reason=reason, retry_at=retry_at)))

    def doubt(self, key: DeliveryKey, reason: Message, by: str) -> None:
        """See `kanal.ledger.Ledger.doubt`."""
        self.write(saying(EventKind.UNCERTAIN, key, by, Detail(reason=reason)))

    def locate(self, urls: Mapping[DeliveryKey, str], by: str) -> None:
        """See `kanal.ledger.Ledger.locate`."""
        known = {key: standing.receipt for key in urls if (standing := self.standing(key))}
        found = {key: Receipt(old.id, urls[key], old.at) for key, old in known.items() if old}
        if found:
            self.write(locating(found, by))

    def vouch(self, keys: Collection[DeliveryKey], reason: Message, by: str) -> int:
        """See `kanal.ledger.Ledger.vouch`."""
        return len(self.write(vouching(keys, reason, by)))

    def begin_retracting(self, key: DeliveryKey, reason: Message, by: str) -> int | None:
        """See `kanal.ledger.Ledger.begin_retracting`."""
        begun = self.write(retracting(EventKind.RETRACTING, key, reason, by))
        return begun[-1].number if begun else None

    def end_retracting(self, key: DeliveryKey, reason: Message, by: str) -> None:
        """See `kanal.ledger.Ledger.end_retracting`."""
        self.write(retracting(EventKind.RETRACTED, key, reason, by))

    def begin_correcting(self, intent: Intent, reason: Message, by: str) -> int | None:
        """See `kanal.ledger.Ledger.begin_correcting`."""
        begun = self.write(correcting(intent, reason, by))
        return begun[-1].number if begun else None

    def end_correcting(self, intent: Intent, begun: int, receipt: Receipt, reason: Message, by: str) -> bool:
        """See `kanal.ledger.Ledger.end_correcting`."""
        return bool(self.write(corrected(intent, begun, receipt, reason, by)))

    def keep(self, key: DeliveryKey, begun: int, reason: Message, by: str) -> bool:
        """See `kanal.ledger.Ledger.keep`."""
        return bool(self.write(ending(EventKind.KEPT, key, begun, reason, by)))

    def begin_reposting(self, key: DeliveryKey, reason: Message, by: str) -> int | None:
        """See `kanal.ledger.Ledger.begin_reposting`."""
        begun = self.write(reposting(key, reason, by))
        return begun[-1].number if begun else None

    def end_reposting(self, key: DeliveryKey, begun: int, reason: Message, by: str) -> bool:
        """See `kanal.ledger.Ledger.end_reposting`."""
        return bool(self.write(ending(EventKind.REPLACED, key, begun, reason, by)))

    def note_reply(self, key: DeliveryKey, digest: str, reply: str, reason: Message, by: str) -> None:
        """See `kanal.ledger.Ledger.note_reply`."""
        self.write(answering(key, digest, Detail(reason=reason, reply=reply), by))

    def hand_over(self, key: DeliveryKey, receipt: Receipt, by: str, reason: Message | None = None) -> None:
        """See `kanal.ledger.Ledger.hand_over`."""
        self.write(saying(EventKind.HANDED_OVER, key, by, Detail(reason=reason, receipt=receipt)))

    def begin_cancelling(self, key: DeliveryKey, reason: Message, by: str) -> int:
        """See `kanal.ledger.Ledger.begin_cancelling`."""
        return self.write(cancelling(key, reason, by))[-1].number

    def end_cancelling(self, key: DeliveryKey, begun: int, reason: Message, by: str) -> bool:
        """See `kanal.ledger.Ledger.end_cancelling`."""
        return bool(self.write(ending(EventKind.CANCELLED, key, begun, reason, by)))

    def history(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Event]:
        """See `kanal.ledger.Ledger.history`."""
        return map(event_of, self.lines(draft=draft, channel=channel))


def refuse_moved(name: str, moved_to: str | None) -> None:
    """Raises `LedgerRefused` if the ledger was moved elsewhere: nothing is written to what was left behind."""
    if moved_to is not None:
        raise LedgerRefused(
            msg("The ledger “{name}” was moved to {place}; this is what was left behind.", name=name, place=moved_to),
            msg("Get the newest config/kanal.yaml, which names the place where it is now (git pull)."),
        )


def missing_lines(lines: Iterable[Line], present: Sequence[Line]) -> list[Line]:
    """Of the `lines` of another copy of a ledger those that are not `present` here yet.

    Raises `LedgerRefused` if what is here is not where the other begins, or if the other's chain is broken.
    """
    every = list(lines)
    broken = next(verify(every), None)
    if broken:
        raise LedgerRefused(
            msg("The chain is broken at event {number}: {why}", number=broken.number, why=broken.why),
            msg("Nothing was copied. See: kanal ledger check"),
        )
    if every[: len(present)] != list(present):
        raise LedgerRefused(
            msg("What is there already is not the beginning of this ledger."),
            msg("Nothing was copied. Choose an empty place, or put the old one aside."),
        )
    return every[len(present) :]
