"""One thread fulfils what all that wait want; each gets its own answer."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from kanal.errors import LedgerRefused, LedgerUnwritable
from kanal.ledger import EventKind
from kanal.ledger.chain import NOTHING
from kanal.ledger.changes import claiming, saying
from kanal.ledger.git.together import Together, Wish, decide
from kanal.ledger.record import Detail
from kanal.message import msg
from kanal.model import DeliveryKey
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, intent

AT = "2026-11-02T07:00:00.000000Z"


class Slow:
    """Fulfils wishes in order; the first batch goes on only when `waiting` others have gathered."""

    def __init__(self, waiting: int) -> None:
        self.batches: list[int] = []
        self.together = Together(self._fulfil)
        self._waiting = waiting
        self._all_there = threading.Event()

    def _fulfil(self, batch: Sequence[Wish]) -> None:
        if not self.batches:
            while len(self.together._waiting) < self._waiting:
                assert not self._all_there.wait(0.001)
        self.batches.append(len(batch))
        decide(batch, NOTHING, {}, AT)


def test_what_gathers_while_one_is_under_way_goes_together() -> None:
    slow = Slow(3)
    keys = [DeliveryKey("x", f"draft-{number}") for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        lines = list(pool.map(lambda key: slow.together.write(claiming([intent(key)], ALICE)), keys))
    assert [[line.key for line in found] for found in lines] == [[key] for key in keys]
    assert slow.batches == [1, 3]


def test_of_two_that_claim_the_same_in_one_batch_one_wins() -> None:
    alice, bob = (Wish(claiming([intent(KEY)], by)) for by in (ALICE, BOB))
    lines = decide([alice, bob], NOTHING, {}, AT)
    assert ([line.by for line in alice.lines], bob.lines, len(lines)) == ([ALICE], [], 1)


def test_a_wish_that_cannot_be_meant_fails_alone() -> None:
    wrong = Wish(saying(EventKind.RELEASED, OTHER, ALICE, Detail()))
    right = Wish(claiming([intent(KEY)], ALICE))
    lines = decide([wrong, right], NOTHING, {}, AT)
    assert isinstance(wrong.error, LedgerRefused)
    assert [line.key for line in lines] == [KEY]


def test_what_goes_wrong_for_all_is_told_to_all() -> None:
    def fail(_batch: Sequence[Wish]) -> None:
        raise LedgerUnwritable(msg("The disk is full."))

    together = Together(fail)
    with ThreadPoolExecutor(3) as pool:
        futures = [pool.submit(together.write, claiming([intent(KEY)], ALICE)) for _ in range(6)]
    for future in futures:
        with pytest.raises(LedgerUnwritable):
            future.result()
