"""Open claims of one channel: taken over, looked into, and written down, before anything is sent anew.

It must not send anything that the ledger does not hold as claimed, nor decide what `publish` shows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kanal.adapter import Adapter
from kanal.compose import content_digest
from kanal.ledger import OPEN, EventKind, Ledger, Standing, State
from kanal.message import Message, msg
from kanal.model import DeliveryKey
from kanal.publish.conditions import Conditions, Moment
from kanal.publish.doubts import investigate, write_down
from kanal.publish.holding import hold
from kanal.publish.planning import Step
from kanal.publish.verdict import Verdict
from kanal.publish.waiting import Waiting

_DOUBTS = frozenset({EventKind.UNCERTAIN, EventKind.TAKEN_OVER})
_SETTLED_HERE = OPEN | {State.HANDED_OVER}


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an open claim: a verdict, and how it stood before."""

    verdict: Verdict
    before: Standing


class Settling:
    """Settles the open claims of one channel, for one run. Used by one thread."""

    def __init__(
        self, adapter: Adapter, ledger: Ledger, conditions: Conditions, waiting: Waiting, patience: timedelta | None
    ) -> None:
        self._adapter = adapter
        self._ledger = ledger
        self._on = conditions
        self._waiting = waiting
        self._patience = patience

    def settle(self, step: Step) -> Settled | Message | None:
        """The open claim of `step`, settled and written down. A message when another run has it, None without one.

        Also what was handed over, and should be out by now.
        """
        standing = self._ledger.standing(step.key)
        if standing is None or standing.state not in _SETTLED_HERE:
            return None
        if self._on.is_sending(standing):
            return msg("Another run is sending it right now.")
        is_young = hold(self._on)
        if not self._ledger.take_over(standing, self._on.by):
            return msg("Another run is settling it right now.")
        verdict = self._investigate(standing, step, is_young)
        write_down(verdict, standing, self._ledger, self._on.by)
        self._on.watch(Moment.SETTLED, step.key, None)
        return Settled(verdict, standing)

    def was_in_doubt(self, key: DeliveryKey) -> bool:
        """Whether an earlier attempt may have gone out unseen."""
        earlier = self._ledger.history(draft=key.draft, channel=key.channel)
        return any(event.key == key and event.kind in _DOUBTS for event in earlier)

    def find_duplicate(self, step: Step, reason: Message) -> Settled | None:
        """The network says that it has this content already: find it. None leaves the claim open, for a person."""
        self._ledger.doubt(step.key, reason, self._on.by)
        standing = self._ledger.standing(step.key)
        is_young = hold(self._on)
        if standing is None or not self._ledger.take_over(standing, self._on.by):
            return None
        verdict = self._investigate(standing, step, is_young)
        if not verdict.receipt:  # "absent" cannot be true here, whatever the list says
            self._ledger.doubt(step.key, reason, self._on.by)
            return None
        write_down(verdict, standing, self._ledger, self._on.by)
        return Settled(verdict, standing)

    def _investigate(self, standing: Standing, step: Step, is_young: Callable[[], bool]) -> Verdict:
        """Ask the network, and once more after waiting if that may help.

        Sending again what the network remembers is only allowed for what would be sent now all the same: not for a
        draft that was taken back or changed, nor on a channel that rests, nor when the claim is not young any more.
        """
        post = step.post if step.afterwards is None else None
        is_meant = post is not None and content_digest(post.part) == standing.digest

        def ask() -> Verdict:
            may_send = is_meant and is_young()
            return investigate(self._adapter, standing, self._on.now(), self._patience, may_send=may_send)

        verdict = ask()
        if verdict.look_again and self._waiting.until(verdict.look_again, step.key, verdict.reason):
            verdict = ask()
        return verdict
