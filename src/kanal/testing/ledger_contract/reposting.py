"""What is out can give way to a next revision, which nobody claims before it is gone: never two of them at once."""

from collections.abc import Callable

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import EventKind, Ledger, State
from kanal.message import msg
from kanal.model import DeliveryKey
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
NEXT = KEY._replace(revision=2)
SECOND = KEY._replace(part=2)


class PostsArePublishedAnew(LedgerContract):
    """`begin_reposting` before the request that deletes; the next revision after `end_reposting`."""

    def test_it_begins_with_an_event_that_says_who_and_why(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_reposting(KEY, WRONG, KIM)
        standing = second.standing(KEY)
        assert standing is not None
        assert (standing.state, standing.by, standing.reason) == (State.REPOSTING, KIM, WRONG)
        assert (standing.receipt, standing.last, standing.digest) == (RECEIPT, begun, "d1")
        assert second.open_claims() == []

    def test_what_is_gone_gives_way_and_the_next_revision_has_a_history_of_its_own(
        self, ledger: Ledger, second: Ledger
    ) -> None:
        _repost(ledger)
        assert second.claim([intent(NEXT, "d2")], BOB) == {NEXT}
        second.settle(NEXT, RECEIPT, BOB)
        assert ledger.states() == {KEY: (State.REPLACED, "d1"), NEXT: (State.PUBLISHED, "d2")}
        kinds = [(event.key.revision, event.kind) for event in second.history()][2:]
        assert kinds == [
            (1, EventKind.REPOSTING),
            (1, EventKind.REPLACED),
            (2, EventKind.CLAIMED),
            (2, EventKind.PUBLISHED),
        ]

    @pytest.mark.parametrize("state", [*NEVER_OUT, "published", "reposting", "retracting", "retracted"])
    def test_the_next_revision_is_not_claimed_before(self, ledger: Ledger, second: Ledger, state: str) -> None:
        if state in NEVER_OUT:
            bring_about(state, ledger)
        else:
            publish(ledger)
        if state == "reposting":
            ledger.begin_reposting(KEY, WRONG, KIM)
        elif state.startswith("retract"):
            ledger.begin_retracting(KEY, WRONG, KIM)
        if state == "retracted":
            ledger.end_retracting(KEY, GONE, KIM)
        assert second.claim([intent(NEXT, "d2"), intent(NEXT._replace(revision=3))], BOB) == frozenset()
        assert NEXT not in ledger.states()

    def test_of_a_thread_all_must_have_given_way(self, ledger: Ledger) -> None:
        for key in (KEY, SECOND):
            publish(ledger, key)
        both = [intent(key._replace(revision=2)) for key in (KEY, SECOND)]
        _give_way(ledger, SECOND)
        assert ledger.claim(both, BOB) == frozenset(), "the last part goes first, so the first one tells"
        _give_way(ledger, KEY)
        assert ledger.claim(both, BOB) == {one.key for one in both}

    def test_a_thread_may_grow_with_the_next_revision(self, ledger: Ledger) -> None:
        _repost(ledger)
        assert ledger.claim([intent(SECOND._replace(revision=2))], BOB)

    @pytest.mark.parametrize("ended", [False, True])
    def test_the_old_one_is_never_sent_again_whatever_a_late_runner_says(
        self, ledger: Ledger, second: Ledger, ended: bool
    ) -> None:
        publish(ledger)
        begun = ledger.begin_reposting(KEY, WRONG, KIM)
        if ended:
            ledger.end_reposting(KEY, begun or 0, GONE, KIM)
        before = ledger.states()
        standing = ledger.standing(KEY)
        assert standing is not None
        assert ledger.claim([intent(digest="d2")], BOB) == frozenset()
        assert ledger.take_over(standing, BOB) is False
        assert ledger.vouch([KEY], WHY, TONI) == 0
        second.settle(KEY, RECEIPT, ALICE)
        second.doubt(KEY, WHY, ALICE)
        second.release(KEY, WHY, None, ALICE)
        assert ledger.states() == before

    def test_what_was_not_taken_down_to_be_published_anew_stays_published(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_reposting(KEY, WRONG, KIM) or 0
        assert ledger.keep(KEY, begun, WHY, KIM) is True
        assert second.states() == {KEY: (State.PUBLISHED, "d1")}
        assert second.claim([intent(NEXT)], BOB) == frozenset()

    def test_nobody_says_how_it_ended_what_another_began_to_publish_anew(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_reposting(KEY, WRONG, KIM) or 0
        again = second.begin_reposting(KEY, WRONG, TONI) or 0
        assert ledger.end_reposting(KEY, begun, GONE, KIM) is False
        assert ledger.keep(KEY, begun, WHY, KIM) is False
        assert second.end_reposting(KEY, again, GONE, TONI) is True
        assert second.begin_reposting(KEY, WRONG, KIM) is None, "it gave way already"

    def test_who_takes_it_down_for_good_has_the_last_word(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_reposting(KEY, WRONG, KIM) or 0
        second.begin_retracting(KEY, WHY, TONI)
        assert ledger.end_reposting(KEY, begun, GONE, KIM) is False
        with pytest.raises(LedgerRefused, match="is not out"):
            ledger.begin_reposting(KEY, WRONG, KIM)
        second.end_retracting(KEY, WHY, TONI)
        assert ledger.claim([intent(NEXT)], BOB) == frozenset()

    def test_what_gave_way_can_be_taken_down_for_good_until_the_next_one_is_claimed(self, ledger: Ledger) -> None:
        for key in (KEY, OTHER):
            publish(ledger, key)
            _give_way(ledger, key)
        ledger.end_retracting(KEY, GONE, TONI)
        assert ledger.states()[KEY][0] is State.RETRACTED
        assert ledger.claim([intent(NEXT)], BOB) == frozenset()
        ledger.claim([intent(OTHER._replace(revision=2))], BOB)
        with pytest.raises(LedgerRefused, match="published anew at this very moment"):
            ledger.end_retracting(OTHER, GONE, TONI)
        assert ledger.states()[OTHER][0] is State.REPLACED

    @pytest.mark.parametrize("state", NEVER_OUT)
    def test_what_is_not_out_cannot_be_published_anew(self, ledger: Ledger, state: str) -> None:
        bring_about(state, ledger)
        before = list(ledger.lines())
        with pytest.raises(LedgerRefused, match="mastodon/baustelle/1/1 is not out"):
            ledger.begin_reposting(KEY, WRONG, KIM)
        assert ledger.end_reposting(KEY, 0, GONE, KIM) is False
        assert list(ledger.lines()) == before

    def test_what_may_have_been_edited_says_nobody_knows_what(self, ledger: Ledger) -> None:
        publish(ledger)
        ledger.begin_correcting(intent(digest="d2"), WRONG, KIM)
        ledger.keep(KEY, ledger.begin_reposting(KEY, WRONG, KIM) or 0, WHY, KIM)
        assert ledger.states() == {KEY: (State.PUBLISHED, "")}

    def test_a_copy_of_the_ledger_knows_what_gave_way(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        _repost(ledger)
        publish(ledger, NEXT)
        publish(ledger, OTHER)
        ledger.begin_reposting(OTHER, WRONG, KIM)
        copy = spare()
        copy.replay(ledger.lines())
        assert copy.states() == ledger.states()
        assert [copy.standing(key) for key in (KEY, NEXT, OTHER)] == [ledger.standing(k) for k in (KEY, NEXT, OTHER)]
        copy.close()


class PostsAreAnswered(LedgerContract):
    """`note_reply` before the reply is sent: who wants it, why, and which draft it is."""

    def test_it_says_who_why_and_which_draft_and_changes_nothing_else(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        before = ledger.standing(KEY)
        ledger.note_reply(KEY, "d2", "korrektur", WRONG, KIM)
        event = list(second.history())[-1]
        assert (event.kind, event.digest, event.reply) == (EventKind.ANSWERING, "d2", "korrektur")
        assert (event.by, event.reason) == (KIM, WRONG)
        assert second.standing(KEY) == before

    def test_who_edits_it_meanwhile_is_not_disturbed(self, ledger: Ledger, second: Ledger) -> None:
        publish(ledger)
        begun = ledger.begin_correcting(intent(digest="d2"), WRONG, KIM) or 0
        second.note_reply(KEY, "d2", "korrektur", WRONG, TONI)
        assert ledger.end_correcting(intent(digest="d2"), begun, RECEIPT, GONE, KIM) is True

    @pytest.mark.parametrize("state", NEVER_OUT)
    def test_what_is_not_out_cannot_be_answered(self, ledger: Ledger, state: str) -> None:
        bring_about(state, ledger)
        before = list(ledger.lines())
        with pytest.raises(LedgerRefused, match="is not out"):
            ledger.note_reply(KEY, "d2", "korrektur", WRONG, KIM)
        assert list(ledger.lines()) == before

    def test_a_copy_of_the_ledger_knows_what_was_answered(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        publish(ledger)
        ledger.note_reply(KEY, "d2", "korrektur", WRONG, KIM)
        copy = spare()
        copy.replay(ledger.lines())
        assert [event.reply for event in copy.history()] == [None, None, "korrektur"]
        copy.close()


def _give_way(ledger: Ledger, key: DeliveryKey) -> None:
    begun = ledger.begin_reposting(key, WRONG, KIM)
    assert ledger.end_reposting(key, begun or 0, GONE, KIM) is True


def _repost(ledger: Ledger) -> None:
    publish(ledger)
    _give_way(ledger, KEY)
