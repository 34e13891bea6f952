"""Ledger files of older and newer versions of kanal, and two versions at once."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from kanal.errors import LedgerRefused, LedgerUnwritable
from kanal.ledger import State
from kanal.ledger.chain import START, Line, verify
from kanal.ledger.sqlite import SqliteLedger
from kanal.ledger.sqlite_file import CHAINED, FORM
from kanal.testing.ledger_contract.subject import ALICE, KEY, OTHER, RECEIPT, intent

OLD_TABLES = """
CREATE TABLE identity (name TEXT NOT NULL, id TEXT NOT NULL, made_at TEXT NOT NULL, version TEXT NOT NULL);
CREATE TABLE event (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL,
    channel TEXT NOT NULL, draft TEXT NOT NULL, part INTEGER NOT NULL, revision INTEGER NOT NULL,
    digest TEXT NOT NULL, by TEXT NOT NULL, version TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE INDEX event_of_draft ON event (draft, channel);
CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_remains BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TABLE delivery (
    channel TEXT NOT NULL, draft TEXT NOT NULL, part INTEGER NOT NULL, revision INTEGER NOT NULL,
    state TEXT NOT NULL, digest TEXT NOT NULL, claim INTEGER, last INTEGER NOT NULL, receipt INTEGER,
    PRIMARY KEY (channel, draft, part, revision)
) WITHOUT ROWID;
"""
"""What kanal 0.1.0 made."""
OLD_INSERT = "INSERT INTO event (at, kind, channel, draft, part, revision, digest, by, version, detail) VALUES "
CLAIM = """('2026-03-02T07:00:00.000000Z', 'claimed', 'mastodon', 'baustelle', 1, 1, 'd1', 'rathaus/1/aaa', '0.1.0',
 '{"prepared": {"part": {"text": "Größe 🌳", "language": "de", "link": null, "media": []}, "handles": {}}}')"""
RECEIVED = """(
 '2026-03-02T07:00:01.000000Z', 'published', 'mastodon', 'baustelle', 1, 1, 'd1', 'rathaus/1/aaa', '0.1.0',
 '{"receipt": {"id": "114", "url": "https://m.example/@lk/114", "at": "2026-11-02T07:00:00.123456Z"}}')"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of kanal 0.1.0 with one published delivery."""
    path = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(OLD_TABLES)
        db.execute("INSERT INTO identity VALUES ('main', 'abc123', '2026-03-01T07:00:00.000000Z', '0.1.0')")
        db.execute(OLD_INSERT + CLAIM)
        db.execute(OLD_INSERT + RECEIVED)
        db.execute("INSERT INTO delivery VALUES ('mastodon', 'baustelle', 1, 1, 'published', 'd1', 1, 2, 2)")
    return path


@pytest.fixture
def older(path: Path) -> Iterator[sqlite3.Connection]:
    """The same file, kept open by kanal 0.1.0."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        yield db


def test_an_old_ledger_is_chained_and_keeps_every_event(path: Path) -> None:
    with closing(SqliteLedger(path)) as ledger:
        claimed, published = ledger.history()
        assert (ledger.name, ledger.id, ledger.moved_to) == ("main", "abc123", None)
        assert (claimed.number, claimed.previous, claimed.by, claimed.version) == (1, START, ALICE, "0.1.0")
        assert (published.previous, published.receipt) == (claimed.mark, RECEIPT)
        assert list(verify(ledger.lines())) == []
        assert ledger.states() == {KEY: (State.PUBLISHED, "d1")}
        assert ledger.claim([intent(KEY, "d2"), intent(OTHER)], ALICE) == {OTHER}
    with closing(SqliteLedger(path)) as again:
        assert [line.number for line in again.lines()] == [1, 2, 3]
        assert list(verify(again.lines())) == []


def test_events_of_an_old_ledger_stay_append_only(path: Path) -> None:
    SqliteLedger(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for change in ("UPDATE event SET by = 'x'", "DELETE FROM event"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                db.execute(change)


def test_the_older_version_can_read_on_but_not_write_unchained_events(path: Path, older: sqlite3.Connection) -> None:
    assert older.execute("SELECT count(*) FROM event").fetchone() == (2,)
    with closing(SqliteLedger(path)) as ledger:
        ledger.claim([intent(OTHER)], ALICE)
        assert older.execute("SELECT state FROM delivery ORDER BY channel").fetchall() == [("published",), ("claimed",)]
        with pytest.raises(sqlite3.IntegrityError, match="update kanal here, too"):
            older.execute(OLD_INSERT + CLAIM)
        assert len(list(ledger.lines())) == 3
        assert list(verify(ledger.lines())) == []


def test_what_the_older_version_is_writing_right_now_is_waited_for(path: Path, older: sqlite3.Connection) -> None:
    older.execute("BEGIN IMMEDIATE")
    older.execute(OLD_INSERT + CLAIM.replace("baustelle", "linden"))
    older.execute("INSERT INTO delivery VALUES ('mastodon', 'linden', 1, 1, 'claimed', 'd1', 3, 3, NULL)")
    with ThreadPoolExecutor(1) as pool:
        newer = pool.submit(_lines, path)
        older.execute("COMMIT")
        lines = newer.result(60)
    assert [line.draft for line in lines] == ["baustelle", "baustelle", "linden"]
    assert list(verify(lines)) == []


def _lines(path: Path) -> list[Line]:
    with closing(SqliteLedger(path)) as ledger:
        return list(ledger.lines())


def test_of_many_that_bring_it_up_to_date_at_once_one_does(path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        copies = list(pool.map(_lines, [path] * 8))
    assert all(copy == copies[0] for copy in copies)
    assert list(verify(copies[0])) == []


def test_an_update_that_fails_leaves_the_ledger_as_it_was(path: Path, older: sqlite3.Connection) -> None:
    older.execute("CREATE TABLE unchained (in_the_way TEXT)")
    with pytest.raises(LedgerUnwritable, match="cannot be written"):
        SqliteLedger(path)
    older.execute(OLD_INSERT + CLAIM.replace("baustelle", "linden"))
    older.execute("DROP TABLE unchained")
    assert len(_lines(path)) == 3


def test_a_ledger_of_a_newer_version_is_refused_and_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("DROP TABLE identity")
        db.execute("CREATE TABLE registry (who TEXT)")
        db.execute(f"PRAGMA user_version = {FORM + 1}")
        db.execute("PRAGMA journal_mode = DELETE")
    before = path.read_bytes()
    with pytest.raises(LedgerRefused, match="written by a newer version of kanal") as refused:
        SqliteLedger(path)
    assert "Update kanal" in str(refused.value.advice)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_who_has_it_open_while_a_newer_version_updates_it_writes_nothing_any_more(path: Path) -> None:
    """Whatever that version keeps there: it need not leave a trigger for those that came before."""
    with closing(SqliteLedger(path)) as ledger, closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute(f"PRAGMA user_version = {FORM + 1}")
        for attempt in (
            lambda: ledger.claim([intent(OTHER)], ALICE),
            lambda: ledger.settle(KEY, RECEIPT, ALICE),
            lambda: ledger.retire(ledger.head(), "git"),
        ):
            with pytest.raises(LedgerRefused, match="written by a newer version of kanal"):
                attempt()
        assert ledger.states() == {KEY: (State.PUBLISHED, "d1")}
        assert newer.execute("SELECT count(*) FROM event").fetchone() == (2,)


def test_a_chained_ledger_gets_the_newest_form_and_keeps_every_event(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite3"
    with closing(SqliteLedger.create(path, "main", "abc123")) as ledger:
        ledger.claim([intent()], ALICE)
        before = list(ledger.lines())
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"PRAGMA user_version = {CHAINED}")
        assert _lines(path) == before
        assert db.execute("PRAGMA user_version").fetchone() == (FORM,)
