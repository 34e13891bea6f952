"""Two versions of kanal at once, in clones of one repository: the newer one brings the branch up to date meanwhile."""

from contextlib import closing
from datetime import timedelta

import pytest

from kanal.errors import LedgerRefused
from kanal.ledger import State
from kanal.ledger.git.files import FORM
from kanal.ledger.git.store import GitLedger
from kanal.testing.ledger_contract.subject import ALICE, KEY, OTHER, RECEIPT, intent
from tests.ledger.git.clones import Office, git


def bring_up_to_date(office: Office, form: int = FORM + 1) -> str:
    """What a later version of kanal might do, or what an earlier one left there; the commit."""
    clone = office.clone("neuer", "--branch=kanal/ledger")
    file = clone / "ledger.json"
    text = file.read_text(encoding="utf-8")
    assert f'"form": {FORM}' in text
    file.write_text(text.replace(f'"form": {FORM}', f'"form": {form}'), encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--message=Neue Form")
    git(clone, "push", "--quiet", "origin", "HEAD:kanal/ledger", "HEAD:kanal/ledger-seen")
    return office.branch()


def test_who_has_it_open_while_a_newer_version_updates_it_writes_nothing_any_more(office: Office) -> None:
    ledger = GitLedger.create(office.place("redaktion"), "main", "abc123")
    ledger.claim([intent()], ALICE)
    newer = bring_up_to_date(office)
    for attempt in (
        lambda: ledger.settle(KEY, RECEIPT, ALICE),
        lambda: ledger.claim([intent(OTHER)], ALICE),
        lambda: ledger.retire(ledger.head(), "sqlite"),
    ):
        with pytest.raises(LedgerRefused, match="written by a newer version of kanal") as refused:
            attempt()
        assert "Update kanal" in str(refused.value.advice)
    assert office.branch() == office.branch("ledger-seen") == newer
    assert ledger.states() == {KEY: (State.CLAIMED, "d1")}


def test_who_only_reads_is_told_as_soon_as_it_looks_again(office: Office) -> None:
    ledger = GitLedger.create(office.place("redaktion"), "main", "abc123", fresh_for=timedelta(0))
    bring_up_to_date(office)
    with pytest.raises(LedgerRefused, match="written by a newer version of kanal"):
        ledger.states()


def test_an_older_branch_gets_the_newest_form_with_the_next_event_so_that_older_versions_refuse_it(
    office: Office,
) -> None:
    GitLedger.create(office.place("redaktion"), "main", "abc123").close()
    older = bring_up_to_date(office, FORM - 1)
    place = office.place("andere")
    for _ in range(2):  # reading changes nothing, also with what was kept of it
        with closing(GitLedger(place)) as ledger:
            assert ledger.states() == {}
    assert office.branch() == older
    with closing(GitLedger(place)) as ledger:
        ledger.claim([intent()], ALICE)
    newest = office.branch()
    assert f'"form": {FORM}' in git(office.server, "show", f"{newest}:ledger.json")
    with closing(GitLedger(place)) as ledger:
        ledger.settle(KEY, RECEIPT, ALICE)
    assert "ledger.json" not in git(office.server, "diff", "--name-only", newest, office.branch())
