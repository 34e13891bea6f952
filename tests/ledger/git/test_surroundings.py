"""Whatever the clone is like, the ledger works in it, and leaves it as it was."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kanal.errors import LedgerRefused, LedgerUnreachable, LedgerUnwritable
from kanal.ledger.git import commands
from kanal.ledger.git.commands import Git
from kanal.ledger.git.remote import remote_of
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, intent
from tests.ledger.git.clones import Office, fingerprint, git, made


def _depth_one(office: Office) -> Path:
    return office.clone("klon", "--depth=1", "--single-branch", "--branch=main")


def _detached(office: Office) -> Path:
    clone = office.clone("klon")
    git(clone, "checkout", "--quiet", "--detach")
    return clone


def _without_blobs(office: Office) -> Path:
    git(office.server, "config", "uploadpack.allowFilter", "true")
    return office.clone("klon", "--filter=blob:none")


def _below_the_top(office: Office) -> Path:
    return office.clone("klon") / "posts"


def _beside(office: Office) -> Path:
    """A second work tree of the same clone."""
    clone = office.clone("klon")
    git(clone, "worktree", "add", "--quiet", "--detach", str(office.folder / "daneben größe"))
    return office.folder / "daneben größe"


@pytest.mark.parametrize("arranged", [_depth_one, _detached, _without_blobs, _below_the_top, _beside])
def test_a_ledger_is_shared_with_a_clone_of_any_kind(office: Office, arranged: Callable[[Office], Path]) -> None:
    first = GitLedger.create(office.place("redaktion"), "main", "abc123")
    first.claim([intent(KEY)], ALICE)
    second = GitLedger(GitPlace(arranged(office), "origin"))
    assert second.claim([intent(KEY), intent(OTHER)], BOB) == {OTHER}
    assert first.claim([intent(KEY), intent(OTHER)], ALICE) == frozenset()
    second.settle(OTHER, RECEIPT, BOB)
    assert len(list(GitLedger(office.place("redaktion")).lines())) == 3


def test_an_empty_repository_will_do(tmp_path: Path) -> None:
    office = made(tmp_path, empty=True)
    first = GitLedger.create(office.place("redaktion"), "main", "abc123")
    first.claim([intent(KEY)], ALICE)
    assert GitLedger(office.place("andere")).claim([intent(KEY), intent(OTHER)], BOB) == {OTHER}


def test_nothing_of_the_persons_clone_is_touched(office: Office) -> None:
    clone = office.clone("redaktion")
    (clone / "neu.txt").write_text("nicht gesichert", encoding="utf-8")
    (clone / "posts" / "größe.yaml").write_text("id: anders\n", encoding="utf-8")
    git(clone, "add", "neu.txt")
    before = fingerprint(clone)
    main = git(office.server, "rev-parse", "main")
    ledger = GitLedger.create(GitPlace(clone, "origin"), "main", "abc123")
    ledger.claim([intent(KEY)], ALICE)
    ledger.settle(KEY, RECEIPT, ALICE)
    GitLedger(office.place("andere")).claim([intent(OTHER)], BOB)
    assert ledger.standing(KEY) is not None
    ledger.head()
    assert fingerprint(clone) == before
    assert git(office.server, "rev-parse", "main") == main
    assert not (clone / ".git" / "FETCH_HEAD").exists()


def test_hooks_signing_and_settings_of_the_person_do_not_matter(office: Office) -> None:
    clone = office.clone("redaktion")
    for name in ("pre-push", "reference-transaction", "post-commit", "pre-auto-gc"):
        hook = clone / ".git" / "hooks" / name
        hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        hook.chmod(0o755)
    for setting, value in {
        "commit.gpgSign": "true",
        "push.gpgSign": "true",
        "gpg.program": "false",
        "user.name": "Erika Muster",
        "push.default": "nothing",
        "push.followTags": "true",
        "fetch.prune": "true",
        "fetch.recurseSubmodules": "true",
        "i18n.commitEncoding": "ISO-8859-1",
        "core.autocrlf": "true",
        "remote.origin.push": "HEAD:refs/heads/anders",
    }.items():
        git(clone, "config", setting, value)
    ledger = GitLedger.create(GitPlace(clone, "origin"), "Größe", "abc123")
    ledger.claim([intent(KEY)], ALICE)
    assert GitLedger(office.place("andere")).name == "Größe"
    assert git(office.server, "log", "-1", "--format=%an <%ae>%n%B", "kanal/ledger").split("\n") == [
        "kanal <kanal@localhost>",
        "claimed mastodon/baustelle/1/1",
        "",
    ]
    assert git(office.server, "for-each-ref", "--format=%(refname)").split() == [
        "refs/heads/kanal/ledger",
        "refs/heads/kanal/ledger-seen",
        "refs/heads/main",
    ]


def test_it_works_inside_a_hook_of_another_repository(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    place = office.place("redaktion")
    monkeypatch.setenv("GIT_DIR", str(office.clone("andere") / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(office.folder / "index"))
    ledger = GitLedger.create(place, "main", "abc123")
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}
    assert not (office.folder / "index").exists()


def test_people_can_read_an_event(office: Office) -> None:
    ledger = GitLedger.create(office.place("redaktion"), "main", "abc123")
    ledger.claim([intent(KEY)], ALICE)
    event = git(office.server, "show", "kanal/ledger:events/0000/000001.json")
    assert '"kind": "claimed"' in event
    assert '        "text": "Zeile 1\\nZeile 2 \'ä\' 🌳"' in event
    assert "Do not edit" in git(office.server, "show", "kanal/ledger:README.md")


def test_outside_of_a_repository_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerRefused, match="is in no git repository"):
        GitLedger(GitPlace(tmp_path, "origin"))


def test_without_git_it_cannot_be_opened(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    place = office.place("redaktion")
    monkeypatch.setenv("PATH", str(office.folder))
    with pytest.raises(LedgerUnwritable, match="git cannot be started") as refused:
        GitLedger(place)
    assert "Install git" in str(refused.value.advice)


def test_the_remote_is_the_upstreams_then_origin_then_the_only_one(office: Office) -> None:
    clone = office.clone("redaktion")
    assert remote_of(Git(clone)) == "origin"
    git(clone, "remote", "add", "amt", str(office.server))
    assert remote_of(Git(clone)) == "origin"
    git(clone, "config", "branch.main.remote", "amt")
    assert remote_of(Git(clone)) == "amt"
    git(clone, "checkout", "--quiet", "--detach")
    assert remote_of(Git(clone)) == "origin"
    git(clone, "remote", "remove", "origin")
    assert remote_of(Git(clone)) == "amt"
    git(clone, "remote", "remove", "amt")
    assert remote_of(Git(clone)) is None
    assert remote_of(Git(office.folder)) is None


def test_a_lock_file_that_a_killed_git_left_behind_is_cleared_away(office: Office) -> None:
    place = office.place("redaktion")
    ledger = GitLedger.create(place, "main", "abc123")
    left = place.root / ".git" / "refs" / "kanal" / "ledger.lock"
    left.touch()
    os.utime(left, (time.time() - 3600, time.time() - 3600))
    assert ledger.claim([intent(KEY)], ALICE) == {KEY}
    assert not left.exists()


def test_a_git_that_never_answers_is_ended(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    place = office.place("redaktion")
    GitLedger.create(place, "main", "abc123")
    slow = office.folder / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    slow.chmod(0o755)
    git(place.root, "remote", "set-url", "origin", "ssh://nobody@127.0.0.1/amt.git")
    monkeypatch.setenv("GIT_SSH", str(slow))
    monkeypatch.setattr(commands, "SECONDS", 0.3)
    begun = time.monotonic()
    with pytest.raises(LedgerUnreachable, match=r"no answer within"):
        GitLedger(place)
    assert time.monotonic() - begun < 30
