"""What each change of a ledger writes, given how things stand: pure decisions, made inside the store's transaction.

A store may make a decision several times (another runner was faster, so it looks again); the last one counts. So
nothing in here may have an effect of its own.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from kanal import __version__
from kanal.errors import LedgerRefused
from kanal.ledger import AWAY, OPEN, EventKind, Intent, Standing, State
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
            free = claimable(sums.get(intent.key), intent.digest) and _gave_way(intent.key, sums)
            if free and intent.key not in won:
                won[intent.key] = _claim(intent, by)
        return list(won.values())

    keys = [key for intent in intents for key in (intent.key, *_before(intent.key))]
    return Change(tuple(dict.fromkeys(keys)), decide)


def _before(key: DeliveryKey) -> tuple[DeliveryKey, ...]:
    """The same part of the revision before, and the first one: whole posts give way, the last part first."""
    before = key._replace(revision=key.revision - 1)
    return (before, before._replace(part=1)) if before.revision else ()


def _gave_way(key: DeliveryKey, sums: Sums) -> bool:
    """Whether nothing of the revision before is there any more: never two of them are out at once."""
    if key.revision == 1:
        return True
    part, first = (sums.get(before) for before in _before(key))
    return bool(first and first.state is State.REPLACED and (part is None or part.state is State.REPLACED))


def _claim(intent: Intent, by: str) -> Entry:
    return Entry(EventKind.CLAIMED, intent.key, intent.digest, by, dump(content(intent)))


def content(intent: Intent, reason: Message | None = None) -> Detail:
    """What is to be said, and who answers for it; and for when it is handed over."""
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
        meant = {key: sums[key].digest if key in sums else "" for key in once if may_be_sent(sums.get(key))}
        return [Entry(EventKind.VOUCHED, key, digest, by, detail) for key, digest in meant.items()]

    return Change(once, decide)


def may_be_sent(before: Sum | None) -> bool:
    """Whether nobody has it under way, and it never went out."""
    return before is None or before.state in {State.RELEASED, State.REJECTED}


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
