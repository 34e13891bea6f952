"""Runners in several clones, as on several computers: one wins, also when they are killed."""

import multiprocessing
import os
import random
import signal
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kanal.ledger import Ledger, State
from kanal.ledger.chain import verify
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.model import DeliveryKey, Receipt
from kanal.testing.ledger_contract.claiming import ClaimsAreExclusive
from kanal.testing.ledger_contract.subject import RECEIPT, Opener, intent
from kanal.testing.ledger_contract.taking_over import DoubtsChangeHands
from tests.ledger.git.clones import Office

AT_ONCE = timedelta(0)


@dataclass
class Turns:
    """Opens the ledger in one clone, then in the other; processes beginning with either."""

    places: tuple[GitPlace, GitPlace]
    opened: int = 0

    def __call__(self) -> Ledger:
        self.opened += 1
        return GitLedger(self.places[(self.opened + os.getpid()) % 2], fresh_for=AT_ONCE)


class TestTwoClones(ClaimsAreExclusive, DoubtsChangeHands):
    """The parts of the contract that are about others, with the others in another clone."""

    @pytest.fixture
    def opener(self, office: Office) -> Opener:
        GitLedger.create(office.place("redaktion"), "main", "abc123").close()
        return Turns((office.place("redaktion"), office.place("andere")))


DRAFTS = 12
KEYS = tuple(DeliveryKey("x", f"draft-{number}") for number in range(DRAFTS))


def send_all(place: GitPlace, by: str, outbox: Path) -> None:
    """Claim, "send" (one file a delivery, never overwritten) and settle every delivery. Dies at any moment."""
    ledger = GitLedger(place)
    for key in random.sample(KEYS, len(KEYS)):  # another order than the others
        if ledger.claim([intent(key)], by):
            with (outbox / key.draft).open("a", encoding="utf-8") as sent:
                sent.write(f"{by}\n")
            ledger.settle(key, Receipt(key.draft, None, RECEIPT.at), by)
    ledger.close()


def test_runners_that_are_killed_in_two_clones_send_nothing_twice(office: Office, tmp_path: Path) -> None:
    """Who dies between claim and receipt leaves an open claim, and no other sends it."""
    GitLedger.create(office.place("a", "cache-a"), "main", "abc123").close()
    places = [office.place("a", "cache-a"), office.place("b", "cache-b")]
    outbox = tmp_path / "outbox"
    outbox.mkdir()
    context = multiprocessing.get_context("spawn")
    for round_ in range(3):
        runners = [
            context.Process(target=send_all, args=(places[number % 2], f"host/{round_}/{number}", outbox))
            for number in range(4)
        ]
        for runner in runners:
            runner.start()
        if round_ < 2:
            begun = time.monotonic()
            while len(list(outbox.iterdir())) < (round_ + 1) * 3 and time.monotonic() - begun < 60:
                time.sleep(0.01)
            for runner in runners[:3]:
                os.kill(runner.pid or 0, getattr(signal, "SIGKILL", signal.SIGTERM))
        for runner in runners:
            runner.join(120)
    ledger = GitLedger(office.place("c"))
    sent = {path.name: path.read_text(encoding="utf-8").split() for path in outbox.iterdir()}
    assert {name: by for name, by in sent.items() if len(by) != 1} == {}
    assert list(verify(ledger.lines())) == []
    states = {key.draft: state for key, (state, _) in ledger.states().items()}
    assert set(states) == {key.draft for key in KEYS}
    settled = {name for name, state in states.items() if state is State.PUBLISHED}
    still_open = {name for name, state in states.items() if state is State.CLAIMED}
    assert settled | still_open == set(states)
    assert settled <= set(sent)
    assert len(still_open) <= 6  # of six that were killed
