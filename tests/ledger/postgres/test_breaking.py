"""The server is killed, restarted, frozen, cut off: nothing is written twice, and whoever waits in vain is told so."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest

from kanal.errors import LedgerRefused, LedgerUnreachable, LedgerWentBack
from kanal.ledger import EventKind, State
from kanal.ledger.chain import verify
from kanal.ledger.postgres import wire
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import DeliveryKey, Secret
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, RECEIPT, intent
from tests.postgres_server import Server

SHORT = timedelta(seconds=0.5)


@pytest.mark.parametrize("end", ["restart", "kill"])
def test_after_a_restart_of_the_server_one_goes_on(postgres: Server, ledger: PostgresLedger, end: str) -> None:
    assert ledger.claim([intent()], ALICE) == {KEY}
    if end == "restart":
        postgres.restart()
    else:
        postgres.kill()
        postgres.start()
    ledger.settle(KEY, RECEIPT, ALICE)
    assert [event.kind for event in ledger.history()] == [EventKind.CLAIMED, EventKind.PUBLISHED]


def test_while_the_server_restarts_one_waits(postgres: Server, ledger: PostgresLedger) -> None:
    ledger.claim([intent()], ALICE)
    postgres.kill()
    timer = threading.Timer(1.0, postgres.start)
    timer.start()
    ledger.settle(KEY, RECEIPT, ALICE)
    timer.join()
    assert ledger.states() == {KEY: (State.PUBLISHED, "d1")}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot freeze a process")
def test_a_frozen_server_is_waited_for_a_bounded_time(
    postgres: Server, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SILENCE_SECONDS", 0.5)
    with closing(PostgresLedger(Secret(f"{url}?connect_timeout=2"), patience=SHORT)) as ledger:
        postgres.freeze()
        began = time.monotonic()
        try:
            with pytest.raises(LedgerUnreachable, match="does not answer"):
                ledger.claim([intent()], ALICE)
        finally:
            postgres.thaw()
        assert time.monotonic() - began < 10
        assert ledger.claim([intent()], ALICE) == {KEY}


def test_a_server_that_stays_away_is_told_before_anything_is_sent(postgres: Server, url: str) -> None:
    with closing(PostgresLedger(Secret(url), patience=SHORT)) as ledger:
        postgres.kill()
        try:
            with pytest.raises(LedgerUnreachable, match="does not answer") as refused:
                ledger.claim([intent()], ALICE)
            assert "then run the command again" in str(refused.value.advice)
        finally:
            postgres.start()
        assert ledger.claim([intent()], BOB) == {KEY}


def test_an_outcome_that_cannot_be_written_is_a_doubt_for_the_next_run(postgres: Server, url: str) -> None:
    with closing(PostgresLedger(Secret(url), patience=SHORT)) as ledger:
        ledger.claim([intent()], ALICE)
        postgres.kill()
        try:
            with pytest.raises(LedgerUnreachable):
                ledger.settle(KEY, RECEIPT, ALICE)
        finally:
            postgres.start()
        assert [(s.key, s.state, s.by) for s in ledger.open_claims()] == [(KEY, State.CLAIMED, ALICE)]


def test_who_waited_in_vain_does_not_wait_as_long_again(postgres: Server, url: str) -> None:
    """Else each channel of a run would, one after the other."""
    with closing(PostgresLedger(Secret(url), patience=timedelta(seconds=1.5))) as ledger:
        postgres.kill()
        waited = []
        try:
            for _ in range(3):
                began = time.monotonic()
                with pytest.raises(LedgerUnreachable):
                    ledger.states()
                waited.append(time.monotonic() - began)
        finally:
            postgres.start()
        assert waited[0] > 1
        assert sum(waited[1:]) < 1
        assert ledger.states() == {}


def test_another_ledger_at_the_same_address_is_refused(postgres: Server, url: str, ledger: PostgresLedger) -> None:
    postgres.sql("UPDATE kanal.ledger SET id = 'other', name = 'Fremde'", url)
    postgres.restart()
    with pytest.raises(LedgerRefused, match="another ledger now"):
        ledger.claim([intent()], ALICE)


def test_an_older_copy_at_the_same_address_is_refused(postgres: Server, url: str, ledger: PostgresLedger) -> None:
    ledger.claim([intent()], ALICE)
    postgres.sql(
        "ALTER TABLE kanal.event DISABLE TRIGGER event_stays; DELETE FROM kanal.event; DELETE FROM kanal.delivery;"
        " UPDATE kanal.ledger SET number = 0, mark = repeat('0', 64)",
        url,
    )
    postgres.restart()
    with pytest.raises(LedgerWentBack, match="went back in time"):
        ledger.settle(KEY, RECEIPT, ALICE)


def test_many_who_claim_and_settle_while_the_server_is_killed_again_and_again(postgres: Server, url: str) -> None:
    keys = [DeliveryKey("x", f"draft-{number}") for number in range(40)]
    through = [0] * 4  # how many of the keys each has gone through
    done = threading.Event()

    def publish(number: int) -> list[DeliveryKey]:
        won = []
        with closing(PostgresLedger(Secret(url))) as ledger:
            for key in keys:
                if ledger.claim([intent(key)], f"host/{number}/x"):
                    ledger.settle(key, RECEIPT, f"host/{number}/x")
                    won.append(key)
                through[number] += 1
        return won

    def kill() -> int:
        kills = 0
        while not done.wait(0.1):
            postgres.kill()
            postgres.start()
            kills += 1
            # A server that is killed sooner than anybody gets in is away: then each is told so, and rightly.
            before = list(through)
            while any(then == now < len(keys) for then, now in zip(before, through, strict=True)):
                if done.wait(0.01):
                    break
        return kills

    with ThreadPoolExecutor(5) as pool:
        killing = pool.submit(kill)
        try:
            won = [key for found in pool.map(publish, range(4)) for key in found]
        finally:
            done.set()
        assert killing.result() > 1
    with closing(PostgresLedger(Secret(url))) as ledger:
        kinds = [(event.key, event.kind) for event in ledger.history()]
        assert list(verify(ledger.lines())) == []
    assert sorted(won, key=str) == sorted(keys, key=str)
    assert len(kinds) == len(set(kinds)) == 2 * len(keys)
