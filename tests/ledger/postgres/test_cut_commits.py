"""The line to the server breaks during a commit, when nobody can know whether it was written: it is found out."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import EventKind
from kanal.ledger.chain import verify
from kanal.ledger.postgres import wire
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, WHY, intent
from tests.ledger.postgres.cutting import Cut, Line, line_to
from tests.postgres_server import Server


@pytest.fixture
def line(postgres: Server) -> Iterator[Line]:
    with line_to(postgres.port) as found:
        yield found


@pytest.fixture
def by_line(postgres: Server, url: str, line: Line) -> Iterator[PostgresLedger]:
    """The same ledger, reached by a line that can be cut."""
    with closing(PostgresLedger(Secret(url.replace(f":{postgres.port}/", f":{line.port}/")))) as found:
        yield found


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_a_claim_whose_commit_was_cut_off_is_won_once(by_line: PostgresLedger, line: Line, cut: Cut) -> None:
    line.cut = cut
    assert by_line.claim([intent(), intent(OTHER)], ALICE) == {KEY, OTHER}
    assert line.cuts == 1
    assert [(event.kind, event.key) for event in by_line.history()] == [
        (EventKind.CLAIMED, KEY),
        (EventKind.CLAIMED, OTHER),
    ]
    assert by_line.claim([intent()], BOB) == frozenset()


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_everything_that_is_said_while_the_commit_is_cut_off_is_said_once(
    by_line: PostgresLedger, line: Line, cut: Cut
) -> None:
    by_line.claim([intent()], "dead/0/x")
    (standing,) = by_line.open_claims()
    line.cut = cut
    assert by_line.take_over(standing, ALICE) is True
    line.cut = cut
    by_line.release(KEY, WHY, None, ALICE)
    line.cut = cut
    assert by_line.claim([intent()], ALICE) == {KEY}
    line.cut = cut
    by_line.doubt(KEY, WHY, ALICE)
    line.cut = cut
    by_line.settle(KEY, RECEIPT, ALICE)
    line.cut = cut
    by_line.locate({KEY: "https://m.example/2"}, ALICE)
    line.cut = cut
    assert by_line.vouch([KEY, OTHER], WHY, ALICE) == 1
    assert line.cuts == 7
    assert [str(event.kind) for event in by_line.history()] == [
        "claimed",
        "taken-over",
        "released",
        "claimed",
        "uncertain",
        "published",
        "located",
        "vouched",
    ]
    assert list(verify(by_line.lines())) == []


@pytest.mark.parametrize("cut", [Cut.BEFORE, Cut.AFTER])
def test_a_ledger_is_made_moved_and_copied_once_when_the_commit_is_cut_off(
    postgres: Server, line: Line, ledger: PostgresLedger, cut: Cut
) -> None:
    ledger.claim([intent()], ALICE)
    url = postgres.new_database().replace(f":{postgres.port}/", f":{line.port}/")
    line.cut = cut
    with closing(PostgresLedger.create(Secret(url), "main", "abc123")) as copy:
        line.cut = cut
        assert copy.replay(ledger.lines()) == ledger.head()
        line.cut = cut
        assert copy.retire(ledger.head(), "git") is True
        assert line.cuts == 3
        assert list(copy.lines()) == list(ledger.lines())
    with pytest.raises(LedgerRefused, match="There is a ledger already"):
        PostgresLedger.create(Secret(url), "main", "abc123")


def test_another_who_wins_in_between_stays_the_winner(
    ledger: PostgresLedger, by_line: PostgresLedger, line: Line
) -> None:
    """The commit never arrives, and before the next try somebody else claims."""
    line.cut = Cut.BEFORE
    connected = by_line._session._connected

    def late() -> wire.Wire:
        if line.cuts:
            ledger.claim([intent()], BOB)
        return connected()

    by_line._session._connected = late  # type: ignore[method-assign]
    assert by_line.claim([intent()], ALICE) == frozenset()
    assert [event.by for event in ledger.history()] == [BOB]


def test_a_server_that_says_nothing_any_more_is_left(
    by_line: PostgresLedger, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SILENCE_SECONDS", 0.5)
    line.cut = Cut.SILENT
    began = time.monotonic()
    assert by_line.claim([intent()], ALICE) == {KEY}
    assert 0.5 < time.monotonic() - began < 10
    assert len(list(by_line.lines())) == 1
