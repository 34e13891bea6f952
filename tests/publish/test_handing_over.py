"""Two who hand the same draft over at once: the second one leaves alone what the first one did."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kanal.compose import compose
from kanal.ledger import Ledger, State
from kanal.ledger.office import open_practice_ledger
from kanal.model import DeliveryKey, Draft, DraftType, Outcome
from kanal.platforms.mastodon import Adapter
from kanal.publish.conditions import Conditions
from kanal.publish.handing_over import HandingOver
from kanal.publish.planning import Step
from kanal.publish.wait import Why
from kanal.publish.word import Word
from kanal.sandbox.server import running
from kanal.testing.practice import PracticeNetwork, new_account

AT = (datetime.now(UTC) + timedelta(hours=2)).replace(microsecond=0)
KEY = DeliveryKey("amt", "markt")


@pytest.fixture
def network(tmp_path: Path) -> Iterator[PracticeNetwork]:
    with running(tmp_path / "state.sqlite3") as practice:
        yield new_account(practice, "mastodon", tmp_path)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(open_practice_ledger(tmp_path)) as opened:
        yield opened


def _hand_over(network: PracticeNetwork, ledger: Ledger, text: str, why: Why | None = None) -> Outcome:
    draft = Draft("markt", "posts/markt.yaml", DraftType.ANNOUNCEMENT, ("amt",), text, "de", publish_at=AT)
    step = Step(KEY, draft.path, post=compose(draft, network.channel, {})[0], at=AT, why=why)
    conditions = Conditions("host/1/aaa", timedelta(), lambda *_: None, lambda _: False)
    with closing(Adapter(network.channel, network.credentials)) as adapter:
        lane = HandingOver(
            network.channel, adapter, ledger, conditions, fit=lambda part: part, word=Word("Kim Muster", "Neuer Text")
        )
        (result,) = lane.run([step])
    return result.outcome


def test_what_another_run_handed_over_meanwhile_is_left_alone(network: PracticeNetwork, ledger: Ledger) -> None:
    assert _hand_over(network, ledger, "Am Samstag ist Markt.") is Outcome.HANDED_OVER
    before = ledger.head()
    assert _hand_over(network, ledger, "Am Sonntag ist Markt.") is Outcome.SKIPPED
    assert ledger.head() == before


def test_what_is_to_be_replaced_is_cancelled_first(network: PracticeNetwork, ledger: Ledger) -> None:
    assert _hand_over(network, ledger, "Am Samstag ist Markt.") is Outcome.HANDED_OVER
    assert _hand_over(network, ledger, "Am Sonntag ist Markt.", Why.OTHERWISE) is Outcome.HANDED_OVER
    kinds = [str(event.kind) for event in ledger.history()]
    assert kinds == ["claimed", "handed-over", "cancelling", "cancelled", "claimed", "handed-over"]
    standing = ledger.standing(KEY)
    assert standing is not None
    assert standing.state is State.HANDED_OVER
    assert standing.prepared is not None
    assert standing.prepared.part.text == "Am Sonntag ist Markt."
