"""What a plan made from drafts and channels would overlook, and nobody may forget.

Doubtful deliveries whose draft or channel is gone, and drafts for channels that do not exist. It makes no request.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from kanal.folder import Entry
from kanal.ledger import AWAY, OPEN, UNFINISHED, Standing, State
from kanal.message import msg
from kanal.model import DeliveryKey, Outcome
from kanal.publish.away import away
from kanal.publish.planning import Step, went_out
from kanal.publish.revisions import States
from kanal.publish.timing import early, ready_since
from kanal.publish.wait import Wait, Why
from kanal.suggest import did_you_mean

_REMEMBERED = UNFINISHED | {State.HANDED_OVER}


def orphans(
    states: Mapping[str, States],
    steps: Iterable[Step],
    lying: Mapping[DeliveryKey, Standing] = MappingProxyType({}),
    now: datetime | None = None,
) -> list[Step]:
    """Doubtful deliveries whose draft is gone from the folder, or changed its id: still nobody may forget them.

    And those that lie with a network, which are `lying` like this `now`. `states` as for `plan`; what a ledger knows of
    other channels is left to a run that asks for them.
    """
    seen = {step.key for step in steps}
    return [
        _orphan(key, state, lying.get(key), now)
        for name, known in states.items()
        for key, (state, _) in known.items()
        if key.channel == name and state in _REMEMBERED and key not in seen
    ]


def _orphan(key: DeliveryKey, state: State, standing: Standing | None, now: datetime | None) -> Step:
    if state in OPEN:
        gone = Wait(Outcome.SKIPPED, msg("The draft is gone; nothing was sent."), Why.GONE)
        return Step(key, "", doubt=True, afterwards=gone)
    if state in AWAY:
        at = standing.comes_out_at if standing and state is State.HANDED_OVER else None
        is_due = at is not None and now is not None and at <= now
        return Step(key, "", doubt=is_due).waiting(away(key, standing, None, None))
    return went_out(key, "", state)


def strangers(
    entries: Iterable[Entry], configured: Collection[str], ledgers: Iterable[States], now: datetime
) -> list[Step]:
    """What is due on channels that the configuration does not know, and was never tried there: nobody would miss it."""
    tried = {key for states in ledgers for key in states}
    found = []
    for entry in entries:
        keys = [DeliveryKey(name, entry.id) for name in entry.channels if name not in configured]
        new = [key for key in keys if key not in tried]
        draft = entry.load() if new else None
        if draft is None or early(draft, now):
            continue
        for key in new:
            reason = msg(
                "There is no channel “{name}”. {hint}", name=key.channel, hint=did_you_mean(key.channel, configured)
            )
            wait = Wait(Outcome.HELD, reason, Why.BROKEN, ready_since(draft))
            found.append(Step(key, entry.file).waiting(wait, failed=True))
    return found


def cut_off(ledgers: Iterable[States], configured: Collection[str]) -> list[Step]:
    """Doubtful deliveries on channels that the configuration lost: nobody can ask there, and nobody may forget."""
    return [
        Step(
            key,
            "",
            Outcome.UNCERTAIN,
            msg(
                "The channel “{channel}” is not in the configuration any more. Put it back with “status: ended” to"
                " settle this.",
                channel=key.channel,
            ),
        )
        for states in ledgers
        for key, (state, _) in states.items()
        if state in _REMEMBERED and key.channel not in configured
    ]
