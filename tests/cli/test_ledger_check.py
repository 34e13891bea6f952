"""`kanal ledger check` says where the record is not what was written."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive
from tests.cli.under_git import server
from tests.ledger.git.clones import Office, git

__all__ = ["server"]


@pytest.fixture
def used(kanal: Kanal, go_live: GoLive) -> Kanal:
    """An office with ten events in its SQLite ledger."""
    go_live()
    kanal("ledger", "init", "--name", "Pressestelle", "--store", "sqlite")
    assert kanal("publish", "--yes").code == 0
    return kanal


def change(kanal: Kanal, statement: str) -> None:
    """Somebody who can write the file also knows how to get past its triggers."""
    with closing(sqlite3.connect(kanal.root / ".kanal" / "ledger.sqlite3", isolation_level=None)) as db:
        for trigger in ("event_stays", "event_remains"):
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute(statement)


def test_a_whole_ledger_is_told_to_be_whole(used: Kanal) -> None:
    answer = used("ledger", "check")
    assert answer.code == 0
    assert "The ledger “Pressestelle” is whole: 10 events." in answer.out
    mark = used.json("ledger", "check").json["summary"]["mark"]
    assert f"It ends with {mark}." in answer.out


def test_a_changed_event_is_named(used: Kanal) -> None:
    change(used, "UPDATE event SET by = 'Niemand' WHERE number = 4")
    answer = used("ledger", "check")
    assert answer.code == 1
    assert "Event 4: It is not what was written: somebody changed it." in answer.out
    assert "broken in one place" in answer.out
    assert "do not publish before" in answer.err
    found = used.json("ledger", "check")
    assert [broken["number"] for broken in found.json["breaks"]] == [4]
    assert found.code == 1


def test_missing_events_are_named(used: Kanal) -> None:
    change(used, "DELETE FROM event WHERE number IN (3, 4)")
    answer = used("ledger", "check")
    assert answer.code == 1
    assert "Event 5: The events 3 to 4 before it are missing." in answer.out


def test_missing_events_at_the_end_are_noticed_by_what_was_seen(kanal: Kanal, server: Office, go_live: GoLive) -> None:
    """A chain that only got shorter is whole."""
    assert server.server.exists()
    go_live()
    kanal("ledger", "init", "--name", "Pressestelle", "--store", "sqlite")
    kanal("publish", "--yes")
    change(kanal, "DELETE FROM event WHERE number > 8")
    answer = kanal("ledger", "check")
    assert answer.code == 2
    assert answer.out == ""
    assert "went back in time: it ends at event 8, and 10 were seen here" in answer.err


def test_an_edited_git_ledger_is_looked_into_and_not_used(kanal: Kanal, server: Office, go_live: GoLive) -> None:
    go_live()
    kanal("ledger", "init", "--name", "Pressestelle")
    kanal("publish", "--yes")
    clone = server.clone("bearbeitet", "--branch=kanal/ledger")
    file = clone / "events" / "0000" / "000004.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"by": "', '"by": "nicht '), encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--message=Nur eine Kleinigkeit")
    git(clone, "push", "--quiet", "origin", "HEAD:kanal/ledger", "HEAD:kanal/ledger-seen")
    checked = kanal("ledger", "check")
    assert checked.code == 1
    assert "Event 4: It is not what was written" in checked.out
    publish = kanal("publish", "--yes")
    assert publish.code == 2
    assert "broken at event 4" in publish.err


def test_without_a_ledger_there_is_nothing_to_check(kanal: Kanal) -> None:
    assert kanal("ledger", "check").code == 2


def test_the_practice_ledger_can_be_checked(kanal: Kanal, practice: object) -> None:
    assert practice
    assert "is whole: 0 events." in kanal("ledger", "check", "--sandbox").out
    kanal("publish", "--sandbox")
    assert "The ledger “practice” is whole: 9 events." in kanal("ledger", "check", "--sandbox").out


def test_a_ledger_of_a_newer_version_is_named_and_not_touched(used: Kanal) -> None:
    file: Path = used.root / ".kanal" / "ledger.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA user_version = 9")
    before = file.read_bytes()
    for command in (["ledger", "check"], ["publish", "--yes"], ["status"]):
        answer = used(*command)
        assert answer.code == 2
        assert "written by a newer version of kanal" in answer.err
    assert file.read_bytes() == before
