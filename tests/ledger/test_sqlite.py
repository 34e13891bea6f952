import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from kanal.errors import LedgerRefused, LedgerUnwritable
from kanal.ledger import State
from kanal.ledger.sqlite import SqliteLedger
from kanal.model import DeliveryKey, Receipt
from kanal.testing.ledger_contract import LedgerPromises
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, WHY, Opener, intent


class TestSqliteLedger(LedgerPromises):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        path = tmp_path / "größe %20#" / "ledger.sqlite3"
        SqliteLedger.create(path, "main", "abc123").close()
        return partial(SqliteLedger, path)

    @pytest.fixture
    def spare(self, tmp_path: Path) -> Opener:
        path = tmp_path / "spare.sqlite3"
        SqliteLedger.create(path, "main", "abc123").close()
        return partial(SqliteLedger, path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".kanal" / "ledger.sqlite3"


@pytest.fixture
def ledger(path: Path) -> Iterator[SqliteLedger]:
    made = SqliteLedger.create(path, "main", "abc123")
    yield made
    made.close()


def _refusal(path: Path) -> LedgerRefused:
    with pytest.raises(LedgerRefused) as refused:
        SqliteLedger(path)
    return refused.value


def test_a_ledger_carries_its_name_and_identity(path: Path) -> None:
    SqliteLedger.create(path, "main", "abc123").close()
    with closing(SqliteLedger(path)) as again:
        assert (again.name, again.id) == ("main", "abc123")


def test_nothing_is_ever_made_in_place_of_a_ledger(path: Path, ledger: SqliteLedger) -> None:
    ledger.claim([intent()], ALICE)
    with pytest.raises(LedgerRefused, match="There is a ledger already"):
        SqliteLedger.create(path, "other", "def456")
    assert ledger.states() == {KEY: (State.CLAIMED, "d1")}


def test_every_write_is_on_the_disk_before_anything_is_sent(ledger: SqliteLedger) -> None:
    assert ledger._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
    assert ledger._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_times_are_those_of_the_clock(tmp_path: Path) -> None:
    start = datetime(2026, 11, 2, 7, 0, 0, 5, tzinfo=UTC)
    ticks = (start + timedelta(minutes=number) for number in range(9))
    with closing(SqliteLedger.create(tmp_path / "l", "main", "abc", lambda: next(ticks))) as ledger:
        ledger.claim([intent()], ALICE)
        ledger.doubt(KEY, WHY, ALICE)
        assert [event.at - start for event in ledger.history()] == [timedelta(minutes=1), timedelta(minutes=2)]
        assert ledger.open_claims()[0].since == start + timedelta(minutes=1)


@pytest.mark.parametrize("statement", ["UPDATE event SET by = 'x'", "DELETE FROM event", "DELETE FROM event WHERE 1"])
def test_no_event_is_ever_changed_or_removed(path: Path, ledger: SqliteLedger, statement: str) -> None:
    ledger.claim([intent()], ALICE)
    before = list(ledger.history())
    with closing(sqlite3.connect(path)) as db, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        db.execute(statement)
    assert list(ledger.history()) == before


def test_a_missing_ledger_is_refused_and_not_made(path: Path) -> None:
    refused = _refusal(path)
    assert str(path) in str(refused.message)
    assert "the archive could go out again" in str(refused.advice)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"this is no database" * 100, b"SQLite format 3\x00", b"\x00" * 4096])
def test_a_file_that_is_no_ledger_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ledger.sqlite3"
    path.write_bytes(content)
    assert f"{path} is not a ledger of kanal, or it is damaged" in str(_refusal(path).message)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE bookmarks (url TEXT)")
    before = path.read_bytes()
    assert "is not a ledger of kanal" in str(_refusal(path).message)
    assert path.read_bytes() == before


def test_a_ledger_without_a_name_is_refused(path: Path) -> None:
    SqliteLedger.create(path, "main", "abc123").close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DELETE FROM identity")
    assert "is a ledger without a name" in str(_refusal(path).message)


def _filled(path: Path) -> None:
    with closing(SqliteLedger.create(path, "main", "abc123")) as ledger:
        for number in range(40):
            ledger.vouch([DeliveryKey("x", f"draft-{number}")], WHY, "Erika Muster")


def test_a_truncated_ledger_is_refused(path: Path) -> None:
    _filled(path)
    with path.open("r+b") as opened:
        opened.truncate(path.stat().st_size // 2 // 4096 * 4096)
    with pytest.raises(LedgerRefused, match="damaged"):
        _read_everything(path)


def test_a_ledger_with_spoilt_pages_is_refused(path: Path) -> None:
    _filled(path)
    size = path.stat().st_size
    with path.open("r+b") as opened:
        opened.seek(4096 * 2)
        opened.write(os.urandom(size - 4096 * 2))
    with pytest.raises(LedgerRefused, match="damaged"):
        _read_everything(path)


def _read_everything(path: Path) -> None:
    with closing(SqliteLedger(path)) as ledger:
        ledger.states()
        list(ledger.history())


def _fill_disk(ledger: SqliteLedger) -> None:
    pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
    ledger._db.execute(f"PRAGMA max_page_count = {pages}")


def test_on_a_full_disk_nothing_is_half_written(ledger: SqliteLedger) -> None:
    ledger.claim([intent(OTHER)], ALICE)
    before = list(ledger.history())
    _fill_disk(ledger)
    many = [intent(DeliveryKey("x", f"draft-{number}")) for number in range(50)]
    with pytest.raises(LedgerUnwritable) as refused:
        ledger.claim(many, ALICE)
    assert "full" in str(refused.value.message)
    assert "Check the disk" in str(refused.value.advice)
    assert list(ledger.history()) == before
    assert ledger.states() == {OTHER: (State.CLAIMED, "d1")}
    ledger._db.execute("PRAGMA max_page_count = 1000000")
    assert len(ledger.claim(many, BOB)) == 50


def test_an_outcome_that_cannot_be_written_leaves_the_claim_open(ledger: SqliteLedger) -> None:
    ledger.claim([intent()], ALICE)
    _fill_disk(ledger)
    with pytest.raises(LedgerUnwritable):
        ledger.settle(KEY, Receipt("114", f"https://m.example/{'a' * 20_000}", RECEIPT.at), ALICE)
    (standing,) = ledger.open_claims()
    assert (standing.key, standing.state, standing.receipt) == (KEY, State.CLAIMED, None)


def test_a_ledger_that_somebody_else_keeps_locked_is_unwritable_for_now(path: Path, ledger: SqliteLedger) -> None:
    ledger._db.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerUnwritable, match="locked"):
            ledger.claim([intent()], ALICE)
        assert ledger.states() == {}
        other.execute("ROLLBACK")
    assert ledger.claim([intent()], ALICE) == {KEY}


def test_an_error_in_the_middle_of_a_claim_undoes_all_of_it(ledger: SqliteLedger) -> None:
    ledger._db.execute(
        "CREATE TEMP TRIGGER surprise BEFORE INSERT ON event WHEN NEW.draft = 'draft-3'"
        " BEGIN SELECT RAISE(ABORT, 'the disk broke'); END"
    )
    with pytest.raises(LedgerUnwritable, match="the disk broke"):
        ledger.claim([intent(DeliveryKey("x", f"draft-{number}")) for number in range(5)], ALICE)
    assert ledger.states() == {}
    assert list(ledger.history()) == []
