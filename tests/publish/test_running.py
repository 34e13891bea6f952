"""Channels side by side, and what a run's results mean for the exit code."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kanal.errors import Unavailable
from kanal.exits import Exit
from kanal.message import msg
from kanal.model import DeliveryKey, Outcome
from kanal.publish.conditions import Moment, Result
from kanal.publish.planning import Step
from kanal.publish.running import exit_code, run
from tests.publish.stand_in import CHANNEL, Stage, step


def _on(channel: str, number: int) -> Step:
    one = step(number)
    return replace(one, key=DeliveryKey(channel, one.key.draft))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Callable[[str], Stage]]:
    made: list[Stage] = []

    def make(name: str) -> Stage:
        (tmp_path / name).mkdir()
        made.append(Stage(tmp_path / name, channel=CHANNEL._replace(name=name)))
        return made[-1]

    yield make
    for one in made:
        one.ledger.close()


def test_one_channels_failure_does_not_stop_another(stage: Callable[[str], Stage]) -> None:
    down, well = stage("down"), stage("well")
    down.adapter.will(Unavailable(msg("Down."), channel_wide=True, needs_person=True))
    steps = [_on("down", 1), _on("well", 1), _on("down", 2), _on("well", 2)]
    results = run([down.outlet(), well.outlet()], steps, threading.Event())
    assert [result.step for result in results] == steps, "results stand in the order of the steps"
    assert [result.outcome for result in results] == [
        Outcome.DEFERRED,
        Outcome.PUBLISHED,
        Outcome.DEFERRED,
        Outcome.PUBLISHED,
    ]
    assert exit_code(results) is Exit.SOME


def test_channels_run_side_by_side(stage: Callable[[str], Stage]) -> None:
    stages = [stage(name) for name in ("a", "b", "c", "d")]
    meeting = threading.Barrier(len(stages), timeout=10)

    def meet(moment: Moment, _: DeliveryKey) -> None:
        if moment is Moment.CLAIMED:
            meeting.wait()

    for one in stages:
        one.on_moment = meet
    steps = [_on(one.channel.name, 1) for one in stages]
    results = run([one.outlet() for one in stages], steps, threading.Event())
    assert {result.outcome for result in results} == {Outcome.PUBLISHED}, "they can only meet if they run together"


def test_steps_that_are_decided_need_no_channel() -> None:
    held = replace(step(), outcome=Outcome.HELD, reason=msg("Paused."))
    [result] = run([], [held], threading.Event())
    assert (result.outcome, result.due) == (Outcome.HELD, False)


def test_what_nobody_can_settle_any_more_still_counts() -> None:
    lost = replace(step(), outcome=Outcome.UNCERTAIN, reason=msg("The channel is gone."))
    assert exit_code(run([], [lost], threading.Event())) is Exit.UNCERTAIN


def _results(*outcomes: Outcome, due: bool = True) -> list[Result]:
    return [Result(step(number), outcome, due=due) for number, outcome in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ((), Exit.DONE),
        ((Outcome.PUBLISHED, Outcome.PUBLISHED), Exit.DONE),
        ((Outcome.PUBLISHED, Outcome.DEFERRED), Exit.SOME),
        ((Outcome.PUBLISHED, Outcome.REJECTED), Exit.SOME),
        ((Outcome.DEFERRED,), Exit.NONE),
        ((Outcome.REJECTED, Outcome.DEFERRED), Exit.NONE),
        ((Outcome.PUBLISHED, Outcome.REJECTED, Outcome.UNCERTAIN), Exit.UNCERTAIN),
        ((Outcome.UNCERTAIN,), Exit.UNCERTAIN),
        ((Outcome.SKIPPED,), Exit.DONE),
    ],
)
def test_the_exit_code_follows_from_what_was_due(outcomes: tuple[Outcome, ...], code: Exit) -> None:
    assert exit_code(_results(*outcomes)) is code


def test_what_was_not_due_does_not_change_the_exit_code() -> None:
    waiting = _results(Outcome.DEFERRED, Outcome.HELD, Outcome.ALREADY, due=False)
    assert exit_code([*_results(Outcome.PUBLISHED), *waiting]) is Exit.DONE
