"""What is in the branch is read once, kept by commit, and believed only if it is what kanal wrote."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from kanal.errors import LedgerRefused, LedgerWentBack
from kanal.ledger import State
from kanal.ledger.chain import verify
from kanal.ledger.git.commands import Done, Git
from kanal.ledger.git.files import FORM
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.model import DeliveryKey
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, WHY, intent
from tests.ledger.git.clones import Office, git

MANY = [DeliveryKey("x", f"größe-{number}") for number in range(250)]


@pytest.fixture
def place(office: Office) -> GitPlace:
    """A ledger with 250 events in one commit and one more in another."""
    place = office.place("redaktion", "cache.json")
    ledger = GitLedger.create(place, "main", "abc123")
    ledger.vouch(MANY, WHY, "Erika Muster")
    ledger.claim([intent(KEY)], ALICE)
    ledger.close()
    return place


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The calls of git, each with the number of objects that were asked for."""
    heard: list[tuple[str, int]] = []
    original = Git.call

    def listening(self: Git, *arguments: str, given: bytes = b"", index: Path | None = None) -> Done:
        heard.append((arguments[0], given.count(b"\n") if arguments[0] == "cat-file" else 0))
        return original(self, *arguments, given=given, index=index)

    monkeypatch.setattr(Git, "call", listening)
    return heard


def test_what_was_read_is_not_read_again(place: GitPlace, calls: list[tuple[str, int]]) -> None:
    ledger = GitLedger(place)
    assert len(ledger.states()) == 251
    assert sum(objects for _, objects in calls) == 0
    assert len(calls) <= 6


def test_only_new_events_are_read(office: Office, place: GitPlace, calls: list[tuple[str, int]]) -> None:
    GitLedger(office.place("andere")).claim([intent(OTHER)], BOB)
    calls.clear()
    assert GitLedger(place).states()[OTHER] == (State.CLAIMED, "d1")
    assert sum(objects for _, objects in calls) == 1


def test_a_new_clone_reads_everything_in_a_few_calls(
    office: Office, place: GitPlace, calls: list[tuple[str, int]]
) -> None:
    assert place.cache is not None
    ledger = GitLedger(office.place("andere"))
    assert list(verify(ledger.lines())) == []
    assert len(list(ledger.lines())) == 251
    assert len(calls) <= 8


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _flip(content: bytes) -> bytes:
    """The state of a delivery looks different, as JSON all is well."""
    return content.replace(b'"vouched"', b'"claimed"', 1)


def _empty(_content: bytes) -> bytes:
    return b""


def _other_json(_content: bytes) -> bytes:
    return b"{}\n[]"


@pytest.mark.parametrize("damage", [_cut, _flip, _empty, _other_json])
def test_a_damaged_cache_is_made_anew(place: GitPlace, damage: object) -> None:
    assert place.cache is not None
    whole = place.cache.read_bytes()
    place.cache.write_bytes(damage(whole))  # type: ignore[operator]
    ledger = GitLedger(place)
    assert len(ledger.states()) == 251
    assert ledger.states()[MANY[0]] == (State.PUBLISHED, "")
    ledger.close()
    assert json.loads(place.cache.read_bytes().split(b"\n", 1)[1]) == json.loads(whole.split(b"\n", 1)[1])


def test_a_cache_that_cannot_be_written_costs_time_only(office: Office, place: GitPlace) -> None:
    blocked = GitPlace(place.root, place.remote, office.server / "HEAD" / "cache.json")
    ledger = GitLedger(blocked)
    assert ledger.claim([intent(OTHER)], ALICE) == {OTHER}
    ledger.close()


def _set_back(office: Office, *branches: str, by: int = 1) -> None:
    for branch in branches:
        older = git(office.server, "rev-parse", f"kanal/ledger~{by}" if branch == "ledger" else "kanal/ledger")
        git(office.server, "update-ref", f"refs/heads/kanal/{branch}", older.strip())


def test_a_branch_that_was_set_back_is_noticed_by_a_fresh_clone(office: Office, place: GitPlace) -> None:
    assert place.remote == "origin"
    _set_back(office, "ledger")
    with pytest.raises(LedgerWentBack, match="went back in time") as refused:
        GitLedger(office.place("frisch"))
    assert "kanal/ledger-seen" in str(refused.value.advice)


