"""What became of a delivery is kept, and decides whether it may be claimed again."""

from datetime import UTC, datetime

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import Ledger, State
from kanal.message import msg
from kanal.model import DeliveryKey, Receipt
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, PREPARED, RECEIPT, WHY, LedgerContract, intent


class OutcomesAreKept(LedgerContract):
    """What became of a delivery decides whether it may be claimed again."""

    def test_an_unknown_delivery_has_no_standing(self, ledger: Ledger) -> None:
        assert ledger.standing(KEY) is None
        assert (ledger.states(), ledger.open_claims(), list(ledger.history())) == ({}, [], [])

    def test_a_published_delivery_keeps_its_receipt(self, ledger: Ledger, second: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.settle(KEY, RECEIPT, ALICE)
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.receipt, standing.reason) == (State.PUBLISHED, RECEIPT, None)
        assert (second.states(), second.open_claims()) == ({KEY: (State.PUBLISHED, "d1")}, [])

    def test_published_is_published_whatever_a_late_runner_says(self, ledger: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.settle(KEY, RECEIPT, ALICE)
        ledger.doubt(KEY, WHY, BOB)
        ledger.release(KEY, WHY, None, BOB)
        ledger.settle(KEY, WHY, BOB)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.receipt) == (State.PUBLISHED, RECEIPT)
        for digest in ("d1", "d2"):
            assert ledger.claim([intent(digest=digest)], BOB) == frozenset()
        assert ledger.take_over(standing, BOB) is False

    def test_a_reason_may_stand_beside_the_receipt(self, ledger: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.settle(KEY, RECEIPT, ALICE, msg("Found among the account's posts."))
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.receipt, standing.reason) == (RECEIPT, msg("Found among the account's posts."))

    def test_a_rejected_delivery_is_claimed_again_only_with_other_content(self, ledger: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.settle(KEY, msg("The text is too long."), ALICE)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.reason) == (State.REJECTED, msg("The text is too long."))
        assert ledger.claim([intent()], BOB) == frozenset()
        assert ledger.claim([intent(digest="d2")], BOB) == {KEY}
        assert ledger.states() == {KEY: (State.CLAIMED, "d2")}

    def test_a_released_delivery_may_be_claimed_again(self, ledger: Ledger) -> None:
        retry_at = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
        ledger.claim([intent()], ALICE)
        ledger.release(KEY, WHY, retry_at, ALICE)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.reason, standing.retry_at) == (State.RELEASED, WHY, retry_at)
        assert ledger.open_claims() == []
        assert ledger.claim([intent()], BOB) == {KEY}
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.by, standing.reason, standing.retry_at) == (State.CLAIMED, BOB, None, None)

    def test_a_doubtful_delivery_stays_open_and_is_not_claimed_again(self, ledger: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.doubt(KEY, WHY, ALICE)
        assert ledger.claim([intent(digest="d2")], BOB) == frozenset()
        (standing,) = ledger.open_claims()
        assert (standing.state, standing.reason, standing.prepared) == (State.UNCERTAIN, WHY, PREPARED)

    def test_what_was_never_claimed_cannot_be_settled(self, ledger: Ledger) -> None:
        for settle in (ledger.settle, ledger.doubt):
            with pytest.raises(LedgerRefused, match="mastodon/baustelle/1/1"):
                settle(KEY, WHY, ALICE)
        with pytest.raises(LedgerRefused):
            ledger.release(KEY, WHY, None, ALICE)
        assert list(ledger.history()) == []

    def test_addresses_that_become_known_later_are_added(self, ledger: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.settle(KEY, Receipt("114", None, RECEIPT.at), ALICE)
        ledger.locate({KEY: "https://m.example/@lk/114", OTHER: "https://x.example/1"}, BOB)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.receipt) == (State.PUBLISHED, RECEIPT)
        assert ledger.standing(OTHER) is None

    def test_a_persons_word_counts_for_what_would_be_sent_otherwise(self, ledger: Ledger) -> None:
        released, rejected = DeliveryKey("x", "released"), DeliveryKey("x", "rejected")
        ledger.claim([intent(released), intent(rejected)], ALICE)
        ledger.release(released, WHY, None, ALICE)
        ledger.settle(rejected, WHY, ALICE)
        assert ledger.vouch([released, rejected], WHY, "Erika Muster") == 2  # noqa: PLR2004 - both
        assert set(ledger.states().values()) == {(State.PUBLISHED, "d1")}
        assert ledger.claim([intent(released, "d2"), intent(rejected, "d2")], BOB) == frozenset()

    def test_a_persons_word_counts_neither_for_what_is_open_nor_twice(self, ledger: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        assert ledger.vouch([KEY, OTHER], msg("Published before the ledger began."), "Erika Muster") == 1
        assert ledger.vouch([KEY, OTHER], WHY, "Erika Muster") == 0
        assert {key: state for key, (state, _) in ledger.states().items()} == {
            KEY: State.CLAIMED,
            OTHER: State.PUBLISHED,
        }
        assert ledger.claim([intent(OTHER)], BOB) == frozenset()
