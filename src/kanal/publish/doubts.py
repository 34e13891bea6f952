"""Deliveries of which nobody knows whether they are out, settled by evidence (docs/architecture.md#exactly-once).

(1) the network's own memory, (2) the account's recent posts, (3) a person. A delivery is only released for another
try when the network was asked, does not have it, and could not have it under way any more.
"""

from datetime import datetime, timedelta

from kanal.abilities.sending import CanFind, CanRepeat
from kanal.adapter import Adapter
from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.ledger import Ledger, Standing
from kanal.message import msg
from kanal.publish.verdict import Verdict
from kanal.publish.whereabouts import whereabouts


def investigate(
    adapter: Adapter, standing: Standing, now: datetime, patience: timedelta | None, *, may_send: bool
) -> Verdict:
    """Ask the network about an open claim. `patience` replaces the platform's own `settles_after`.

    With `may_send` the delivery may be sent again where the network remembers it; if it was never there, that
    publishes it now.
    """
    if standing.prepared is None:
        return Verdict(msg("The ledger does not say what was sent."))
    if standing.goes_out_at:
        return whereabouts(adapter, standing, now, patience)
    if may_send and isinstance(adapter, CanRepeat) and now - standing.since < adapter.memory:
        try:
            receipt = adapter.repeat(standing.prepared, str(standing.key))
            return Verdict(msg("The network remembers it."), receipt=receipt)
        except Rejected as error:
            return Verdict(error.message, rejected=True)
        except (Unavailable, Uncertain):
            pass  # the network's memory does not help; its list of posts may
    if not isinstance(adapter, CanFind):
        return Verdict(msg("This network cannot be asked; a person must look."))
    return _look(adapter, standing, now, adapter.settles_after if patience is None else patience)


def _look(adapter: CanFind, standing: Standing, now: datetime, settles_after: timedelta) -> Verdict:
    if standing.prepared is None:
        return Verdict(msg("The ledger does not say what was sent."))
    try:
        receipt = adapter.find(standing.prepared, standing.since)
    except DeliveryError as error:
        return Verdict(msg("The network could not be asked: {reason}", reason=error.message))
    if receipt:
        return Verdict(msg("Found among the account's posts."), receipt=receipt)
    settled_at = standing.since + settles_after
    if now < settled_at:
        return Verdict(
            msg("Not among the account's posts yet; it may still be on its way until {time}.", time=settled_at),
            look_again=settled_at,
        )
    return Verdict(msg("Not among the account's posts; it did not go out."), absent=True)


def write_down(verdict: Verdict, standing: Standing, ledger: Ledger, by: str) -> None:
    """Put the verdict into the ledger. `by` must have taken the claim over."""
    if verdict.receipt:
        ledger.settle(standing.key, verdict.receipt, by, verdict.reason)
    elif verdict.rejected:
        ledger.settle(standing.key, verdict.reason, by)
    elif verdict.absent:
        ledger.release(standing.key, verdict.reason, None, by)
    elif verdict.waits:
        ledger.hand_over(standing.key, verdict.waits, by, verdict.reason)
    elif standing.goes_out_at and standing.receipt and not verdict.lost:
        # Nothing speaks against what the network said before.
        ledger.hand_over(standing.key, standing.receipt, by, verdict.reason)
    else:
        ledger.doubt(standing.key, verdict.reason, by)
