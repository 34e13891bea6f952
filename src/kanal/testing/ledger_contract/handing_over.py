"""What lies with a network is sent by nobody else, can be cancelled once, and is settled when its time has come."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import EventKind, Intent, Ledger, State
from kanal.message import msg
from kanal.model import DeliveryKey, Receipt
from kanal.testing.ledger_contract.subject import (
    ALICE,
    BOB,
    KEY,
    OTHER,
    PREPARED,
    RECEIPT,
    WHY,
    LedgerContract,
    bring_about,
)

KIM, TONI = "Kim Muster", "Toni Muster"
LATER = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
WAITING = Receipt("7", "https://m.example/@lk", LATER)
WRONG = msg("The day is wrong.")
BACK = msg("The network does not have it any more.")
ELSEWHERE = ("new", "claimed", "uncertain", "released", "rejected", "published")


class PostsAreHandedOver(LedgerContract):
    """A claim with a time, `hand_over` after the request, and afterwards what came of it."""

    def test_a_claim_says_for_when_it_is_handed_over(self, ledger: Ledger, second: Ledger) -> None:
        assert ledger.claim([for_later()], ALICE) == {KEY}
        (standing,) = second.open_claims()
        assert (standing.state, standing.goes_out_at, standing.receipt) == (State.CLAIMED, LATER, None)

    def test_what_the_network_has_is_no_open_claim(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.receipt, standing.goes_out_at) == (State.HANDED_OVER, WAITING, LATER)
        assert (standing.digest, standing.prepared) == ("d1", PREPARED)
        assert second.states() == {KEY: (State.HANDED_OVER, "d1")}
        assert second.open_claims() == []

    @pytest.mark.parametrize("cancelling", [False, True])
    def test_it_is_never_sent_by_anybody_else(self, ledger: Ledger, second: Ledger, cancelling: bool) -> None:
        _hand_over(ledger)
        if cancelling:
            ledger.begin_cancelling(KEY, WRONG, KIM)
        before = ledger.standing(KEY)
        for digest in ("d1", "d2"):
            assert second.claim([for_later(digest=digest)], BOB) == frozenset()
            assert second.claim([Intent(KEY, digest, PREPARED)], BOB) == frozenset()
        assert second.vouch([KEY], WHY, TONI) == 0
        assert ledger.standing(KEY) == before

    def test_what_another_runner_says_late_does_not_let_it_be_sent(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        second.release(KEY, WHY, None, BOB)
        second.doubt(KEY, WHY, BOB)
        second.settle(KEY, WHY, BOB)
        assert ledger.states() == {KEY: (State.HANDED_OVER, "d1")}

    def test_one_of_two_settles_it_when_its_time_has_come(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert [ledger.take_over(standing, ALICE), second.take_over(standing, BOB)] == [True, False]
        taken = second.standing(KEY)
        assert taken is not None
        assert (taken.state, taken.by, taken.receipt, taken.goes_out_at) == (State.CLAIMED, ALICE, WAITING, LATER)
        ledger.settle(KEY, RECEIPT, ALICE, WHY)
        settled = second.standing(KEY)
        assert settled is not None
        assert (settled.state, settled.receipt) == (State.PUBLISHED, RECEIPT)

    def test_what_cannot_be_found_stays_uncertain_and_the_network_is_still_known_to_have_had_it(
        self, ledger: Ledger, second: Ledger
    ) -> None:
        _hand_over(ledger)
        standing = ledger.standing(KEY)
        assert standing is not None
        ledger.take_over(standing, ALICE)
        ledger.doubt(KEY, WHY, ALICE)
        (doubt,) = second.open_claims()
        assert (doubt.state, doubt.receipt, doubt.goes_out_at) == (State.UNCERTAIN, WAITING, LATER)
        assert second.claim([for_later(digest="d2")], BOB) == frozenset()

    def test_it_may_turn_out_to_lie_there_still(self, ledger: Ledger) -> None:
        ledger.claim([for_later()], ALICE)
        ledger.doubt(KEY, WHY, ALICE)
        ledger.hand_over(KEY, WAITING, ALICE, WHY)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.reason, standing.receipt) == (State.HANDED_OVER, WHY, WAITING)

    def test_cancelling_begins_with_an_event_that_says_who_and_why(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        begun = ledger.begin_cancelling(KEY, WRONG, KIM)
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.by, standing.reason) == (State.CANCELLING, KIM, WRONG)
        assert (standing.receipt, standing.goes_out_at, standing.last) == (WAITING, LATER, begun)

    def test_what_is_cancelled_may_be_sent_again(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        begun = ledger.begin_cancelling(KEY, WRONG, KIM)
        assert ledger.end_cancelling(KEY, begun, BACK, KIM) is True
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.reason, standing.receipt) == (State.RELEASED, BACK, None)
        assert second.claim([Intent(KEY, "d2", PREPARED)], BOB) == {KEY}
        claimed = ledger.standing(KEY)
        assert claimed is not None
        assert (claimed.receipt, claimed.goes_out_at) == (None, None), "nothing is left of the first time"
        kinds = [event.kind for event in ledger.history()]
        assert kinds[1:] == [EventKind.HANDED_OVER, EventKind.CANCELLING, EventKind.CANCELLED, EventKind.CLAIMED]

    def test_what_was_not_cancelled_lies_there_as_before(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        begun = ledger.begin_cancelling(KEY, WRONG, KIM)
        assert ledger.keep(KEY, begun, WHY, KIM) is True
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.receipt, standing.goes_out_at) == (State.HANDED_OVER, WAITING, LATER)

    def test_two_at_once_cancel_it_once(self, ledger: Ledger, second: Ledger) -> None:
        """Else the slower one might take back what somebody handed over anew meanwhile."""
        _hand_over(ledger)
        first = ledger.begin_cancelling(KEY, WRONG, KIM)
        again = second.begin_cancelling(KEY, WRONG, TONI)
        assert ledger.end_cancelling(KEY, first, BACK, KIM) is False
        assert ledger.keep(KEY, first, WHY, KIM) is False
        assert second.end_cancelling(KEY, again, BACK, TONI) is True
        _hand_over(second, digest="d2")
        assert ledger.end_cancelling(KEY, again, BACK, KIM) is False
        assert ledger.states() == {KEY: (State.HANDED_OVER, "d2")}

    def test_what_went_out_while_it_was_cancelled_is_out(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        begun = ledger.begin_cancelling(KEY, WRONG, KIM)
        second.settle(KEY, RECEIPT, KIM, WHY)
        assert ledger.end_cancelling(KEY, begun, BACK, KIM) is False
        assert ledger.states() == {KEY: (State.PUBLISHED, "d1")}
        assert ledger.begin_retracting(KEY, WRONG, KIM) is not None

    def test_what_is_out_stays_out_whatever_is_said_late(self, ledger: Ledger, second: Ledger) -> None:
        _hand_over(ledger)
        ledger.settle(KEY, RECEIPT, ALICE)
        second.hand_over(KEY, WAITING, BOB)
        standing = ledger.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.receipt) == (State.PUBLISHED, RECEIPT)

    @pytest.mark.parametrize("state", ELSEWHERE)
    def test_only_what_lies_with_the_network_can_be_cancelled(self, ledger: Ledger, state: str) -> None:
        bring_about(state, ledger, for_later())
        before = list(ledger.lines())
        with pytest.raises(LedgerRefused, match="mastodon/baustelle/1/1 does not lie with the network"):
            ledger.begin_cancelling(KEY, WRONG, KIM)
        assert ledger.end_cancelling(KEY, 0, BACK, KIM) is False
        assert list(ledger.lines()) == before

    @pytest.mark.parametrize("cancelling", [False, True])
    def test_what_is_not_out_yet_can_neither_be_taken_down_nor_corrected(
        self, ledger: Ledger, cancelling: bool
    ) -> None:
        _hand_over(ledger)
        if cancelling:
            ledger.begin_cancelling(KEY, WRONG, KIM)
        with pytest.raises(LedgerRefused, match="is not out"):
            ledger.begin_retracting(KEY, WRONG, KIM)
        with pytest.raises(LedgerRefused, match="is not out"):
            ledger.begin_correcting(Intent(KEY, "d2", PREPARED), WRONG, KIM)

    def test_a_copy_of_the_ledger_knows_what_waits(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        for key in (KEY, OTHER):
            _hand_over(ledger, key)
        ledger.begin_cancelling(OTHER, WRONG, KIM)
        copy = spare()
        copy.replay(ledger.lines())
        assert copy.states() == ledger.states() == {KEY: (State.HANDED_OVER, "d1"), OTHER: (State.CANCELLING, "d1")}
        assert [copy.standing(key) for key in (KEY, OTHER)] == [ledger.standing(key) for key in (KEY, OTHER)]
        copy.close()


def for_later(key: DeliveryKey = KEY, digest: str = "d1") -> Intent:
    """What a runner would claim to hand it over."""
    return Intent(key, digest, PREPARED, goes_out_at=LATER)


def _hand_over(ledger: Ledger, key: DeliveryKey = KEY, digest: str = "d1") -> None:
    assert ledger.claim([for_later(key, digest)], ALICE) == {key}
    ledger.hand_over(key, WAITING, ALICE)
