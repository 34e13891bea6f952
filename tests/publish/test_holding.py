"""A laptop that sleeps, a container that stands still: who wakes up late sends nothing with an old claim."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kanal.ledger import EventKind
from kanal.ledger.runner import HOLD
from kanal.model import DeliveryKey, Outcome, Receipt
from kanal.publish.conditions import Moment
from kanal.testing.ledger_contract.subject import RECEIPT
from tests.publish.stand_in import Stage, step

LONG = HOLD + timedelta(seconds=1)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, wait=2)
    yield made
    made.ledger.close()


def once_claimed(stage: Stage, act: Callable[[DeliveryKey], None]) -> None:
    """Do something between the first claim and sending."""

    def watch(moment: Moment, key: DeliveryKey) -> None:
        if moment is Moment.CLAIMED:
            stage.on_moment = lambda _moment, _key: None
            act(key)

    stage.on_moment = watch


def sleeps(stage: Stage) -> None:
    stage.offset += LONG


def stands_still_and_the_clock_is_set_back(stage: Stage) -> None:
    stage.slept += LONG.total_seconds()
    stage.offset -= timedelta(seconds=5)


def has_its_clock_set_back_far(stage: Stage) -> None:
    stage.offset -= LONG


@pytest.mark.parametrize("happens", [sleeps, stands_still_and_the_clock_is_set_back, has_its_clock_set_back_far])
def test_with_an_old_claim_nothing_is_sent_before_it_is_claimed_anew(
    stage: Stage, happens: Callable[[Stage], None]
) -> None:
    once_claimed(stage, lambda _key: happens(stage))
    [result] = stage.publish(step())
    assert result.outcome is Outcome.PUBLISHED
    assert stage.adapter.calls == ["prepare", "prepare", "commit"]
    kinds = [event.kind for event in stage.ledger.history()]
    assert kinds == [EventKind.CLAIMED, EventKind.RELEASED, EventKind.CLAIMED, EventKind.PUBLISHED]


def test_a_claim_that_another_took_over_meanwhile_is_not_used(stage: Stage) -> None:
    def another_sends(key: DeliveryKey) -> None:
        sleeps(stage)
        standing = stage.ledger.standing(key)
        assert standing is not None
        assert stage.ledger.take_over(standing, "elsewhere/1/abc")
        stage.ledger.settle(key, RECEIPT, "elsewhere/1/abc")

    once_claimed(stage, another_sends)
    [result] = stage.publish(step())
    assert result.outcome is Outcome.SKIPPED
    assert "commit" not in stage.adapter.calls
    standing = stage.ledger.standing(step().key)
    assert standing is not None
    assert standing.receipt == RECEIPT


def test_a_short_delay_changes_nothing(stage: Stage) -> None:
    def wait_a_little(_key: DeliveryKey) -> None:
        stage.offset += HOLD / 2
        stage.slept += HOLD.total_seconds() / 2

    once_claimed(stage, wait_a_little)
    [result] = stage.publish(step())
    assert result.outcome is Outcome.PUBLISHED
    assert stage.adapter.calls == ["prepare", "commit"]


def test_nothing_is_sent_again_from_the_networks_memory_with_an_old_claim(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doubt was taken over, then the computer slept."""
    repeated: list[str] = []

    def repeat(_prepared: object, key: str) -> Receipt:
        repeated.append(key)
        return RECEIPT

    stage.adapter.memory = timedelta(hours=1)  # type: ignore[attr-defined]
    stage.adapter.repeat = repeat  # type: ignore[attr-defined]
    stage.publish(step())
    original = stage.ledger.take_over

    def slept_after(*arguments: object) -> bool:
        taken = original(*arguments)  # type: ignore[arg-type]
        stage.offset += LONG
        return taken

    _claim(stage)
    monkeypatch.setattr(stage.ledger, "take_over", slept_after)
    [result] = stage.publish(step(2, doubt=True))
    assert repeated == []
    assert result.outcome is Outcome.PUBLISHED  # it was not there, and was claimed and sent anew
    assert stage.adapter.calls.count("commit") == 2


def _claim(stage: Stage) -> None:
    """What a dead runner left of the second draft."""
    from kanal.compose import content_digest
    from kanal.ledger import Intent
    from kanal.model import Part, Prepared

    part = Part("Meldung 2", "de")
    stage.ledger.claim([Intent(step(2).key, content_digest(part), Prepared(part))], "dead/0/x")
