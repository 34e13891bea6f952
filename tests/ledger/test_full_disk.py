"""What lies beside a ledger, on a disk that is really full or cannot be written: the outcome of a run counts more."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from kanal.errors import LedgerUnwritable, LedgerWentBack
from kanal.ledger import State
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.ledger.memory import remember
from kanal.ledger.office import fresh_name, new_office_ledger, office_ledger
from kanal.ledger.sqlite import SqliteLedger
from kanal.ledger.stores import Site
from kanal.testing.ledger_contract.subject import ALICE, KEY, OTHER, RECEIPT, intent
from tests.ledger.git.clones import Office, _nobodys_settings, git, made
from tests.ledger.small_disk import SmallDisk, small_disk

__all__ = ["_nobodys_settings", "small_disk"]


@pytest.fixture
def site(small_disk: SmallDisk) -> Site:
    """An office on the small disk."""
    return Site(small_disk.path, small_disk.path / ".kanal", {"PATH": os.environ["PATH"]})


def test_a_disk_that_fills_up_during_a_run_does_not_hide_what_the_run_says(
    small_disk: SmallDisk, site: Site, tmp_path: Path
) -> None:
    config = tmp_path / "kanal.yaml"
    config.write_text("office: Landkreis\n", encoding="utf-8")
    named = fresh_name("Presse", "sqlite", None)
    with new_office_ledger(site, config, None, named):
        pass
    with office_ledger(site, named) as ledger:
        ledger.claim([intent()], ALICE)
        small_disk.fill()
        with pytest.raises(LedgerUnwritable):
            ledger.settle(KEY, RECEIPT, ALICE)
    small_disk.fill()  # SQLite tidied up and made some room
    with pytest.raises(LedgerUnwritable), office_ledger(site, named):
        raise AssertionError("the next run does not begin")
    small_disk.empty()
    with office_ledger(site, named) as ledger:
        assert ledger.states() == {KEY: (State.CLAIMED, "d1")}


def test_a_ledger_that_goes_back_during_a_run_is_told_all_the_same(tmp_path: Path) -> None:
    root, config = tmp_path / "office", tmp_path / "kanal.yaml"
    config.write_text("office: Landkreis\n", encoding="utf-8")
    office = made(tmp_path)
    office.clone("office")
    here = Site(root, root / ".kanal", dict(os.environ))
    named = fresh_name("Presse", "git", "origin")
    with new_office_ledger(here, config, None, named) as ledger:
        ledger.claim([intent()], ALICE)
    older = office.branch()

    def run() -> None:
        with office_ledger(here, named) as ledger:
            ledger.claim([intent(OTHER)], ALICE)
            for name in ("ledger", "ledger-seen"):
                git(office.server, "update-ref", f"refs/heads/kanal/{name}", older)
            assert isinstance(ledger, GitLedger)
            ledger._looked = 0.0  # some time has passed

    with pytest.raises(LedgerWentBack):
        run()


def test_what_was_seen_leaves_nothing_behind_where_it_does_not_fit(small_disk: SmallDisk, site: Site) -> None:
    with closing(SqliteLedger.create(site.file, "main", "abc123")) as ledger:
        ledger.claim([intent()], ALICE)
        small_disk.fill()
        with pytest.raises(LedgerUnwritable, match="No space left on device"):
            remember(ledger, site)
    assert list(site.state.glob("seen-*")) == []


def test_a_clone_that_cannot_be_written_is_not_called_locked(small_disk: SmallDisk, tmp_path: Path) -> None:
    office: Office = made(tmp_path)
    clone = small_disk.path / "klon"
    git(tmp_path, "clone", "--quiet", office.server.as_uri(), str(clone))
    ledger = GitLedger.create(GitPlace(clone, "origin"), "main", "abc123")
    small_disk.protect()
    with pytest.raises(LedgerUnwritable, match=r"ledger\.lock cannot be written: Read-only file system") as refused:
        ledger.claim([intent()], ALICE)
    assert "rights" in str(refused.value.advice)
    small_disk.protect(read_only=False)
    assert ledger.claim([intent()], ALICE) == {KEY}
