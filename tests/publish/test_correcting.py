"""Correcting posts on one channel: what is known goes into the ledger, and what is not stays open for the next try."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kanal.compose import content_digest
from kanal.errors import LedgerUnwritable, Rejected, Unavailable, Uncertain
from kanal.exits import Exit
from kanal.ledger import EventKind, Intent, State
from kanal.message import Message, msg
from kanal.model import Channel, DeliveryKey, Edition, Outcome, Part, Prepared, Receipt, Secret
from kanal.publish.conditions import Conditions, Moment, Result
from kanal.publish.correcting import Correcting
from kanal.publish.running import exit_code
from kanal.publish.wait import Why
from kanal.publish.word import Word
from tests.publish.stand_in import CHANNEL, Stage, StandIn, step

WORD = Word("Kim Muster", "Falscher Tag")
REFUSED = Rejected(msg("The post is too old."))
BUSY = Unavailable(msg("The network is busy."))
DOWN = Unavailable(msg("There is no network."), channel_wide=True)
NO_ANSWER = Uncertain(msg("No answer came."))
NEW = "Meldung 1, neu gefasst"


class Editing(StandIn):
    """A network that edits. Each call of `correct` does what `edits` says: raise, and edit or not."""

    def __init__(self, channel: Channel = CHANNEL, credentials: dict[str, Secret] | None = None) -> None:
        super().__init__(channel, credentials)
        self.edits: list[tuple[Exception | None, bool]] = []
        self.mute: Exception | None = None
        self.unprepared: Exception | None = None

    @staticmethod
    def unchangeable(before: Edition, part: Part) -> Message | None:  # noqa: ARG004 - the protocol decides
        return None

    def revise(self, receipt: Receipt, part: Part, before: Edition) -> Prepared:
        self.calls.append("revise")
        if self.unprepared:
            raise self.unprepared
        return Prepared(part, {"upload": "7"})

    def correct(self, receipt: Receipt, prepared: Prepared) -> Receipt:
        self.calls.append("correct")
        error, edited = self.edits.pop(0) if self.edits else (None, True)
        if edited:
            self.posts[int(receipt.id)] = prepared.part.text
        if error:
            raise error
        return receipt

    def says(self, receipt: Receipt, prepared: Prepared) -> bool:
        self.calls.append("says")
        if self.mute:
            raise self.mute
        return self.posts[int(receipt.id)] == prepared.part.text


@pytest.fixture
def network() -> Editing:
    return Editing()


@pytest.fixture
def stage(tmp_path: Path, network: Editing) -> Stage:
    """meldung-1 and meldung-2 are out."""
    stage = Stage(tmp_path, adapter=network)
    assert [result.outcome for result in stage.publish(step(1), step(2))] == [Outcome.PUBLISHED] * 2
    network.calls.clear()
    return stage


def _correct(stage: Stage, *texts: str, why: Why | None = None) -> list[Result]:
    """Let the posts say `texts`, one after the other."""
    conditions = Conditions(
        WORD.name, timedelta(seconds=stage.wait), stage._watch, lambda _: False, stage.stop, stage.now
    )
    lane = Correcting(CHANNEL, stage.adapter, stage.ledger, conditions, WORD, lambda part: part)
    return lane.run([replace(step(number, text=text), why=why) for number, text in enumerate(texts or (NEW,), 1)])


KEY = DeliveryKey("amt", "meldung-1")


def _state(stage: Stage) -> State:
    return stage.ledger.states()[KEY][0]


def _digest(text: str) -> str:
    return content_digest(Part(text, "de"))


def _kinds(stage: Stage, number: int = 1) -> list[EventKind]:
    """What happened since it was published."""
    return [event.kind for event in stage.ledger.history(draft=f"meldung-{number}")][2:]


def test_the_new_content_is_in_the_ledger_before_the_request_and_counts_after_it(
    stage: Stage, network: Editing
) -> None:
    seen: list[tuple[Moment, State, str, list[str]]] = []
    stage.on_moment = lambda moment, _: seen.append((moment, *stage.ledger.states()[KEY], list(network.calls)))
    (result,) = _correct(stage)
    assert (result.outcome, str(result.reason)) == (Outcome.CORRECTED, "Kim Muster corrected it: Falscher Tag")
    old, new = _digest("Meldung 1"), _digest(NEW)
    assert seen == [
        (Moment.PREPARE, State.PUBLISHED, old, []),
        (Moment.PREPARED, State.PUBLISHED, old, ["revise"]),
        (Moment.CLAIMED, State.CORRECTING, old, ["revise"]),
        (Moment.COMMITTED, State.CORRECTING, old, ["revise", "correct"]),
        (Moment.SETTLED, State.PUBLISHED, new, ["revise", "correct"]),
        (Moment.FINISHED, State.PUBLISHED, new, ["revise", "correct"]),
    ]
    standing = stage.ledger.standing(KEY)
    assert standing is not None
    assert standing.prepared == Prepared(Part(NEW, "de"), {"upload": "7"})
    assert network.posts == [NEW, "Meldung 2"]


def test_what_it_answers_stays_known(stage: Stage) -> None:
    key = KEY._replace(part=2)
    stage.ledger.claim([Intent(key, "d", Prepared(Part("Teil 2", "de", number=2), {"reply_to": "0"}))], "a")
    stage.ledger.settle(key, Receipt("1", None, stage.now()), "a")
    second = step(1, text="Teil 2, neu")
    conditions = Conditions(WORD.name, timedelta(), stage._watch, lambda _: False)
    Correcting(CHANNEL, stage.adapter, stage.ledger, conditions, WORD, lambda part: part).run(
        [replace(second, key=key)]
    )
    standing = stage.ledger.standing(key)
    assert standing is not None
    assert standing.prepared is not None
    assert standing.prepared.handles == {"upload": "7", "reply_to": "0"}


def test_it_is_not_published_again(stage: Stage, network: Editing) -> None:
    _correct(stage)
    (result,) = stage.publish(step(1, text="Meldung 1, noch einmal neu"))
    assert result.outcome is Outcome.SKIPPED
    assert network.posts == [NEW, "Meldung 2"]


@pytest.mark.parametrize(
    ("error", "outcome"), [(REFUSED, Outcome.REJECTED), (BUSY, Outcome.DEFERRED), (DOWN, Outcome.DEFERRED)]
)
def test_what_was_certainly_not_edited_is_as_it_was(
    stage: Stage, network: Editing, error: Exception, outcome: Outcome
) -> None:
    network.edits = [(error, False)]
    (result,) = _correct(stage)
    assert (result.outcome, result.reason) == (outcome, error.args[0])
    assert stage.ledger.states()[KEY] == (State.PUBLISHED, _digest("Meldung 1"))
    assert _kinds(stage) == [EventKind.CORRECTING, EventKind.KEPT]
    assert _correct(stage)[0].outcome is Outcome.CORRECTED, "the same command again"


@pytest.mark.parametrize(("error", "outcome"), [(REFUSED, Outcome.REJECTED), (BUSY, Outcome.DEFERRED)])
def test_what_could_not_be_prepared_was_not_even_begun(
    stage: Stage, network: Editing, error: Exception, outcome: Outcome
) -> None:
    network.unprepared = error
    assert _correct(stage)[0].outcome is outcome
    assert _kinds(stage) == []


def test_a_channel_that_is_down_is_not_asked_for_the_rest(stage: Stage, network: Editing) -> None:
    network.edits = [(DOWN, False)]
    assert [result.outcome for result in _correct(stage, NEW, "Meldung 2, neu")] == [Outcome.DEFERRED] * 2
    assert network.calls == ["revise", "correct"]
    assert _kinds(stage, 2) == []


def test_one_that_is_refused_does_not_stop_the_rest(stage: Stage, network: Editing) -> None:
    network.edits = [(REFUSED, False)]
    results = _correct(stage, NEW, "Meldung 2, neu")
    assert [result.outcome for result in results] == [Outcome.REJECTED, Outcome.CORRECTED]
    assert exit_code(results) is Exit.SOME


@pytest.mark.parametrize(
    ("edited", "calls"),
    [(True, ["revise", "correct", "says"]), (False, ["revise", "correct", "says", "correct"])],
)
def test_without_an_answer_it_is_looked_and_edited_again_if_need_be(
    stage: Stage, network: Editing, *, edited: bool, calls: list[str]
) -> None:
    network.edits = [(NO_ANSWER, edited)]
    assert _correct(stage)[0].outcome is Outcome.CORRECTED
    assert network.calls == calls
    assert network.posts[0] == NEW


@pytest.mark.parametrize("edited", [True, False])
def test_where_nobody_can_look_it_stays_open_until_the_same_command_finishes_it(
    stage: Stage, network: Editing, *, edited: bool
) -> None:
    network.edits, network.mute = [(NO_ANSWER, edited), (NO_ANSWER, edited)], DOWN
    (result,) = _correct(stage)
    assert (result.outcome, _state(stage)) == (Outcome.UNCERTAIN, State.CORRECTING)
    assert "could not be asked" in str(result.reason)
    assert exit_code([result]) is Exit.UNCERTAIN
    network.mute = None
    assert _correct(stage)[0].outcome is Outcome.CORRECTED
    assert (_state(stage), network.posts[0]) == (State.PUBLISHED, NEW)


@pytest.mark.parametrize(
    ("there", "outcome", "state"),
    [
        (NEW, Outcome.CORRECTED, State.PUBLISHED),
        ("Meldung 1", Outcome.DEFERRED, State.PUBLISHED),
        ("Meldung 1, von gestern", Outcome.UNCERTAIN, State.CORRECTING),
    ],
)
def test_a_refusal_says_nothing_about_an_earlier_attempt_so_it_is_looked(
    stage: Stage, network: Editing, there: str, outcome: Outcome, state: State
) -> None:
    stage.ledger.begin_correcting(Intent(KEY, "other", Prepared(Part("Anders", "de"))), WORD.correcting, WORD.name)
    network.posts[0] = there
    network.edits = [(BUSY, False)]
    (result,) = _correct(stage)
    assert (result.outcome, _state(stage)) == (outcome, state)


def test_an_earlier_doubt_stays_one_where_nothing_can_be_prepared(stage: Stage, network: Editing) -> None:
    stage.ledger.begin_correcting(Intent(KEY, "other", Prepared(Part("Anders", "de"))), WORD.correcting, WORD.name)
    network.unprepared = BUSY
    assert _correct(stage)[0].outcome is Outcome.UNCERTAIN
    assert _state(stage) is State.CORRECTING


@pytest.mark.parametrize("error", [None, BUSY])
def test_who_was_overtaken_does_not_say_what_it_says(stage: Stage, network: Editing, error: Exception | None) -> None:
    def overtake(moment: Moment, _key: DeliveryKey) -> None:
        if moment is Moment.CLAIMED:
            other = Intent(KEY, "other", Prepared(Part("Anders", "de")))
            stage.ledger.begin_correcting(other, msg("Other reason."), "Toni Muster")

    stage.on_moment = overtake
    network.edits = [(error, error is None)]
    assert _correct(stage)[0].outcome is Outcome.UNCERTAIN
    assert _state(stage) is State.CORRECTING


def test_what_somebody_else_corrected_meanwhile_is_done(stage: Stage, network: Editing) -> None:
    new = Intent(KEY, _digest(NEW), Prepared(Part(NEW, "de")))

    def meanwhile(moment: Moment, _key: DeliveryKey) -> None:
        if moment is Moment.PREPARED:
            begun = stage.ledger.begin_correcting(new, msg("Other reason."), "Toni Muster")
            stage.ledger.end_correcting(new, begun or 0, Receipt("0", None, stage.now()), msg("Done."), "Toni Muster")

    stage.on_moment = meanwhile
    (result,) = _correct(stage)
    assert (result.outcome, result.due) == (Outcome.ALREADY, False)
    assert network.calls == ["revise"]


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [
        (Moment.PREPARED, Outcome.DEFERRED),
        (Moment.CLAIMED, Outcome.UNCERTAIN),
        (Moment.COMMITTED, Outcome.UNCERTAIN),
        (Moment.SETTLED, Outcome.CORRECTED),
    ],
)
def test_a_mistake_of_ours_ends_as_the_ledger_says(stage: Stage, moment: Moment, outcome: Outcome) -> None:
    def fail(now: Moment, _key: DeliveryKey) -> None:
        if now is moment:
            raise ZeroDivisionError

    stage.on_moment = fail
    first, second = _correct(stage, NEW, "Meldung 2, neu")
    assert (first.outcome, second.outcome) == (outcome, Outcome.DEFERRED)
    assert "kanal itself failed" in str(first.reason)


def test_where_the_ledger_cannot_be_written_nothing_is_edited(
    stage: Stage, network: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise LedgerUnwritable(msg("The disk is full."))

    monkeypatch.setattr(stage.ledger, "begin_correcting", refuse)
    (result,) = _correct(stage)
    assert (result.outcome, str(result.reason)) == (Outcome.DEFERRED, "The disk is full.")
    assert network.posts[0] == "Meldung 1"


@pytest.mark.parametrize(("why", "outcome"), [(None, Outcome.DEFERRED), (Why.CORRECTING, Outcome.UNCERTAIN)])
def test_an_interrupted_run_begins_nothing_new_and_an_old_doubt_stays_one(
    stage: Stage, network: Editing, why: Why | None, outcome: Outcome
) -> None:
    stage.stop.set()
    assert _correct(stage, why=why)[0].outcome is outcome
    assert network.calls == []
