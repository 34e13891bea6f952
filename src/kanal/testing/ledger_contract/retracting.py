"""What went out can be taken down, is never sent again, and nobody forgets one of which that is not known."""

from collections.abc import Callable

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import EventKind, Ledger, State
from kanal.message import msg
from kanal.model import DeliveryKey, Receipt
from kanal.testing.ledger_contract.subject import (
    ALICE,
    BOB,
    KEY,
    KIM,
    NEVER_OUT,
    OTHER,
    RECEIPT,
    TONI,
    WHY,
    LedgerContract,
    bring_about,
    intent,
    publish,
)

WRONG = msg("The day is wrong.")
GONE = msg("It is gone.")


class PostsAreTakenDown(LedgerContract):
    """`begin_retracting` before the request, and afterwards what came of it."""

    def test_taking_down_begins_with_an_event_that_says_who_and_why(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_retracting(KEY, WRONG, KIM)
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.by, standing.reason) == (State.RETRACTING, KIM, WRONG)
        assert (standing.receipt, standing.last, standing.digest) == (RECEIPT, begun, "d1")
        assert second.open_claims() == [], "a run that publishes has nothing to settle here"

    def test_what_is_gone_is_kept_with_its_receipt(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        ledger.begin_retracting(KEY, WRONG, KIM)
        ledger.end_retracting(KEY, GONE, KIM)
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.reason, standing.receipt) == (State.RETRACTED, GONE, RECEIPT)
        assert second.states() == {KEY: (State.RETRACTED, "d1")}
        kinds = [(event.kind, event.by, event.reason) for event in second.history()][2:]
        assert kinds == [(EventKind.RETRACTING, KIM, WRONG), (EventKind.RETRACTED, KIM, GONE)]

    @pytest.mark.parametrize("ended", [False, True])
    def test_it_is_never_sent_again(self, ledger: Ledger, ended: bool) -> None:
        publish(ledger)
        ledger.begin_retracting(KEY, WRONG, KIM)
        if ended:
            ledger.end_retracting(KEY, GONE, KIM)
        standing = ledger.standing(KEY)
        assert standing is not None
        for digest in ("d1", "d2"):
            assert ledger.claim([intent(digest=digest)], BOB) == frozenset()
        assert ledger.take_over(standing, BOB) is False
        assert ledger.vouch([KEY], WHY, TONI) == 0
        assert ledger.standing(KEY) == standing

    @pytest.mark.parametrize("ended", [False, True])
    def test_what_a_late_runner_says_does_not_bring_it_back(
        self,
        ledger: Ledger,
        second: Ledger,
        ended: bool,
    ) -> None:
        publish(ledger)
        ledger.begin_retracting(KEY, WRONG, KIM)
        if ended:
            ledger.end_retracting(KEY, GONE, KIM)
        before = ledger.states()
        second.settle(KEY, RECEIPT, ALICE)
        second.doubt(KEY, WHY, ALICE)
        second.release(KEY, WHY, None, ALICE)
        second.settle(KEY, WHY, ALICE)
        second.locate({KEY: "https://m.example/2"}, BOB)
        assert ledger.states() == before
        standing = ledger.standing(KEY)
        assert standing is not None
        assert standing.receipt == Receipt(RECEIPT.id, "https://m.example/2", RECEIPT.at)

    def test_what_did_not_happen_leaves_it_published(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_retracting(KEY, WRONG, KIM)
        assert begun is not None
        assert ledger.keep(KEY, begun, WHY, KIM) is True
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.reason, standing.receipt) == (State.PUBLISHED, WHY, RECEIPT)
        assert second.claim([intent(digest="d2")], BOB) == frozenset()

    def test_it_can_be_tried_again(self, ledger: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_retracting(KEY, WRONG, KIM)
        ledger.keep(KEY, begun or 0, WHY, KIM)
        for name in (KIM, TONI):
            assert ledger.begin_retracting(KEY, WRONG, name) == ledger.head().number
        ledger.end_retracting(KEY, GONE, TONI)
        assert ledger.states() == {KEY: (State.RETRACTED, "d1")}

    def test_nobody_says_of_what_another_began_that_it_did_not_happen(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_retracting(KEY, WRONG, KIM)
        again = second.begin_retracting(KEY, WRONG, KIM)
        assert begun is not None
        assert again is not None
        assert ledger.keep(KEY, begun, WHY, KIM) is False
        assert ledger.states() == {KEY: (State.RETRACTING, "d1")}
        second.end_retracting(KEY, GONE, KIM)
        assert second.keep(KEY, again, WHY, KIM) is False
        assert ledger.states() == {KEY: (State.RETRACTED, "d1")}

    def test_whoever_saw_that_it_is_gone_is_believed(self, ledger: Ledger, second: Ledger) -> None:
        """Two at once: the network refused the one, and deleted it for the other."""
        publish(ledger)
        second.begin_retracting(KEY, WRONG, TONI)
        begun = ledger.begin_retracting(KEY, WRONG, KIM)
        ledger.keep(KEY, begun or 0, WHY, KIM)
        second.end_retracting(KEY, GONE, TONI)
        assert ledger.states() == {KEY: (State.RETRACTED, "d1")}

    def test_it_is_taken_down_once(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        ledger.begin_retracting(KEY, WRONG, KIM)
        ledger.end_retracting(KEY, GONE, KIM)
        before = ledger.head()
        second.end_retracting(KEY, GONE, TONI)
        assert second.begin_retracting(KEY, WRONG, TONI) is None
        assert ledger.head() == before

    @pytest.mark.parametrize("state", NEVER_OUT)
    def test_what_is_not_out_cannot_be_taken_down(self, ledger: Ledger, state: str) -> None:
        bring_about(state, ledger)
        before = list(ledger.lines())
        with pytest.raises(LedgerRefused, match="mastodon/baustelle/1/1 is not out"):
            ledger.begin_retracting(KEY, WRONG, KIM)
        with pytest.raises(LedgerRefused):
            ledger.end_retracting(KEY, GONE, KIM)
        assert ledger.keep(KEY, 0, WHY, KIM) is False
        assert list(ledger.lines()) == before

    def test_what_somebody_vouched_for_can_be_taken_down(self, ledger: Ledger) -> None:
        ledger.vouch([KEY], WHY, TONI)
        ledger.begin_retracting(KEY, WRONG, KIM)
        ledger.end_retracting(KEY, GONE, KIM)
        assert ledger.states() == {KEY: (State.RETRACTED, "")}

    def test_other_deliveries_of_the_draft_are_left_alone(self, ledger: Ledger) -> None:
        second_part = DeliveryKey(KEY.channel, KEY.draft, 2)
        for key in (KEY, second_part, OTHER):
            publish(ledger, key)
        ledger.begin_retracting(second_part, WRONG, KIM)
        ledger.end_retracting(second_part, GONE, KIM)
        states = {key: state for key, (state, _) in ledger.states().items()}
        assert states == {KEY: State.PUBLISHED, second_part: State.RETRACTED, OTHER: State.PUBLISHED}

    def test_a_copy_of_the_ledger_knows_it_too(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        for key in (KEY, OTHER):
            publish(ledger, key)
            ledger.begin_retracting(key, WRONG, KIM)
        ledger.end_retracting(KEY, GONE, KIM)
        copy = spare()
        copy.replay(ledger.lines())
        assert copy.states() == ledger.states() == {KEY: (State.RETRACTED, "d1"), OTHER: (State.RETRACTING, "d1")}
        assert [copy.standing(key) for key in (KEY, OTHER)] == [ledger.standing(key) for key in (KEY, OTHER)]
        copy.close()
