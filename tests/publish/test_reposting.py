"""Publishing anew on one channel: first everything is uploaded, then the old one goes, then the new one comes."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kanal.errors import LedgerUnwritable, Rejected, Unavailable, Uncertain
from kanal.ledger import State
from kanal.message import msg
from kanal.model import DeliveryKey, Outcome, Part, Prepared
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.planning import Step
from kanal.publish.reposting import Reposting
from kanal.publish.wait import Why
from kanal.publish.word import Word
from tests.publish.deleting import Deleting
from tests.publish.stand_in import Stage, step

WORD = Word("Kim Muster", "Falscher Tag")
NEW = "Meldung 1, neu gefasst"
OLD_KEY = DeliveryKey("amt", "meldung-1")
NEW_KEY = OLD_KEY._replace(revision=2)
REFUSED = Rejected(msg("The post is too old."))
BUSY = Unavailable(msg("The network is busy."))
NO_ANSWER = Uncertain(msg("No answer came."))


class Uploading(Deleting):
    """It takes uploads or raises `unprepared`, and wants to hear what is not needed any more."""

    unprepared: Exception | None = None

    def prepare(self, part: Part) -> Prepared:
        prepared = super().prepare(part)
        if self.unprepared:
            raise self.unprepared
        return prepared

    def tidy(self, prepared: Prepared) -> None:
        assert prepared.part.text == NEW
        self.calls.append("tidy")


@pytest.fixture
def network() -> Uploading:
    return Uploading()


@pytest.fixture
def stage(tmp_path: Path, network: Uploading) -> Stage:
    """meldung-1 is out."""
    stage = Stage(tmp_path, adapter=network)
    assert [result.outcome for result in stage.publish(step(1))] == [Outcome.PUBLISHED]
    network.calls.clear()
    stage.heard.clear()
    return stage


def _step() -> Step:
    return replace(step(1, text=NEW), key=NEW_KEY, why=Why.ANEW)


def _repost(stage: Stage, *, doubt: bool = False) -> Result:
    conditions = Conditions(
        WORD.name, timedelta(seconds=stage.wait), stage._watch, lambda _: False, stage.stop, stage.now
    )
    lane = Reposting(stage.outlet(), stage.adapter, stage.ledger, conditions, WORD)
    (result,) = lane.run([replace(_step(), doubt=doubt)])
    return result


def _states(stage: Stage) -> dict[int, State]:
    return {key.revision: state for key, (state, _) in stage.ledger.states().items()}


def test_everything_is_uploaded_before_anything_is_taken_down_and_there_are_never_two(
    stage: Stage, network: Uploading
) -> None:
    seen: list[int] = []
    stage.on_moment = lambda _moment, _key: seen.append(len(network.there))
    result = _repost(stage)
    assert (result.outcome, network.there) == (Outcome.PUBLISHED, [NEW])
    assert network.calls == ["prepare", "retract", "is_gone", "commit", "tidy"]
    assert (set(seen), seen.count(0) > 0) == ({0, 1}, True)
    assert _states(stage) == {1: State.REPLACED, 2: State.PUBLISHED}
    assert [moment for moment, _ in stage.heard].count(Moment.FINISHED) == 1, "the old one finishes nothing"


@pytest.mark.parametrize(("error", "outcome"), [(REFUSED, Outcome.REJECTED), (BUSY, Outcome.DEFERRED)])
def test_what_cannot_be_uploaded_leaves_the_old_one(
    stage: Stage, network: Uploading, error: Exception, outcome: Outcome
) -> None:
    network.unprepared = error
    result = _repost(stage)
    assert (result.outcome, network.there, network.calls) == (outcome, ["Meldung 1"], ["prepare"])
    assert _states(stage) == {1: State.PUBLISHED}


@pytest.mark.parametrize(("error", "outcome"), [(REFUSED, Outcome.REJECTED), (BUSY, Outcome.DEFERRED)])
def test_what_is_surely_not_deleted_stays_and_the_uploads_are_dropped(
    stage: Stage, network: Uploading, error: Exception, outcome: Outcome
) -> None:
    network.deletions = [(error, False)]
    result = _repost(stage)
    assert (result.outcome, network.there) == (outcome, ["Meldung 1"])
    assert network.calls == ["prepare", "retract", "tidy"]
    assert _states(stage) == {1: State.PUBLISHED}
    assert _repost(stage).outcome is Outcome.PUBLISHED


@pytest.mark.parametrize("deleted", [True, False])
def test_a_deletion_of_which_nobody_heard_is_looked_at(stage: Stage, network: Uploading, deleted: bool) -> None:
    network.deletions = [(NO_ANSWER, deleted), (None, True)]
    assert _repost(stage).outcome is Outcome.PUBLISHED
    assert network.there == [NEW]


def test_while_nobody_knows_whether_it_is_gone_nothing_is_published(stage: Stage, network: Uploading) -> None:
    network.deletions = [(NO_ANSWER, False)] * 4
    result = _repost(stage)
    assert (result.outcome, network.there, _states(stage)) == (
        Outcome.UNCERTAIN,
        ["Meldung 1"],
        {1: State.REPOSTING},
    )
    assert "commit" not in network.calls
    network.deletions = [(REFUSED, False)]
    assert _repost(stage).outcome is Outcome.UNCERTAIN, "the first request may still be on its way"
    network.deletions = []
    assert _repost(stage).outcome is Outcome.PUBLISHED


@pytest.mark.parametrize(
    ("error", "outcome", "state"),
    [(REFUSED, Outcome.REJECTED, State.REJECTED), (BUSY, Outcome.DEFERRED, State.RELEASED)],
)
def test_what_the_network_does_not_take_in_the_end_can_be_sent_later(
    stage: Stage, network: Uploading, error: Exception, outcome: Outcome, state: State
) -> None:
    network.will(error)
    assert _repost(stage).outcome is outcome
    assert (_states(stage), network.there) == ({1: State.REPLACED, 2: state}, [])
    expected = Outcome.REJECTED if error is REFUSED else Outcome.PUBLISHED
    assert _repost(stage).outcome is expected, "what was refused is not sent again unchanged"
    assert network.calls.count("retract") == 1


def test_an_answer_that_got_lost_is_settled_by_looking(stage: Stage, network: Uploading) -> None:
    network.will(NO_ANSWER, stored=True)
    result = _repost(stage)
    assert (result.outcome, network.there) == (Outcome.PUBLISHED, [NEW])


def _take_down_for_good(stage: Stage) -> None:
    stage.ledger.begin_retracting(OLD_KEY, msg("Why."), "Toni")
    stage.ledger.end_retracting(OLD_KEY, msg("Why."), "Toni")


@pytest.mark.parametrize("moment", [Moment.CLAIMED, Moment.COMMITTED])
def test_who_takes_it_down_for_good_meanwhile_is_obeyed(stage: Stage, network: Uploading, moment: Moment) -> None:
    stage.on_moment = lambda now, key: _take_down_for_good(stage) if (now, key) == (moment, OLD_KEY) else None
    assert _repost(stage).outcome is Outcome.UNCERTAIN
    assert (_states(stage), network.there) == ({1: State.RETRACTED}, [])


def test_of_two_at_once_one_publishes(stage: Stage, network: Uploading) -> None:
    other: list[Result] = []

    def run_the_other(moment: Moment, key: DeliveryKey) -> None:
        if (moment, key) == (Moment.SETTLED, OLD_KEY) and not other:
            stage.on_moment = lambda _moment, _key: None
            other.append(_repost(stage))

    stage.on_moment = run_the_other
    mine = _repost(stage)
    assert (other[0].outcome, mine.outcome, network.there) == (Outcome.PUBLISHED, Outcome.SKIPPED, [NEW])


@pytest.mark.parametrize("when", [(Moment.PREPARED, NEW_KEY), (Moment.CLAIMED, OLD_KEY), (Moment.SETTLED, OLD_KEY)])
def test_a_ledger_that_cannot_be_written_stops_it_where_it_is(
    stage: Stage, network: Uploading, when: tuple[Moment, DeliveryKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> object:
        raise LedgerUnwritable(msg("The disk is full."))

    def break_it(moment: Moment, key: DeliveryKey) -> None:
        if (moment, key) == when:
            monkeypatch.setattr(stage.ledger, "write", fail)

    stage.on_moment = break_it
    result = _repost(stage)
    known = {Moment.PREPARED: Outcome.DEFERRED, Moment.CLAIMED: Outcome.UNCERTAIN, Moment.SETTLED: Outcome.DEFERRED}
    assert (result.outcome, str(result.reason)) == (known[when[0]], "The disk is full.")
    assert len(network.there) <= 1
    monkeypatch.undo()
    stage.on_moment = lambda _moment, _key: None
    assert (_repost(stage).outcome, network.there) == (Outcome.PUBLISHED, [NEW])


def test_told_to_stop_it_begins_nothing(stage: Stage, network: Uploading) -> None:
    stage.stop.set()
    assert (_repost(stage).outcome, network.calls) == (Outcome.DEFERRED, [])
