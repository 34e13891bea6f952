"""Where a delivery is that was handed over, or was about to be: with the network, out, or neither.

What the network once said that it has is never sent again because it is not to be found: somebody may have deleted it
there after readers saw it, so that a person must look. It must not write anything down.
"""

from datetime import datetime, timedelta

from kanal.abilities.scheduling import CanSchedule
from kanal.abilities.sending import CanFind
from kanal.adapter import Adapter
from kanal.errors import DeliveryError
from kanal.ledger import Standing
from kanal.message import msg
from kanal.model import Prepared, Receipt
from kanal.publish.verdict import Verdict


def whereabouts(adapter: Adapter, standing: Standing, now: datetime, patience: timedelta | None) -> Verdict:
    """Ask the network. `patience` replaces the platform's own `settles_after`."""
    at, prepared = standing.comes_out_at, standing.prepared
    if prepared is None or at is None:
        return Verdict(msg("The ledger does not say what was sent."))
    if not isinstance(adapter, CanSchedule) or not isinstance(adapter, CanFind):
        return Verdict(msg("This network cannot be asked; a person must look."))
    settles_after = adapter.settles_after if patience is None else patience
    try:
        waits = _waiting(adapter, standing, prepared, at)
        out = None if waits else _out(adapter, standing, prepared)
    except DeliveryError as error:
        return Verdict(msg("The network could not be asked: {reason}", reason=error.message))
    if waits:
        return _with_network(waits, now, settles_after)
    if out:
        return Verdict(msg("Found among the account's posts."), receipt=out)
    return _nowhere(standing, at, now, settles_after)


def _waiting(adapter: CanSchedule, standing: Standing, prepared: Prepared, at: datetime) -> Receipt | None:
    return adapter.waiting(standing.receipt) if standing.receipt else adapter.find_waiting(prepared, at)


def _out(adapter: Adapter, standing: Standing, prepared: Prepared) -> Receipt | None:
    if standing.receipt and isinstance(adapter, CanSchedule):
        return adapter.came_out(standing.receipt, prepared)
    return adapter.find(prepared, standing.since) if isinstance(adapter, CanFind) else None


def _with_network(waits: Receipt, now: datetime, settles_after: timedelta) -> Verdict:
    if now < waits.at + settles_after:
        return Verdict(msg("It lies with the network, which publishes it at {time}.", time=waits.at), waits=waits)
    late = msg(
        "The network was to publish it at {time}, and still has not. It may do so at any time. Look there; kanal"
        " retract takes it back.",
        time=waits.at,
    )
    return Verdict(late, waits=waits, late=True)


def _nowhere(standing: Standing, at: datetime, now: datetime, settles_after: timedelta) -> Verdict:
    """Neither here nor there: around its time it may be between the two, or a request may be under way."""
    known_at = standing.since + settles_after
    if standing.receipt or now >= at - settles_after:
        known_at = max(known_at, at + settles_after)
    if now < known_at:
        reason = msg("Not among the account's posts yet; it may still be on its way until {time}.", time=known_at)
        return Verdict(reason, look_again=known_at)
    if standing.receipt:
        gone = msg(
            "The network was to publish it at {time}, and shows it neither among the account's posts nor among what"
            " waits. Somebody may have changed or deleted it there. A person must look.",
            time=at,
        )
        return Verdict(gone, lost=True)
    return Verdict(msg("The network does not have it: neither waiting nor published."), absent=True)
