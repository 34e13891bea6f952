"""A real git server over the network: it goes away in the middle, comes back, and nothing is there twice."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kanal.errors import LedgerUnreachable
from kanal.ledger.chain import verify
from kanal.ledger.git import branch
from kanal.ledger.git.store import GitLedger
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, intent
from tests.ledger.git.clones import Office, git
from tests.optional import require_or_skip


@dataclass
class Daemon:
    """`git daemon` on loopback, without any login: it takes every push."""

    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        options = ["--reuseaddr", "--listen=127.0.0.1", f"--port={self.port}", "--export-all", "--enable=receive-pack"]
        command = ["git", "daemon", *options, f"--base-path={self.folder}", "--informative-errors", str(self.folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begun = time.monotonic()
        while not self._answers():
            assert self._process.poll() is None, "git daemon does not start"
            assert time.monotonic() - begun < 30
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(30)
        self._process = None

    def _answers(self) -> bool:
        with closing(socket.socket()) as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def daemon(office: Office) -> Iterator[Daemon]:
    """Serves the office's repository; the clone `redaktion` and all later ones know it by its address."""
    if shutil.which("git-daemon", path=git(office.folder, "--exec-path").strip()) is None:
        require_or_skip("git has no daemon here (Debian's package git has it)")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Daemon(office.folder, port)
    running.start()
    yield running
    running.stop()


def by_network(office: Office, daemon: Daemon, name: str) -> None:
    clone = office.clone(name)
    address = f"git://127.0.0.1:{daemon.port}/{office.server.name.replace(' ', '%20')}"
    git(clone, "remote", "set-url", "origin", address)


@pytest.fixture
def ledger(office: Office, daemon: Daemon) -> GitLedger:
    by_network(office, daemon, "redaktion")
    return GitLedger.create(office.place("redaktion"), "main", "abc123")


def test_clones_share_the_ledger_over_the_network(office: Office, daemon: Daemon, ledger: GitLedger) -> None:
    by_network(office, daemon, "andere")
    other = GitLedger(office.place("andere"))
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}
    assert other.claim([intent(KEY), intent(OTHER)], BOB) == {OTHER}
    ledger.settle(KEY, RECEIPT, ALICE)
    assert list(verify(GitLedger(office.place("redaktion")).lines())) == []


def test_a_server_that_is_gone_for_a_while_loses_nothing(
    daemon: Daemon, ledger: GitLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch, "LONGEST_PAUSE", 0.02)
    ledger.claim([intent(KEY)], ALICE)
    daemon.stop()
    with pytest.raises(LedgerUnreachable):
        ledger.settle(KEY, RECEIPT, ALICE)
    with pytest.raises(LedgerUnreachable):
        ledger.claim([intent(OTHER)], ALICE)
    daemon.start()
    ledger.settle(KEY, RECEIPT, ALICE)
    assert [line.kind for line in ledger.lines()] == ["claimed", "published"]


def test_a_receipt_waits_for_a_server_that_restarts(
    daemon: Daemon, ledger: GitLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.claim([intent(KEY)], ALICE)
    daemon.stop()
    pauses: list[int] = []

    def pause(number: int) -> None:
        pauses.append(number)
        if number == 1:
            daemon.start()

    monkeypatch.setattr(branch, "_pause", pause)
    ledger.settle(KEY, RECEIPT, ALICE)
    assert pauses == [0, 1]
    assert [line.kind for line in ledger.lines()] == ["claimed", "published"]
