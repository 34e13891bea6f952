"""Between two posts on one channel there is some time: across runs, within a run, and when clocks disagree."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.errors import Rejected
from kanal.ledger import Intent
from kanal.message import msg
from kanal.model import DeliveryKey, Outcome, Part, Prepared, Receipt
from kanal.publish.conditions import Moment
from kanal.publish.pace import Pace, Past, spread
from kanal.publish.timing import Terms
from kanal.publish.wait import Why
from tests.publish.stand_in import Stage, step
from tests.publish.test_timing import terms

QUARTER = timedelta(minutes=15)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.ledger.close()


def publish(stage: Stage, name: str, after: timedelta) -> datetime:
    """What the ledger's clock says when `name` is published with that clock ahead by `after`."""
    stage.offset = after
    key = DeliveryKey("amt", name)
    stage.ledger.claim([Intent(key, "d", Prepared(Part(name, "de")))], "host/1/me")
    stage.ledger.settle(key, Receipt(name, None, datetime(2020, 1, 1, tzinfo=UTC)), "host/1/me")
    stage.offset = timedelta()
    return [*stage.ledger.history(draft=name)][-1].at


def outcomes(stage: Stage, numbers: Sequence[int], decided: Terms) -> list[Outcome]:
    outlet = stage.outlet(pace=Pace(decided, Past(stage.now()).last(stage.ledger, "amt")))
    return [result.outcome for result in outlet.run([step(number) for number in numbers])]


def test_the_second_of_two_waits_for_the_next_run(stage: Stage) -> None:
    first, second = stage.outlet(pace=Pace(terms(), None)).run([step(1), step(2)])
    assert (first.outcome, second.outcome, second.due) == (Outcome.PUBLISHED, Outcome.DEFERRED, False)
    assert second.at
    assert timedelta(minutes=13) < second.at - stage.now() <= QUARTER
    assert stage.adapter.posts == ["Meldung 1"]
    assert outcomes(stage, [2], terms()) == [Outcome.DEFERRED]
    stage.offset = QUARTER
    assert outcomes(stage, [2], terms()) == [Outcome.PUBLISHED]


def test_what_is_refused_does_not_keep_the_next_one_waiting(stage: Stage) -> None:
    stage.adapter.will(Rejected(msg("Too long.")))
    assert outcomes(stage, [1, 2, 3], terms()) == [Outcome.REJECTED, Outcome.PUBLISHED, Outcome.DEFERRED]
    stage.offset = QUARTER
    assert outcomes(stage, [1, 3], terms()) == [Outcome.REJECTED, Outcome.PUBLISHED]


def test_what_another_run_sends_right_now_counts_as_well(stage: Stage) -> None:
    outlet = stage.outlet(pace=Pace(terms(), None))

    def be_faster(moment: Moment, key: DeliveryKey) -> None:
        if moment is Moment.PREPARED and key.draft == "meldung-1":
            stage.ledger.claim([Intent(key, "d", Prepared(Part("x", "de")))], "host/2/other")

    stage.on_moment = be_faster
    assert [result.outcome for result in outlet.run([step(1), step(2)])] == [Outcome.SKIPPED, Outcome.DEFERRED]
    assert stage.adapter.posts == []


def test_without_the_rule_nothing_waits(stage: Stage) -> None:
    assert outcomes(stage, [1, 2, 3], terms(distance=None)) == [Outcome.PUBLISHED] * 3


def test_the_ledger_tells_when_something_was_last_published_there(stage: Stage) -> None:
    publish(stage, "alt", -timedelta(hours=3))
    newest = publish(stage, "neu", -timedelta(hours=1))
    stage.ledger.claim([Intent(DeliveryKey("amt", "offen"), "d", Prepared(Part("x", "de")))], "host/1/me")
    stage.ledger.vouch([DeliveryKey("amt", "archiv")], msg("Before."), "Kim Muster")
    assert Past(stage.now()).last(stage.ledger, "amt") == newest
    assert Past(stage.now()).last(stage.ledger, "anderer") is None


def test_a_clock_that_jumped_back_is_noticed_and_does_not_stop_the_channel(stage: Stage) -> None:
    past = publish(stage, "alt", -timedelta(hours=1))
    ahead = publish(stage, "morgen", timedelta(days=1))
    record = Past(stage.now())
    assert record.last(stage.ledger, "amt") == past
    assert record.ahead(stage.ledger, "amt") == ahead
    assert outcomes(stage, [1], terms()) == [Outcome.PUBLISHED]


def test_clocks_that_differ_by_a_minute_are_nothing_to_speak_of(stage: Stage) -> None:
    newest = publish(stage, "neu", timedelta(minutes=1))
    record = Past(stage.now())
    assert (record.last(stage.ledger, "amt"), record.ahead(stage.ledger, "amt")) == (newest, None)


def test_a_plan_shows_that_one_goes_out_on_each_channel() -> None:
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    first, second, doubt = spread([step(1), step(2), step(3, doubt=True)], terms(), now)
    assert (first.outcome, second.outcome, second.why) == (None, Outcome.DEFERRED, Why.COOL_DOWN)
    assert (doubt.outcome, doubt.afterwards) == (None, None)
