"""What each change of a ledger writes, given how things stand: pure decisions, made inside the store's transaction.

A store may make a decision several times (another runner was faster, so it looks again); the last one counts. So
nothing in here may have an effect of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kanal import __version__
from kanal.errors import LedgerRefused
from kanal.ledger import AWAY, OPEN, STANDS, WENT_OUT, EventKind, Intent, Standing, State
from kanal.ledger.chain import Head, Line, mark
from kanal.ledger.folding import Sum, claimable
from kanal.ledger.record import Detail, dump
from kanal.message import Message, msg
from kanal.model import DeliveryKey, Receipt

Sums = Mapping[DeliveryKey, Sum]
_TAKEN_OVER = OPEN | {State.HANDED_OVER}


class Entry(NamedTuple):
    """An event that has no place in the chain yet."""

    kind: EventKind
    key: DeliveryKey
    digest: str
    by: str
    detail: str


class Change(NamedTuple):
    """A change: the deliveries that it looks at, and what it writes if they stand like that.

    `decide` raises `LedgerRefused` when the change cannot be meant; then nothing of it is written.
    """

    keys: tuple[DeliveryKey, ...]
    decide: Callable[[Sums], list[Entry]]


def chained(entries: Iterable[Entry], head: Head, at: str) -> list[Line]:
    """The entries as lines that follow on `head`, written now (`at`) by this version."""
    lines: list[Line] = []
    for kind, key, digest, by, detail in entries:
        number, columns = head.number + 1, (key.channel, key.draft, key.part, key.revision)
        line = Line(number, at, str(kind), *columns, digest, by, __version__, detail, head.mark)
        lines.append(line._replace(mark=mark(line)))
        head = lines[-1].head
    return lines


def claiming(intents: Sequence[Intent], by: str) -> Change:
    """Claim what may be claimed."""

    def decide(sums: Sums) -> list[Entry]:
        won: dict[DeliveryKey, Entry] = {}
        for intent in intents:
            if intent.key not in won and claimable(sums.get(intent.key), intent.digest):
                won[intent.key] = _claim(intent, by)
        return list(won.values())

    return Change(tuple(intent.key for intent in intents), decide)


def _claim(intent: Intent, by: str) -> Entry:
    return Entry(EventKind.CLAIMED, intent.key, intent.digest, by, dump(_content(intent)))


def _content(intent: Intent, reason: Message | None = None) -> Detail:
    return Detail(
        reason=reason,
        prepared=intent.prepared,
        warrant=intent.warrant,
        media=intent.media,
        goes_out_at=intent.goes_out_at,
    )


def taking_over(standing: Standing, by: str) -> Change:
    """Take an open claim over, or what was handed over, unless something happened to it since `standing` was read."""

    def decide(sums: Sums) -> list[Entry]:
        now = sums.get(standing.key)
        if now is None or now.state not in _TAKEN_OVER or now.last != standing.last:
            return []
        return [Entry(EventKind.TAKEN_OVER, standing.key, standing.digest, by, dump(Detail()))]

    return Change((standing.key,), decide)


def saying(kind: EventKind, key: DeliveryKey, by: str, detail: Detail) -> Change:
    """Say something about a delivery that was claimed."""

    def decide(sums: Sums) -> list[Entry]:
        if key not in sums:
            raise LedgerRefused(msg("The ledger knows nothing of {key}.", key=key), msg("See: kanal status"))
        return [Entry(kind, key, sums[key].digest, by, dump(detail))]

    return Change((key,), decide)


def locating(receipts: Mapping[DeliveryKey, Receipt], by: str) -> Change:
    """Put better receipts beside what is published."""

    def decide(sums: Sums) -> list[Entry]:
        return [
            Entry(EventKind.LOCATED, key, sums[key].digest, by, dump(Detail(receipt=receipt)))
            for key, receipt in receipts.items()
            if key in sums
        ]

    return Change(tuple(receipts), decide)


def vouching(keys: Collection[DeliveryKey], reason: Message, by: str) -> Change:
    """Count as published what would be sent otherwise: what is new, and what was released or rejected."""
    once = tuple(dict.fromkeys(keys))

    def decide(sums: Sums) -> list[Entry]:
        detail = dump(Detail(reason=reason))
        meant = {key: sums[key].digest if key in sums else "" for key in once if _may_be_sent(sums.get(key))}
        return [Entry(EventKind.VOUCHED, key, digest, by, detail) for key, digest in meant.items()]

    return Change(once, decide)


def _may_be_sent(before: Sum | None) -> bool:
    return before is None or before.state in {State.RELEASED, State.REJECTED}


def retracting(kind: EventKind, key: DeliveryKey, reason: Message, by: str) -> Change:
    """Say that a post is about to be taken down, or that it is gone; nothing where somebody said that already."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.state not in WENT_OUT:
            raise _not_out(key)
        if total.state is State.RETRACTED:
            return []
        # Should it stay after all, nobody will know any more that it may have been edited.
        digest = "" if total.state is State.CORRECTING else total.digest
        return [Entry(kind, key, digest, by, dump(Detail(reason=reason)))]

    return Change((key,), decide)


def correcting(intent: Intent, reason: Message, by: str) -> Change:
    """Say what a post is about to say instead; nothing if it says that already."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(intent.key)
        if total is None or total.state not in STANDS:
            raise _not_out(intent.key)
        if total.state is State.PUBLISHED and total.digest == intent.digest:
            return []
        return [Entry(EventKind.CORRECTING, intent.key, intent.digest, by, dump(_content(intent, reason)))]

    return Change((intent.key,), decide)


def corrected(intent: Intent, begun: int, receipt: Receipt, reason: Message, by: str) -> Change:
    """Say that a post says what was intended with the event `begun`, unless anything happened since."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(intent.key)
        if total is None or total.last != begun:
            return []
        detail = dump(Detail(reason=reason, receipt=receipt))
        return [Entry(EventKind.CORRECTED, intent.key, intent.digest, by, detail)]

    return Change((intent.key,), decide)


def _not_out(key: DeliveryKey) -> LedgerRefused:
    return LedgerRefused(msg("According to the ledger, {key} is not out.", key=key), msg("See: kanal status"))


def keeping(key: DeliveryKey, begun: int, reason: Message, by: str) -> Change:
    """Say that nothing came of what began with the event `begun`, unless anything happened since."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.last != begun:
            return []
        return [Entry(EventKind.KEPT, key, total.digest, by, dump(Detail(reason=reason)))]

    return Change((key,), decide)


def cancelling(key: DeliveryKey, reason: Message, by: str) -> Change:
    """Say that the network is about to be asked not to publish what was handed over."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.state not in AWAY:
            raise LedgerRefused(
                msg("According to the ledger, {key} does not lie with the network.", key=key), msg("See: kanal status")
            )
        return [Entry(EventKind.CANCELLING, key, total.digest, by, dump(Detail(reason=reason)))]

    return Change((key,), decide)


def cancelled(key: DeliveryKey, begun: int, reason: Message, by: str) -> Change:
    """Say that the network does not have any more what began to be cancelled with the event `begun`."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.last != begun:
            return []
        return [Entry(EventKind.CANCELLED, key, total.digest, by, dump(Detail(reason=reason)))]

    return Change((key,), decide)
