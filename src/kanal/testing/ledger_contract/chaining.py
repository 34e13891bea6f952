"""Each event holds the mark of its predecessor, whoever writes, however many at once; copies are verbatim."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import Ledger
from kanal.ledger.chain import NOTHING, mark, verify
from kanal.model import DeliveryKey
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, WHY, LedgerContract, intent


class EventsAreChained(LedgerContract):
    """Every store writes the same chain, and a copy of a ledger is the same ledger."""

    def test_an_empty_ledger_ends_at_nothing(self, ledger: Ledger) -> None:
        assert ledger.head() == NOTHING
        assert ledger.mark_of(1) is None

    def test_every_event_holds_the_mark_of_its_predecessor(self, ledger: Ledger, second: Ledger) -> None:
        _use(ledger)
        lines = list(second.lines())
        assert [line.number for line in lines] == list(range(1, len(lines) + 1))
        assert list(verify(lines)) == []
        assert second.head() == lines[-1].head
        assert [second.mark_of(line.number) for line in lines] == [mark(line) for line in lines]
        assert [(event.previous, event.mark) for event in second.history()] == [(x.previous, x.mark) for x in lines]

    def test_many_writers_at_once_make_one_chain(self, ledger: Ledger, second: Ledger) -> None:
        def run(number: int) -> None:
            for draft in range(4):
                key = DeliveryKey("x", f"draft-{number}-{draft}")
                writer = (ledger, second)[number % 2]
                writer.claim([intent(key)], f"host/{number}/x")
                writer.settle(key, RECEIPT, f"host/{number}/x")

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(run, range(4)))
        assert list(verify(ledger.lines())) == []
        assert ledger.head().number == second.head().number == 32  # noqa: PLR2004 - 4 x 4 claims and receipts

    def test_lines_are_asked_by_draft_and_by_channel(self, ledger: Ledger) -> None:
        ledger.claim([intent(KEY), intent(OTHER)], ALICE)
        assert [line.key for line in ledger.lines(draft=KEY.draft, channel=OTHER.channel)] == [OTHER]

    def test_a_copy_is_verbatim(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        _use(ledger)
        copy = spare()
        assert (copy.name, copy.id) == (ledger.name, ledger.id)
        assert copy.replay(ledger.lines()) == copy.head() == ledger.head()
        assert list(copy.lines()) == list(ledger.lines())
        assert copy.states() == ledger.states()
        assert copy.open_claims() == ledger.open_claims()
        assert [copy.standing(key) for key in ledger.states()] == [ledger.standing(key) for key in ledger.states()]
        copy.close()

    def test_a_copy_that_was_broken_off_is_completed(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        _use(ledger)
        lines = list(ledger.lines())
        copy = spare()
        copy.replay(lines[:2])
        assert copy.replay(lines) == copy.replay(lines) == ledger.head()
        assert list(copy.lines()) == lines
        copy.close()

    def test_a_copy_goes_on_where_the_other_ended(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        ledger.claim([intent()], ALICE)
        copy = spare()
        copy.replay(ledger.lines())
        copy.settle(KEY, RECEIPT, ALICE)
        assert [line.number for line in copy.lines()] == [1, 2]
        assert list(verify(copy.lines())) == []
        copy.close()

    def test_a_broken_chain_is_not_copied(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        _use(ledger)
        lines = list(ledger.lines())
        lines[2] = lines[2]._replace(by="somebody else")
        copy = spare()
        with pytest.raises(LedgerRefused, match="broken at event 3"):
            copy.replay(lines)
        assert copy.head() == NOTHING
        copy.close()

    def test_another_ledgers_events_are_not_mixed_in(self, ledger: Ledger, spare: Callable[[], Ledger]) -> None:
        copy = spare()
        ledger.claim([intent()], ALICE)
        copy.claim([intent(OTHER)], BOB)
        before = list(copy.lines())
        with pytest.raises(LedgerRefused, match="not the beginning"):
            copy.replay(ledger.lines())
        assert list(copy.lines()) == before
        copy.close()

    def test_what_was_moved_elsewhere_is_not_written_to(self, ledger: Ledger, second: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        assert ledger.moved_to is None
        assert ledger.retire(ledger.head(), "git") is True
        assert ledger.moved_to == second.moved_to == "git"
        before = list(second.lines())
        for attempt in (
            lambda: second.claim([intent(OTHER)], BOB),
            lambda: second.settle(KEY, RECEIPT, BOB),
            lambda: ledger.vouch([OTHER], WHY, ALICE),
        ):
            with pytest.raises(LedgerRefused, match="was moved to git"):
                attempt()
        assert list(second.lines()) == before

    def test_a_ledger_that_grew_meanwhile_is_not_retired(self, ledger: Ledger, second: Ledger) -> None:
        head = ledger.head()
        second.claim([intent()], ALICE)
        assert ledger.retire(head, "git") is False
        assert ledger.moved_to is None
        assert ledger.claim([intent(OTHER)], BOB) == {OTHER}

    def test_a_retired_ledger_is_in_use_again_when_it_has_all_events(self, ledger: Ledger) -> None:
        ledger.claim([intent()], ALICE)
        ledger.retire(ledger.head(), "git")
        ledger.replay(list(ledger.lines()))
        assert ledger.moved_to is None
        assert ledger.claim([intent(OTHER)], BOB) == {OTHER}


def _use(ledger: Ledger) -> None:
    """Something of everything."""
    ledger.claim([intent(KEY), intent(OTHER)], ALICE)
    ledger.doubt(KEY, WHY, ALICE)
    (standing,) = (found for found in ledger.open_claims() if found.key == KEY)
    ledger.take_over(standing, BOB)
    ledger.release(KEY, WHY, None, ALICE)  # too late: kept, and changes nothing
    ledger.settle(KEY, RECEIPT, BOB)
    ledger.locate({KEY: "https://m.example/2"}, BOB)
    ledger.vouch([DeliveryKey("facebook", "linden")], WHY, "Erika Muster")
    begun = ledger.begin_correcting(intent(digest="d2"), WHY, "Erika Muster")
    ledger.end_correcting(intent(digest="d2"), begun or 0, RECEIPT, WHY, "Erika Muster")
    ledger.begin_retracting(KEY, WHY, "Erika Muster")
    ledger.end_retracting(KEY, WHY, "Erika Muster")
