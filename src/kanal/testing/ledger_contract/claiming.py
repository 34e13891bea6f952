"""Of any number of threads, processes and runners exactly one wins a delivery."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier as ProcessBarrier
from threading import Barrier

from kanal.ledger import Ledger, State
from kanal.model import DeliveryKey
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, PREPARED, LedgerContract, Opener, intent

CONTESTED = tuple(DeliveryKey("x", f"draft-{number}") for number in range(10))


def compete(opener: Opener, start: ProcessBarrier, won: "SimpleQueue[list[DeliveryKey]]", by: str) -> None:
    """Claim all of `CONTESTED` one by one, beginning together with the others. Runs in a process of its own."""
    ledger = opener()
    try:
        start.wait(60)
        won.put([key for key in CONTESTED if ledger.claim([intent(key)], by)])
    finally:
        ledger.close()


class ClaimsAreExclusive(LedgerContract):
    """Of any number of runners exactly one wins a delivery."""

    def test_a_new_delivery_is_won_once(self, ledger: Ledger, second: Ledger) -> None:
        assert ledger.claim([intent()], ALICE) == {KEY}
        assert ledger.claim([intent()], ALICE) == frozenset()
        assert second.claim([intent()], BOB) == frozenset()
        assert second.claim([intent(digest="d2")], BOB) == frozenset()

    def test_channel_draft_and_part_each_make_another_delivery(self, ledger: Ledger) -> None:
        keys = [KEY, OTHER, DeliveryKey("mastodon", "linden"), DeliveryKey("mastodon", "baustelle", 2)]
        assert ledger.claim([intent(key) for key in keys], ALICE) == set(keys)

    def test_of_several_deliveries_only_the_free_ones_are_won(self, ledger: Ledger) -> None:
        ledger.claim([intent(KEY)], ALICE)
        assert ledger.claim([intent(KEY), intent(OTHER), intent(OTHER)], BOB) == {OTHER}
        assert ledger.claim([], BOB) == frozenset()

    def test_of_many_threads_one_wins(self, ledger: Ledger) -> None:
        keys = [DeliveryKey("x", f"draft-{number}") for number in range(5)]
        ready = Barrier(4)

        def run(number: int) -> list[DeliveryKey]:
            ready.wait(30)
            return [key for key in keys if ledger.claim([intent(key)], f"host/{number}/x")]

        with ThreadPoolExecutor(4) as pool:
            won = [key for result in pool.map(run, range(4)) for key in result]
        assert sorted(won, key=str) == sorted(keys, key=str)

    def test_of_several_processes_one_wins(self, opener: Opener, ledger: Ledger) -> None:
        context = multiprocessing.get_context("spawn")
        start, won = context.Barrier(2), context.SimpleQueue()
        runners = [context.Process(target=compete, args=(opener, start, won, by)) for by in (ALICE, BOB)]
        for runner in runners:
            runner.start()
        for runner in runners:
            runner.join(60)
        assert [runner.exitcode for runner in runners] == [0, 0]
        assert sorted([*won.get(), *won.get()], key=str) == list(CONTESTED)
        assert sorted((event.key for event in ledger.history()), key=str) == list(CONTESTED)

    def test_a_claim_is_there_for_whoever_comes_later(self, opener: Opener, ledger: Ledger) -> None:
        before = datetime.now(UTC)
        ledger.claim([intent()], ALICE)
        ledger.close()
        later = opener()
        standing = later.standing(KEY)
        assert standing is not None
        assert (standing.key, standing.state, standing.digest, standing.by) == (KEY, State.CLAIMED, "d1", ALICE)
        assert standing.prepared == PREPARED
        assert timedelta(0) <= standing.since - before < timedelta(minutes=1)
        assert [found.key for found in later.open_claims()] == [KEY]
        later.close()
