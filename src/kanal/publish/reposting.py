"""One channel's post published anew: everything uploaded, the old one taken down and looked for, then the new one out.

Never two of them at once: the ledger lets nobody claim the new revision before all parts of the old one are gone.
Killed anywhere, the same again goes on. It must not know other channels.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kanal.adapter import Adapter
from kanal.ledger import WENT_OUT, Ledger, State
from kanal.model import DeliveryKey, Outcome
from kanal.publish.conditions import Conditions, Moment, News, Result
from kanal.publish.in_turn import InTurn
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.retracting import Retracting
from kanal.publish.word import Word


class Reposting:
    """Publishes one post anew on somebody's `word`; `outlet` sends it. Used by one thread."""

    def __init__(self, outlet: Outlet, adapter: Adapter, ledger: Ledger, conditions: Conditions, word: Word) -> None:
        self.channel = outlet.channel
        self._outlet = outlet
        self._ledger = ledger
        self._watch = conditions.watch
        halfway = replace(conditions, watch=self._on_the_way)
        self._retracting = Retracting(outlet.channel, adapter, ledger, halfway, word, anew=True)
        self._in_turn = InTurn(halfway)

    def run(self, steps: Iterable[Step]) -> list[Result]:
        """Every step's result; the steps are the parts of one post, in order."""
        todo = list(steps)
        if not todo:
            return []
        made_way = self._in_turn.carry_out(todo[0], lambda step: self._make_way(step, todo), self._outcome_by_ledger)
        if made_way.outcome is Outcome.RETRACTED:
            return self._outlet.run(todo)
        self._outlet.uploads.drop()
        for step in todo:
            self._watch(Moment.FINISHED, step.key, made_way.reason)
        return [Result(step, made_way.outcome, made_way.reason, made_way.url, made_way.at) for step in todo]

    def _on_the_way(self, moment: Moment, key: DeliveryKey, news: News) -> None:
        """That the old one is gone finishes nothing yet."""
        if moment is not Moment.FINISHED:
            self._watch(moment, key, news)

    def _make_way(self, first: Step, steps: Sequence[Step]) -> Result:
        """Take the old one down, its last part first; anything but `RETRACTED` means that some of it may be there."""
        old = self._there(first.key)
        for step in steps if old else ():
            hindrance = self._outlet.uploads.make_ready(step)
            if hindrance:
                return hindrance
        for key in old:
            (result,) = self._retracting.run([Step(key, first.file, why=first.why)])
            if result.outcome is not Outcome.RETRACTED:
                return result
        return Result(first, Outcome.RETRACTED)

    def _there(self, key: DeliveryKey) -> list[DeliveryKey]:
        """The parts of the revision before that have not given way, the last one first."""
        before = (key.channel, key.draft, key.revision - 1)
        states = self._ledger.states()
        return sorted(
            (
                one
                for one, (state, _) in states.items()
                if (one.channel, one.draft, one.revision) == before
                and state in WENT_OUT
                and state is not State.REPLACED
            ),
            reverse=True,
        )

    def _outcome_by_ledger(self, step: Step) -> Outcome:
        """What became of it when something went wrong that nobody foresaw: whether the old one is there as it was."""
        states = self._ledger.states()
        begun = any(states[key][0] is not State.PUBLISHED for key in self._there(step.key))
        return Outcome.UNCERTAIN if begun else Outcome.DEFERRED
