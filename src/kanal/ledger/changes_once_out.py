"""What a change of something that is out writes: taken down, corrected, answered, published anew.

Pure decisions, as in `changes`, and made as often.
"""

from kanal.errors import LedgerRefused
from kanal.ledger import STANDS, WENT_OUT, EventKind, Intent, State
from kanal.ledger.changes import Change, Entry, Sums, content, may_be_sent
from kanal.ledger.folding import Sum
from kanal.ledger.record import Detail, dump
from kanal.message import Message, msg
from kanal.model import DeliveryKey, Receipt


def retracting(kind: EventKind, key: DeliveryKey, reason: Message, by: str) -> Change:
    """Say that a post is about to be taken down, or that it is gone; nothing where somebody said that already."""
    following = key._replace(part=1, revision=key.revision + 1)

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.state not in WENT_OUT:
            raise _not_out(key)
        if total.state is State.RETRACTED:
            return []
        if following in sums and not may_be_sent(sums[following]):
            raise LedgerRefused(
                msg("{key} was published anew at this very moment.", key=key), msg("Run the same command again.")
            )
        return [Entry(kind, key, _known_digest(total), by, dump(Detail(reason=reason)))]

    return Change((key, following), decide)


def _known_digest(total: Sum) -> str:
    """Should it stay after all, nobody will know any more that it may have been edited."""
    return "" if total.state is State.CORRECTING else total.digest


def reposting(key: DeliveryKey, reason: Message, by: str) -> Change:
    """Say that a post is about to be taken down to be published anew; nothing if it gave way already."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.state not in STANDS | {State.REPOSTING, State.REPLACED}:
            raise _not_out(key)
        if total.state is State.REPLACED:
            return []
        return [Entry(EventKind.REPOSTING, key, _known_digest(total), by, dump(Detail(reason=reason)))]

    return Change((key,), decide)


def ending(kind: EventKind, key: DeliveryKey, begun: int, reason: Message, by: str) -> Change:
    """Say how ended what began with the event `begun`, unless anything happened since."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.last != begun:
            return []
        return [Entry(kind, key, total.digest, by, dump(Detail(reason=reason)))]

    return Change((key,), decide)


def answering(key: DeliveryKey, digest: str, detail: Detail, by: str) -> Change:
    """Say that a reply corrects a post that is out, to what has this `digest`."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(key)
        if total is None or total.state not in STANDS:
            raise _not_out(key)
        return [Entry(EventKind.ANSWERING, key, digest, by, dump(detail))]

    return Change((key,), decide)


def correcting(intent: Intent, reason: Message, by: str) -> Change:
    """Say what a post is about to say instead; nothing if it says that already."""

    def decide(sums: Sums) -> list[Entry]:
        total = sums.get(intent.key)
        if total is None or total.state not in STANDS:
            raise _not_out(intent.key)
        if total.state is State.PUBLISHED and total.digest == intent.digest:
            return []
        return [Entry(EventKind.CORRECTING, intent.key, intent.digest, by, dump(content(intent, reason)))]

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
