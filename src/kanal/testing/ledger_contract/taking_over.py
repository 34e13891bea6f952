"""A doubt that a dead runner left is settled by one other, who compares and swaps."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kanal.ledger import Ledger, State
from kanal.model import DeliveryKey
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, PREPARED, RECEIPT, WHY, LedgerContract, intent


class DoubtsChangeHands(LedgerContract):
    """An open claim is taken over by one runner, who compares and swaps."""

    def test_of_two_that_take_over_one_wins(self, ledger: Ledger, second: Ledger) -> None:
        ledger.claim([intent()], "dead/0/x")
        (seen_by_alice,), (seen_by_bob,) = ledger.open_claims(), second.open_claims()
        assert [ledger.take_over(seen_by_alice, ALICE), second.take_over(seen_by_bob, BOB)] == [True, False]
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.by) == (State.CLAIMED, ALICE)
        assert (standing.since, standing.prepared) == (seen_by_alice.since, PREPARED)
        taken_over = list(second.history())[-1]
        assert (standing.at, standing.last) == (taken_over.at, taken_over.number)
        assert standing.at > standing.since

    def test_of_many_threads_that_take_over_one_wins(self, ledger: Ledger) -> None:
        ledger.claim([intent()], "dead/0/x")
        (standing,) = ledger.open_claims()
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(lambda number: ledger.take_over(standing, f"h/{number}/x"), range(8))) == 1

    @pytest.mark.parametrize("change", ["doubt", "release", "reject"])
    def test_a_runner_taken_for_dead_cannot_let_go_of_what_another_is_settling(
        self, ledger: Ledger, second: Ledger, change: str
    ) -> None:
        ledger.claim([intent()], ALICE)
        (standing,) = second.open_claims()
        second.take_over(standing, BOB)
        _change(ledger, change)
        held = second.standing(KEY)
        assert held is not None
        assert (held.state, held.by) == (State.CLAIMED, BOB)
        assert second.claim([intent(digest="other")], "third/0/x") == frozenset()
        assert len(list(second.history())) == 3  # noqa: PLR2004 - what the late runner said is kept all the same
        second.release(KEY, WHY, None, BOB)
        assert second.claim([intent()], "third/0/x") == {KEY}

    @pytest.mark.parametrize("change", ["doubt", "release", "publish", "reject"])
    def test_whatever_happened_since_stands_in_the_way(self, ledger: Ledger, change: str) -> None:
        ledger.claim([intent()], ALICE)
        (standing,) = ledger.open_claims()
        _change(ledger, change)
        assert ledger.take_over(standing, BOB) is False

    @pytest.mark.parametrize("change", ["release", "publish", "reject"])
    def test_what_is_not_open_cannot_be_taken_over(self, ledger: Ledger, change: str) -> None:
        ledger.claim([intent()], ALICE)
        _change(ledger, change)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert ledger.take_over(standing, BOB) is False
        assert ledger.standing(KEY) == standing

    def test_open_claims_come_oldest_first(self, ledger: Ledger) -> None:
        keys = [DeliveryKey("x", name) for name in ("c", "a", "b")]
        for key in keys:
            ledger.claim([intent(key)], ALICE)
        assert [standing.key for standing in ledger.open_claims()] == keys


def _change(ledger: Ledger, change: str) -> None:
    if change == "doubt":
        ledger.doubt(KEY, WHY, ALICE)
    elif change == "release":
        ledger.release(KEY, WHY, None, ALICE)
    else:
        ledger.settle(KEY, RECEIPT if change == "publish" else WHY, ALICE)
