"""Taking posts down on one channel: what is known goes into the ledger, and what is not stays open for the next try."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from kanal.errors import LedgerUnwritable, Rejected, Unavailable, Uncertain
from kanal.exits import Exit
from kanal.ledger import EventKind, State
from kanal.message import msg
from kanal.model import DeliveryKey, Outcome
from kanal.publish.by_hand import ByHand
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.planning import Step
from kanal.publish.retracting import Retracting
from kanal.publish.running import exit_code, run
from kanal.publish.taken_down import out_of_reach, retractions
from kanal.publish.word import Word
from tests.publish.deleting import Deleting
from tests.publish.stand_in import CHANNEL, Stage, StandIn, step

WORD = Word("Kim Muster", "Falscher Tag")
REFUSED = Rejected(msg("The post is pinned."))
BUSY = Unavailable(msg("The network is busy."))
DOWN = Unavailable(msg("There is no network."), channel_wide=True)
NO_ANSWER = Uncertain(msg("No answer came."))


@pytest.fixture
def network() -> Deleting:
    return Deleting()


@pytest.fixture
def stage(tmp_path: Path, network: Deleting) -> Stage:
    """meldung-1 and meldung-2 are out."""
    stage = Stage(tmp_path, adapter=network)
    assert [result.outcome for result in stage.publish(step(1), step(2))] == [Outcome.PUBLISHED] * 2
    network.calls.clear()
    stage.heard.clear()
    return stage


def _conditions(stage: Stage) -> Conditions:
    wait = timedelta(seconds=stage.wait)
    return Conditions(WORD.name, wait, stage._watch, lambda _: False, stage.stop, stage.now)


def _take_down(stage: Stage, *numbers: int) -> list[Result]:
    lane = Retracting(CHANNEL, stage.adapter, stage.ledger, _conditions(stage), WORD)
    return lane.run([Step(_key(number), "") for number in numbers or (1,)])


def _key(number: int = 1) -> DeliveryKey:
    return DeliveryKey("amt", f"meldung-{number}")


def _state(stage: Stage, number: int = 1) -> State:
    return stage.ledger.states()[_key(number)][0]


def _kinds(stage: Stage, number: int = 1) -> list[EventKind]:
    """What happened since it was published."""
    return [event.kind for event in stage.ledger.history(draft=f"meldung-{number}")][2:]


def test_the_intent_is_in_the_ledger_before_the_request_and_the_end_after_a_look(
    stage: Stage, network: Deleting
) -> None:
    seen: list[tuple[Moment, State, list[str]]] = []
    stage.on_moment = lambda moment, _: seen.append((moment, _state(stage), list(network.calls)))
    (result,) = _take_down(stage)
    assert (result.outcome, str(result.reason)) == (Outcome.RETRACTED, "Kim Muster took it down: Falscher Tag")
    assert seen == [
        (Moment.CLAIMED, State.RETRACTING, []),
        (Moment.COMMITTED, State.RETRACTING, ["retract"]),
        (Moment.SETTLED, State.RETRACTED, ["retract", "is_gone"]),
        (Moment.FINISHED, State.RETRACTED, ["retract", "is_gone"]),
    ]
    begun, ended = list(stage.ledger.history(draft="meldung-1"))[2:]
    assert (begun.by, str(begun.reason)) == ("Kim Muster", "Kim Muster takes it down: Falscher Tag")
    assert (ended.by, str(ended.reason)) == ("Kim Muster", "Kim Muster took it down: Falscher Tag")


def test_it_is_not_published_again(stage: Stage, network: Deleting) -> None:
    _take_down(stage)
    posts = list(network.posts)
    (result,) = stage.publish(step(1, text="Meldung 1, neu gefasst"))
    assert result.outcome is Outcome.SKIPPED
    assert network.posts == posts


@pytest.mark.parametrize(
    ("error", "outcome"), [(REFUSED, Outcome.REJECTED), (BUSY, Outcome.DEFERRED), (DOWN, Outcome.DEFERRED)]
)
def test_what_was_certainly_not_deleted_is_still_out(
    stage: Stage, network: Deleting, error: Exception, outcome: Outcome
) -> None:
    network.deletions = [(error, False)]
    (result,) = _take_down(stage)
    assert (result.outcome, result.reason) == (outcome, error.args[0])
    assert (_state(stage), _kinds(stage)) == (State.PUBLISHED, [EventKind.RETRACTING, EventKind.KEPT])
    assert _take_down(stage)[0].outcome is Outcome.RETRACTED, "the same command again"


def test_a_channel_that_is_down_is_not_asked_for_the_rest(stage: Stage, network: Deleting) -> None:
    network.deletions = [(DOWN, False)]
    assert [result.outcome for result in _take_down(stage, 1, 2)] == [Outcome.DEFERRED] * 2
    assert network.calls == ["retract"]
    assert _kinds(stage, 2) == []


def test_one_that_is_refused_does_not_stop_the_rest(stage: Stage, network: Deleting) -> None:
    network.deletions = [(REFUSED, False)]
    assert [result.outcome for result in _take_down(stage, 1, 2)] == [Outcome.REJECTED, Outcome.RETRACTED]


@pytest.mark.parametrize("deleted", [False, True])
def test_without_an_answer_it_is_looked_and_deleted_again_if_need_be(
    stage: Stage, network: Deleting, *, deleted: bool
) -> None:
    network.deletions = [(NO_ANSWER, deleted)]
    (result,) = _take_down(stage)
    assert (result.outcome, _state(stage)) == (Outcome.RETRACTED, State.RETRACTED)
    assert network.calls.count("retract") == (1 if deleted else 2)


def test_a_network_that_forgets_slowly_is_given_some_time(stage: Stage, network: Deleting) -> None:
    stage.wait, network.shown_for = 2.0, 1
    assert _take_down(stage)[0].outcome is Outcome.RETRACTED
    assert network.calls == ["retract", "is_gone", "is_gone"]
    assert (Moment.WAITING, "meldung-1") in stage.heard


def test_what_is_shown_although_it_was_deleted_stays_open(stage: Stage, network: Deleting) -> None:
    network.shown_for = 9
    (result,) = _take_down(stage)
    assert (result.outcome, _state(stage)) == (Outcome.UNCERTAIN, State.RETRACTING)
    assert str(result.reason) == "The network took the request, but still shows the post."


@pytest.mark.parametrize("deletion", [(None, True), (NO_ANSWER, True), (NO_ANSWER, False)])
def test_where_nobody_can_look_it_stays_open_until_the_same_command_finishes_it(
    stage: Stage, network: Deleting, deletion: tuple[Exception | None, bool]
) -> None:
    network.deletions, network.mute = [deletion, deletion], BUSY
    (result,) = _take_down(stage)
    assert (result.outcome, _state(stage)) == (Outcome.UNCERTAIN, State.RETRACTING)
    assert exit_code([result]) is Exit.UNCERTAIN
    network.mute = None
    assert _take_down(stage)[0].outcome is Outcome.RETRACTED


@pytest.mark.parametrize("error", [REFUSED, BUSY])
def test_a_refusal_says_nothing_about_an_earlier_attempt_that_was_broken_off(
    stage: Stage, network: Deleting, error: Exception
) -> None:
    stage.ledger.begin_retracting(_key(), WORD.intent, WORD.name)
    network.deletions = [(error, False)]
    assert _take_down(stage)[0].outcome is Outcome.UNCERTAIN
    assert (_state(stage), _kinds(stage)) == (State.RETRACTING, [EventKind.RETRACTING] * 2)
    network.deletions = [(NO_ANSWER, False), (error, False)]
    assert _take_down(stage)[0].outcome is Outcome.UNCERTAIN
    assert _state(stage) is State.RETRACTING


def test_what_another_began_meanwhile_is_not_called_still_out(stage: Stage, network: Deleting) -> None:
    def another(moment: Moment, key: DeliveryKey) -> None:
        if moment is Moment.CLAIMED:
            stage.ledger.begin_retracting(key, WORD.intent, "Toni Muster")

    stage.on_moment = another
    network.deletions = [(BUSY, False)]
    assert _take_down(stage)[0].outcome is Outcome.UNCERTAIN
    assert _state(stage) is State.RETRACTING


def test_what_somebody_else_took_down_meanwhile_is_done(stage: Stage, network: Deleting) -> None:
    steps = retractions("meldung-1", {"amt": stage.ledger.states()})
    _take_down(stage)
    network.calls.clear()
    (result,) = Retracting(CHANNEL, network, stage.ledger, _conditions(stage), WORD).run(steps)
    assert (result.outcome, result.due, network.calls) == (Outcome.RETRACTED, False, [])


@pytest.mark.parametrize("moment", [Moment.CLAIMED, Moment.COMMITTED])
def test_a_mistake_of_ours_leaves_it_open(stage: Stage, moment: Moment) -> None:
    def fail(now: Moment, _: DeliveryKey) -> None:
        if now is moment:
            raise ZeroDivisionError

    stage.on_moment = fail
    (result,) = _take_down(stage)
    assert (result.outcome, _state(stage)) == (Outcome.UNCERTAIN, State.RETRACTING)
    assert "ZeroDivisionError" in str(result.reason)


def test_where_the_ledger_cannot_be_written_nothing_is_deleted(
    stage: Stage, network: Deleting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise LedgerUnwritable(msg("The disk is full."))

    monkeypatch.setattr(stage.ledger, "begin_retracting", full)
    assert [result.outcome for result in _take_down(stage, 1, 2)] == [Outcome.DEFERRED] * 2
    assert network.calls == []


def test_an_interrupted_run_begins_nothing_new(stage: Stage, network: Deleting) -> None:
    stage.on_moment = lambda moment, _: stage.stop.set() if moment is Moment.CLAIMED else None
    assert [result.outcome for result in _take_down(stage, 1, 2)] == [Outcome.RETRACTED, Outcome.DEFERRED]
    assert network.deleted == ["0"]


def test_a_run_that_was_stopped_before_it_came_to_an_old_doubt_leaves_it_one(stage: Stage, network: Deleting) -> None:
    stage.ledger.begin_retracting(DeliveryKey("amt", "meldung-1"), WORD.intent, WORD.name)
    stage.stop.set()
    steps = retractions("meldung-1", {"amt": stage.ledger.states()})
    (result,) = Retracting(stage.channel, network, stage.ledger, _conditions(stage), WORD).run(steps)
    assert (result.outcome, network.calls) == (Outcome.UNCERTAIN, [])


def test_a_network_without_deletion_is_told_and_nothing_recorded_as_done(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.publish(step(1))
    (result,) = _take_down(stage)
    assert result.outcome is Outcome.HELD
    assert "Take it down on the network, then: the same command with --by-hand" in str(result.reason)
    assert (_state(stage), _kinds(stage)) == (State.PUBLISHED, [])
    assert exit_code([result]) is Exit.NONE


def test_what_somebody_vouched_for_has_no_id_to_delete(stage: Stage, network: Deleting) -> None:
    stage.ledger.vouch([_key(7)], msg("Before the ledger began."), "Toni Muster")
    assert _take_down(stage, 7)[0].outcome is Outcome.HELD
    assert (network.calls, _state(stage, 7)) == ([], State.PUBLISHED)


def _by_hand(stage: Stage, adapter: StandIn | None = None, number: int = 1) -> Result:
    found = adapter or msg("A credential is missing.")
    (result,) = ByHand(CHANNEL, found, stage.ledger, _conditions(stage), WORD).run([Step(_key(number), "")])
    return result


def test_what_a_person_took_down_is_noted_once_the_network_agrees(stage: Stage, network: Deleting) -> None:
    refused = _by_hand(stage, network)
    assert (refused.outcome, _kinds(stage)) == (Outcome.REJECTED, [])
    assert str(refused.reason) == "The network still shows it: https://network.example/0"
    network.deleted.append("0")
    result = _by_hand(stage, network)
    assert (result.outcome, _state(stage)) == (Outcome.RETRACTED, State.RETRACTED)
    assert str(result.reason) == "Kim Muster took it down by hand: Falscher Tag"
    assert "retract" not in network.calls


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: None, "A credential is missing."),
        (StandIn, "This network cannot be asked; a person must look."),
        (lambda: _muted(Deleting()), "The network could not be asked: The network is busy."),
    ],
)
def test_where_nobody_can_be_asked_the_word_counts_and_it_is_said_so(
    stage: Stage, make: Callable[[], StandIn | None], why: str
) -> None:
    result = _by_hand(stage, make())
    assert (result.outcome, _state(stage)) == (Outcome.RETRACTED, State.RETRACTED)
    assert str(result.reason) == f"Kim Muster took it down by hand: Falscher Tag (not checked: {why})"
    assert (Moment.NOTED, "meldung-1") in stage.heard


def test_what_was_vouched_for_can_be_noted_by_hand(stage: Stage, network: Deleting) -> None:
    stage.ledger.vouch([_key(7)], msg("Before the ledger began."), "Toni Muster")
    assert _by_hand(stage, network, 7).outcome is Outcome.RETRACTED


def _muted(network: Deleting) -> Deleting:
    network.mute = BUSY
    return network


STATES = {
    DeliveryKey("x", "fest", 1): (State.PUBLISHED, "d"),
    DeliveryKey("x", "fest", 3): (State.PUBLISHED, "d"),
    DeliveryKey("x", "fest", 2): (State.RETRACTING, "d"),
    DeliveryKey("x", "anderes"): (State.PUBLISHED, "d"),
    DeliveryKey("amt", "fest"): (State.RETRACTED, "d"),
    DeliveryKey("alt", "fest"): (State.PUBLISHED, "d"),
    DeliveryKey("alt", "fest", 2): (State.RETRACTED, "d"),
    DeliveryKey("doubt", "fest"): (State.CLAIMED, "d"),
    DeliveryKey("held", "fest"): (State.RELEASED, "d"),
}


def test_every_part_is_taken_down_the_last_one_first() -> None:
    steps = retractions("fest", dict.fromkeys(("amt", "x", "doubt", "held"), STATES))
    assert [(one.key.channel, one.key.part, one.outcome) for one in steps] == [
        ("amt", 1, Outcome.RETRACTED),
        ("x", 3, None),
        ("x", 2, None),
        ("x", 1, None),
        ("doubt", 1, Outcome.UNCERTAIN),
    ]
    assert "Settle that first" in str(steps[-1].reason)


def test_what_is_out_on_channels_that_are_gone_is_told() -> None:
    (found,) = out_of_reach("fest", [STATES], {"amt", "x", "doubt", "held"})
    assert (found.key.channel, found.outcome, found.failed) == ("alt", Outcome.HELD, True)


def test_the_exit_code_tells_how_much_is_gone(stage: Stage, network: Deleting) -> None:
    network.deletions = [(REFUSED, False)]
    lane = Retracting(CHANNEL, network, stage.ledger, _conditions(stage), WORD)
    steps = [Step(_key(1), ""), Step(_key(2), "")]
    assert exit_code(run([lane], steps, stage.stop)) is Exit.SOME
    states = {"amt": stage.ledger.states()}
    again = [*retractions("meldung-1", states), *retractions("meldung-2", states)]
    network.deletions = [(REFUSED, False)]
    assert exit_code(run([lane], again, stage.stop)) is Exit.NONE, "the one that was gone before does not count"
    assert exit_code(run([lane], again, stage.stop)) is Exit.DONE
