"""What is out can be corrected, is never sent again, and nobody forgets one of which the text is not known."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import EventKind, Intent, Ledger, State
from kanal.message import msg
from kanal.model import Approval, DeliveryKey, Part, Prepared, Receipt, Warrant
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
DONE = msg("The day is right.")
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)
NEW = Prepared(Part("Die Straße ist ab Montag gesperrt.", "de"), {"media_ids": "7"})


class PostsAreCorrected(LedgerContract):
    """`begin_correcting` before the request that edits, and afterwards what came of it."""

    def test_correcting_begins_with_an_event_that_holds_the_new_content(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        warrant = Warrant(Approval("Ada Muster", NOON))
        begun = ledger.begin_correcting(Intent(KEY, "d2", NEW, warrant, ("ff",)), WRONG, KIM)
        event = list(second.history())[-1]
        assert (event.kind, event.number, event.by, event.reason) == (EventKind.CORRECTING, begun, KIM, WRONG)
        assert (event.digest, event.prepared, event.warrant, event.media) == ("d2", NEW, warrant, ("ff",))

    def test_until_it_is_known_it_counts_as_saying_the_old(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_correcting(_new(), WRONG, KIM)
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.by, standing.last) == (State.CORRECTING, KIM, begun)
        assert (standing.digest, standing.prepared, standing.receipt) == ("d1", intent().prepared, RECEIPT)
        assert second.open_claims() == [], "a run that publishes has nothing to settle here"

    def test_what_is_corrected_says_the_new(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        receipt = Receipt(RECEIPT.id, "https://m.example/2", RECEIPT.at)
        assert _correct(ledger, receipt=receipt) is True
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.digest, standing.reason) == (State.PUBLISHED, "d2", DONE)
        assert (standing.prepared, standing.media, standing.receipt) == (NEW, ("ff",), receipt)
        assert second.states() == {KEY: (State.PUBLISHED, "d2")}

    def test_it_can_be_corrected_again_and_back(self, ledger: Ledger) -> None:
        publish(ledger)
        for digest in ("d2", "d3", "d1"):
            assert _correct(ledger, digest) is True
            assert ledger.states() == {KEY: (State.PUBLISHED, digest)}

    def test_what_it_says_already_is_not_begun(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        _correct(ledger)
        before = ledger.head()
        assert second.begin_correcting(_new(), WRONG, TONI) is None
        assert ledger.head() == before

    def test_what_may_say_it_or_not_is_begun_again_even_with_the_old_content(self, ledger: Ledger) -> None:
        publish(ledger)
        ledger.begin_correcting(_new(), WRONG, KIM)
        assert _correct(ledger, "d1") is True
        assert ledger.states() == {KEY: (State.PUBLISHED, "d1")}

    @pytest.mark.parametrize("ended", [False, True])
    def test_what_is_corrected_is_never_sent_again(self, ledger: Ledger, ended: bool) -> None:
        publish(ledger)
        begun = ledger.begin_correcting(_new(), WRONG, KIM)
        if ended:
            ledger.end_correcting(_new(), begun or 0, RECEIPT, DONE, KIM)
        standing = ledger.standing(KEY)
        assert standing is not None
        for digest in ("d1", "d2", "d3"):
            assert ledger.claim([intent(digest=digest)], BOB) == frozenset()
        assert ledger.take_over(standing, BOB) is False
        assert ledger.vouch([KEY], WHY, TONI) == 0
        assert ledger.standing(KEY) == standing

    def test_what_a_late_runner_says_changes_nothing(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        ledger.begin_correcting(_new(), WRONG, KIM)
        second.doubt(KEY, WHY, ALICE)
        second.release(KEY, WHY, None, ALICE)
        second.settle(KEY, WHY, ALICE)
        second.settle(KEY, RECEIPT, ALICE)
        second.locate({KEY: "https://m.example/2"}, BOB)
        assert ledger.states() == {KEY: (State.CORRECTING, "d1")}

    def test_what_did_not_happen_leaves_it_as_it_was(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_correcting(_new(), WRONG, KIM)
        assert ledger.keep(KEY, begun or 0, WHY, KIM) is True
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.digest, standing.reason) == (State.PUBLISHED, "d1", WHY)
        assert (standing.prepared, standing.receipt) == (intent().prepared, RECEIPT)

    def test_nobody_says_how_it_ended_what_another_began(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_correcting(_new(), WRONG, KIM) or 0
        again = second.begin_correcting(_new("d3"), WRONG, TONI) or 0
        assert ledger.end_correcting(_new(), begun, RECEIPT, DONE, KIM) is False
        assert ledger.keep(KEY, begun, WHY, KIM) is False
        assert ledger.states() == {KEY: (State.CORRECTING, "d1")}
        assert second.end_correcting(_new("d3"), again, RECEIPT, DONE, TONI) is True
        assert ledger.states() == {KEY: (State.PUBLISHED, "d3")}

    def test_it_can_be_taken_down_in_between(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_correcting(_new(), WRONG, KIM) or 0
        second.begin_retracting(KEY, WHY, TONI)
        assert ledger.end_correcting(_new(), begun, RECEIPT, DONE, KIM) is False
        with pytest.raises(LedgerRefused, match="is not out"):
            ledger.begin_correcting(_new(), WRONG, KIM)
        second.end_retracting(KEY, WHY, TONI)
        assert ledger.states()[KEY][0] is State.RETRACTED

    def test_what_stays_after_all_while_it_was_edited_says_nobody_knows_what(self, ledger: Ledger) -> None:
        publish(ledger)
        ledger.begin_correcting(_new(), WRONG, KIM)
        ledger.keep(KEY, ledger.begin_retracting(KEY, WHY, TONI) or 0, WHY, TONI)
        assert ledger.states() == {KEY: (State.PUBLISHED, "")}
        assert _correct(ledger) is True
        assert ledger.states() == {KEY: (State.PUBLISHED, "d2")}

    @pytest.mark.parametrize("state", NEVER_OUT)
    def test_what_is_not_out_cannot_be_corrected(self, ledger: Ledger, state: str) -> None:
        bring_about(state, ledger)
        before = list(ledger.lines())
        with pytest.raises(LedgerRefused, match="mastodon/baustelle/1/1 is not out"):
            ledger.begin_correcting(_new(), WRONG, KIM)
        assert ledger.end_correcting(_new(), 0, RECEIPT, DONE, KIM) is False
        assert list(ledger.lines()) == before

    def test_a_copy_of_the_ledger_knows_what_it_was_corrected_to(
        self, ledger: Ledger, spare: Callable[[], Ledger]
    ) -> None:
        for key in (KEY, OTHER):
            publish(ledger, key)
        _correct(ledger)
        ledger.begin_correcting(_new(key=OTHER), WRONG, KIM)
        copy = spare()
        copy.replay(ledger.lines())
        assert copy.states() == ledger.states() == {KEY: (State.PUBLISHED, "d2"), OTHER: (State.CORRECTING, "d1")}
        assert [copy.standing(key) for key in (KEY, OTHER)] == [ledger.standing(key) for key in (KEY, OTHER)]
        copy.close()


def _new(digest: str = "d2", key: DeliveryKey = KEY) -> Intent:
    return Intent(key, digest, NEW, media=("ff",))


def _correct(ledger: Ledger, digest: str = "d2", receipt: Receipt = RECEIPT) -> bool:
    begun = ledger.begin_correcting(_new(digest), WRONG, KIM)
    return ledger.end_correcting(_new(digest), begun or 0, receipt, DONE, KIM)
