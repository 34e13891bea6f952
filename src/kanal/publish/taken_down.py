"""What there is to take down of one draft, by the ledger alone: the draft itself may be gone. It makes no request."""

from collections.abc import Collection, Iterator, Mapping

from kanal.ledger import AWAY, OPEN, WENT_OUT, Ledger, State
from kanal.message import Message, msg
from kanal.model import DeliveryKey, Outcome
from kanal.publish.planning import Step
from kanal.publish.revisions import States, revisions
from kanal.publish.wait import Why

_SAID = WENT_OUT | OPEN | AWAY
_GONE = frozenset({State.RETRACTED, State.REPLACED})
_BEGUN = {
    State.RETRACTING: Why.RETRACTING,
    State.CANCELLING: Why.CANCELLING,
    State.HANDED_OVER: Why.HANDED_OVER,
}
_NOT_CONFIGURED = msg(
    "This channel is not in the configuration any more. Put it back with “status: ended”, and run this command again."
)
SETTLE_FIRST = msg(
    "Nobody knows whether it is out. Settle that first, by kanal publish or kanal resolve; then run this command again."
)


def retractions(draft: str, states: Mapping[str, States]) -> list[Step]:
    """A step for each delivery of `draft` that went out, may have or will, channel by channel, the last part first.

    `states` gives the ledger's states by channel, in the order in which channels are shown. Of what was published anew
    only the newest counts; if that is not out yet, it is the one before, so that nobody publishes it any more.
    """
    return [_step(key, state) for name, known in states.items() for key, state in _newest(draft, name, known)]


def replies_to(draft: str, channel: str, ledger: Ledger) -> list[str]:
    """The drafts with which somebody corrected what `draft` says on `channel`, the newest first."""
    found = [event.reply for event in ledger.history(draft=draft, channel=channel) if event.reply]
    return list(dict.fromkeys(reversed(found)))


def _newest(draft: str, channel: str, states: States) -> list[tuple[DeliveryKey, State]]:
    went = [(key, state) for key, state in _backwards(draft, states) if key.channel == channel and state in _SAID]
    revision = revisions(states).get((channel, draft), 1)
    if all(key.revision < revision for key, _ in went):
        revision -= 1
    return [(key, state) for key, state in went if key.revision == revision]


def out_of_reach(draft: str, ledgers: list[States], configured: Collection[str]) -> list[Step]:
    """Those on channels that the configuration does not know any more: nobody may take them for taken down."""
    return [
        Step(key, "", Outcome.HELD, _NOT_CONFIGURED, failed=True)
        for states in ledgers
        for key, state in _backwards(draft, states)
        if key.channel not in configured and state in _SAID - _GONE
    ]


def _backwards(draft: str, states: States) -> Iterator[tuple[DeliveryKey, State]]:
    """A thread without its end is still one; an end without its beginning is not."""
    found = [(key, state) for key, (state, _) in states.items() if key.draft == draft]
    return iter(sorted(found, key=lambda one: (one[0].channel, -one[0].part, -one[0].revision)))


def _step(key: DeliveryKey, state: State) -> Step:
    decided: tuple[Outcome, Message] | None = None
    if state is State.RETRACTED:
        decided = Outcome.RETRACTED, msg("It was taken down before.")
    elif state in OPEN:
        decided = Outcome.UNCERTAIN, SETTLE_FIRST
    return Step(key, "", *decided) if decided else Step(key, "", why=_BEGUN.get(state))