def test_a_branch_that_is_set_back_during_a_run_is_noticed(office: Office, place: GitPlace) -> None:
    ledger = GitLedger(place, fresh_for=timedelta(0))
    _set_back(office, "ledger", "ledger-seen")
    with pytest.raises(LedgerWentBack):
        ledger.states()


def test_a_run_that_writes_before_it_notices_brings_the_events_back(office: Office, place: GitPlace) -> None:
    ledger = GitLedger(place)
    before = office.branch()
    _set_back(office, "ledger", "ledger-seen")
    assert ledger.claim([intent(KEY), intent(OTHER)], BOB) == {OTHER}
    git(office.server, "merge-base", "--is-ancestor", before, office.branch())
    assert len(list(GitLedger(office.place("frisch")).lines())) == 252


def test_a_deleted_branch_is_noticed(office: Office, place: GitPlace) -> None:
    assert place.remote == "origin"
    before = office.branch()
    git(office.server, "update-ref", "-d", "refs/heads/kanal/ledger")
    clone = office.clone("frisch")
    with pytest.raises(LedgerWentBack, match="is gone from “origin”"):
        GitLedger(GitPlace(clone, "origin"))
    git(clone, "fetch", "--quiet", "origin", "kanal/ledger-seen")
    git(clone, "push", "--quiet", "origin", "FETCH_HEAD:refs/heads/kanal/ledger")
    assert office.branch() == before
    GitLedger(GitPlace(clone, "origin")).claim([intent(OTHER)], BOB)


def test_without_any_branch_nothing_is_made(office: Office) -> None:
    with pytest.raises(LedgerRefused, match="There is no ledger on “origin”"):
        GitLedger(office.place("redaktion"))
    assert "kanal" not in git(office.server, "for-each-ref")


def test_somebody_who_answers_for_the_loss_goes_on(office: Office, place: GitPlace) -> None:
    assert place.remote == "origin"
    _set_back(office, "ledger")
    frisch = office.place("frisch")
    trusting = GitLedger(frisch, trusting=True)
    assert KEY not in trusting.states()
    assert trusting.vouch([KEY], WHY, "Erika Muster") == 1
    trusting.acknowledge()
    assert office.branch() == office.branch("ledger-seen")
    assert GitLedger(frisch).claim([intent(KEY), intent(OTHER)], BOB) == {OTHER}


def _edited(office: Office, name: str, change: tuple[str, str]) -> None:
    """Somebody edits a file of the branch, as one edits any file."""
    clone = office.clone("bearbeitet", "--branch=kanal/ledger")
    file = clone / name
    file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--message=Nur eine Kleinigkeit")
    git(clone, "push", "--quiet", "origin", "HEAD:kanal/ledger", "HEAD:kanal/ledger-seen")


def test_an_edited_event_is_found_out(office: Office, place: GitPlace) -> None:
    _edited(office, "events/0001/000120.json", ("Erika Muster", "Niemand"))
    for clone in (place, office.place("frisch")):
        with pytest.raises(LedgerRefused, match="broken at event 120: It is not what was written"):
            GitLedger(clone)
    broken = list(verify(GitLedger(place, trusting=True).lines()))
    assert [found.number for found in broken] == [120]


def test_an_event_that_cannot_be_read_is_named(office: Office, place: GitPlace) -> None:
    _edited(office, "events/0001/000120.json", ('"number": 120', '"number": 121'))
    with pytest.raises(LedgerRefused, match=r"events/0001/000120\.json in the ledger's branch cannot be read"):
        GitLedger(place, trusting=True)


def test_a_branch_of_a_newer_version_is_refused(office: Office, place: GitPlace) -> None:
    _edited(office, "ledger.json", (f'"form": {FORM}', f'"form": {FORM + 1}'))
    before = office.branch()
    with pytest.raises(LedgerRefused, match="written by a newer version of kanal"):
        GitLedger(place)
    assert office.branch() == before


def test_a_branch_that_holds_something_else_is_refused(office: Office) -> None:
    clone = office.clone("redaktion")
    git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/kanal/ledger")
    with pytest.raises(LedgerRefused, match="holds something else than a ledger"):
        GitLedger(GitPlace(clone, "origin"))


def test_what_was_received_is_read_back_to_the_letter(place: GitPlace, office: Office) -> None:
    ledger = GitLedger(place)
    ledger.settle(KEY, RECEIPT, ALICE, WHY)
    assert list(GitLedger(office.place("andere")).lines()) == list(ledger.lines())
