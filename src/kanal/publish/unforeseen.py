"""What became of a delivery when something went wrong that nobody foresaw: what the ledger holds counts.

It must not ask networks, nor write.
"""

from kanal.errors import KanalError, LedgerUnreachable
from kanal.ledger import Ledger, State
from kanal.model import DeliveryKey, Outcome

_OUTCOMES = {
    State.CLAIMED: Outcome.UNCERTAIN,
    State.UNCERTAIN: Outcome.UNCERTAIN,
    State.PUBLISHED: Outcome.PUBLISHED,
    State.REJECTED: Outcome.REJECTED,
    State.CORRECTING: Outcome.PUBLISHED,
    State.RETRACTING: Outcome.UNCERTAIN,
    State.RETRACTED: Outcome.RETRACTED,
    State.HANDED_OVER: Outcome.HANDED_OVER,
    State.CANCELLING: Outcome.UNCERTAIN,
    State.REPOSTING: Outcome.UNCERTAIN,
    State.REPLACED: Outcome.RETRACTED,
}


def outcome_by(ledger: Ledger, key: DeliveryKey, *, in_doubt: bool) -> Outcome:
    """An open claim is a doubt, all else was not sent. `in_doubt`: whether it may be out, where nobody can be asked."""
    try:
        standing = ledger.standing(key)
    except LedgerUnreachable:
        return Outcome.UNCERTAIN if in_doubt else Outcome.DEFERRED
    except KanalError:  # damaged or gone: then nobody can tell
        return Outcome.UNCERTAIN
    return _OUTCOMES.get(standing.state, Outcome.DEFERRED) if standing else Outcome.DEFERRED
