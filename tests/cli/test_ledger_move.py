"""`kanal ledger move` copies everything, verifies it, and leaves behind what refuses to be used."""

import itertools
import shutil
from pathlib import Path

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.ledger.sqlite import SqliteLedger
from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive
from tests.cli.under_git import server
from tests.ledger.git.clones import Office
from tests.postgres_server import Server

__all__ = ["server"]
STORES = ("sqlite", "git", "postgres")


@pytest.fixture
def moving(kanal: Kanal, server: Office, go_live: GoLive, request: pytest.FixtureRequest) -> Kanal:
    """An office that publishes for real and has not chosen a ledger yet."""
    assert server.server.exists()
    go_live()
    if "postgres" in request.node.callspec.params.values():
        postgres: Server = request.getfixturevalue("postgres")
        request.getfixturevalue("monkeypatch").setenv("KANAL_LEDGER_URL", postgres.new_database())
    return kanal


def events(kanal: Kanal) -> list[object]:
    answer = kanal.json("log")
    assert answer.code == 0, answer.err
    return list(answer.json["events"])


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(STORES, 2)))
def test_everything_moves_and_nothing_is_sent_again(moving: Kanal, practice: Practice, before: str, after: str) -> None:
    assert moving("ledger", "init", "--name", "Pressestelle", "--store", before).code == 0
    assert moving("publish", "--yes").out.endswith("Summary: 5 published.\n")
    old, config = events(moving), (moving.root / "config" / "kanal.yaml").read_text(encoding="utf-8")
    moved = moving("ledger", "move", "--to", after)
    assert moved.code == 0, moved.err
    assert "10 events were copied and compared." in moved.err
    assert events(moving) == old
    assert (moving.root / "config" / "kanal.yaml").read_text(encoding="utf-8") == config.replace(
        f"  store: {before}\n", f"  store: {after}\n"
    )
    assert moving("ledger", "check").code == 0
    assert moving("publish", "--yes").out == "Nothing to do: all 5 deliveries are already out.\n"
    assert len(practice.posts()) == 5


@pytest.mark.parametrize(("before", "after"), [("sqlite", "git"), ("git", "postgres"), ("postgres", "sqlite")])
def test_what_is_left_behind_refuses_to_be_used_until_it_is_moved_back(
    moving: Kanal, practice: Practice, before: str, after: str
) -> None:
    config = moving.root / "config" / "kanal.yaml"
    moving("ledger", "init", "--name", "Pressestelle", "--store", before)
    older = config.read_bytes()
    moving("ledger", "move", "--to", after)
    newer = config.read_bytes()
    config.write_bytes(older)  # a clone that has not pulled yet
    answer = moving("publish", "--yes")
    assert answer.code == 2
    assert f"The ledger “Pressestelle” was moved to {after}" in answer.err
    config.write_bytes(newer)
    assert moving("publish", "--yes").out.endswith("Summary: 5 published.\n")
    assert moving("ledger", "move", "--to", before).code == 0
    assert moving("publish", "--yes").out == "Nothing to do: all 5 deliveries are already out.\n"
    assert len(practice.posts()) == 5


@pytest.mark.parametrize("after", ["git"])
def test_a_move_that_was_broken_off_at_the_end_goes_on(moving: Kanal, after: str) -> None:
    config = moving.root / "config" / "kanal.yaml"
    moving("ledger", "init", "--name", "Pressestelle", "--store", "sqlite")
    moving("publish", "--yes")
    older = config.read_bytes()
    moving("ledger", "move", "--to", after)
    newer = config.read_bytes()
    config.write_bytes(older)
    assert moving("ledger", "move", "--to", after).code == 0
    assert config.read_bytes() == newer
    assert len(events(moving)) == 10


@pytest.mark.parametrize("after", ["git"])
def test_events_that_come_in_meanwhile_are_copied_too(
    moving: Kanal, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kanal.testing.ledger_contract.subject import ALICE, OTHER, intent

    moving("ledger", "init", "--name", "Pressestelle", "--store", "sqlite")
    late = SqliteLedger(moving.root / ".kanal" / "ledger.sqlite3")
    original = GitLedger.replay

    def replay(self: GitLedger, lines: object) -> object:
        found = original(self, lines)  # type: ignore[arg-type]
        late.claim([intent(OTHER)], ALICE)
        return found

    monkeypatch.setattr(GitLedger, "replay", replay)
    assert moving("ledger", "move", "--to", after).code == 0
    late.close()
    assert [event["draft"] for event in moving.json("log").json["events"]] == [OTHER.draft]  # of any channel


@pytest.mark.parametrize("after", ["git"])
def test_a_foreign_ledger_in_the_new_place_is_refused(moving: Kanal, after: str) -> None:
    config = moving.root / "config" / "kanal.yaml"
    before = config.read_bytes()
    moving("ledger", "init", "--name", "Eins", "--store", after)
    config.write_bytes(before)
    moving("ledger", "init", "--name", "Zwei", "--store", "sqlite")
    named = config.read_bytes()
    answer = moving("ledger", "move", "--to", after)
    assert answer.code == 2
    assert "There is a ledger already" in answer.err
    assert config.read_bytes() == named
    assert moving("publish", "--yes").code == 0


@pytest.mark.parametrize("after", ["git"])
def test_with_the_new_place_out_of_reach_the_old_one_stays_in_use(moving: Kanal, server: Office, after: str) -> None:
    config = moving.root / "config" / "kanal.yaml"
    moving("ledger", "init", "--name", "Pressestelle", "--store", "sqlite")
    named = config.read_bytes()
    shutil.move(server.server, server.folder / "gone.git")
    answer = moving("ledger", "move", "--to", after)
    assert answer.code == 2
    assert "cannot be reached" in answer.err
    assert config.read_bytes() == named
    assert moving("publish", "--yes").code == 0


@pytest.mark.parametrize("before", STORES)
def test_to_where_it_is_already_it_does_not_move(moving: Kanal, before: str) -> None:
    moving("ledger", "init", "--name", "Pressestelle", "--store", before)
    config = (moving.root / "config" / "kanal.yaml").read_bytes()
    answer = moving("ledger", "move", "--to", before)
    assert answer.code == 2
    assert "is there already" in answer.err
    assert (moving.root / "config" / "kanal.yaml").read_bytes() == config


@pytest.mark.parametrize("after", ["git"])
def test_a_name_that_cannot_be_changed_is_noticed_before_anything_moves(
    moving: Kanal, server: Office, after: str
) -> None:
    config = moving.root / "config" / "kanal.yaml"
    moving("ledger", "init", "--name", "Presse", "--store", "sqlite")
    lines = config.read_text(encoding="utf-8").splitlines()
    identity = next(line.split()[1] for line in lines if line.startswith("  id:"))
    before = "\n".join(
        line for line in lines if not line.startswith(("ledger:", "  name: 'Presse'", "  id:", "  store:"))
    )
    config.write_text(f"{before}\nledger: {{name: Presse,\n  id: {identity}}}\n", encoding="utf-8")
    answer = moving("ledger", "move", "--to", after)
    assert answer.code == 2
    assert "cannot be written into kanal.yaml" in answer.err
    assert moving("publish", "--yes").code == 0
    with pytest.raises(LedgerRefused, match="There is no ledger"):
        GitLedger(GitPlace(Path(server.clone("klon")), "origin"))
