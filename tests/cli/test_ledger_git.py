"""Several clones of one repository, and one ledger in a branch of it."""

import shutil
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Answer, Kanal, process
from tests.cli.conftest import GoLive
from tests.cli.under_git import committed, server
from tests.conftest import WriteFile
from tests.ledger.git.clones import Office, fingerprint, git

__all__ = ["server"]


@pytest.fixture
def shared(kanal: Kanal, server: Office, go_live: GoLive) -> Office:
    """The office publishes for real, with a ledger that every clone can use."""
    go_live()
    made = kanal("ledger", "init", "--name", "Pressestelle")
    assert made.code == 0, made.err
    assert "is ready, in the branch kanal/ledger" in made.err
    committed(kanal.root)
    return server


def elsewhere(office: Office, capsys: pytest.CaptureFixture[str], name: str = "anderswo") -> Kanal:
    """kanal in another clone."""
    return Kanal(office.clone(name), capsys)


def test_auto_makes_a_git_ledger_where_there_is_a_remote(kanal: Kanal, shared: Office) -> None:
    assert "  store: git\n" in (kanal.root / "config" / "kanal.yaml").read_text(encoding="utf-8")
    assert "kanal/ledger" in git(shared.server, "branch", "--list", "kanal/*")
    assert not (kanal.root / ".kanal" / "ledger.sqlite3").exists()


def test_what_one_clone_published_no_other_publishes(
    kanal: Kanal,
    shared: Office,
    practice: Practice,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert kanal("publish", "--yes").out.endswith("Summary: 5 published.\n")
    monkeypatch.setenv("CI", "true")
    for name in ("zweiter-laptop", "ci-job"):
        job = elsewhere(shared, capsys, name)
        assert job("publish", "--yes").out == "Nothing to do: all 5 deliveries are already out.\n"
    assert len(practice.posts()) == 5


def test_a_shallow_detached_clone_publishes_what_is_new(
    kanal: Kanal, shared: Office, practice: Practice, write_file: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    kanal("publish", "--yes")
    write_file("posts/neu.yaml", "id: neu\nchannels: [mastodon]\ntext: Neu.\n")
    git(kanal.root, "add", "--all")
    committed(kanal.root)
    clone = shared.clone("job", "--depth=1", "--single-branch", "--branch=main")
    git(clone, "checkout", "--quiet", "--detach")
    before = fingerprint(clone)
    job = Kanal(clone, capsys)
    assert job.json("publish", "--yes", "neu").outcomes == {"neu/mastodon": "published"}
    shutil.rmtree(clone / ".kanal")
    assert fingerprint(clone) == before
    assert kanal("publish", "--yes").out == "Nothing to do: all 6 deliveries are already out.\n"
    assert [post.text for post in practice.posts()].count("Neu.") == 1


def test_with_the_server_down_nothing_is_sent(kanal: Kanal, shared: Office, practice: Practice) -> None:
    gone = shared.folder / "gone.git"
    shutil.move(shared.server, gone)
    before = sum(practice.request_counts().values())
    answer = kanal("publish", "--yes")
    assert answer.code == 2
    assert "The ledger on “origin” cannot be reached:" in answer.err
    assert "Nothing is sent without it." in answer.err
    assert (practice.posts(), sum(practice.request_counts().values())) == ([], before)
    shutil.move(gone, shared.server)
    assert kanal("publish", "--yes").code == 0


def test_a_force_push_of_the_ledger_is_noticed_by_a_fresh_clone(
    kanal: Kanal, shared: Office, practice: Practice, capsys: pytest.CaptureFixture[str]
) -> None:
    older = shared.branch()
    kanal("publish", "--yes")
    sent = len(practice.posts())
    git(shared.server, "update-ref", "refs/heads/kanal/ledger", older)
    for where in (kanal, elsewhere(shared, capsys)):
        answer = where("publish", "--yes")
        assert answer.code == 2
        assert "went back in time" in answer.err
    assert len(practice.posts()) == sent


def test_a_force_push_of_all_that_kanal_keeps_there_is_noticed_by_who_was_there(
    kanal: Kanal, shared: Office, practice: Practice
) -> None:
    older = shared.branch()
    kanal("publish", "--yes")
    for branch in ("ledger", "ledger-seen"):
        git(shared.server, "update-ref", f"refs/heads/kanal/{branch}", older)
    shutil.rmtree(kanal.root / ".kanal" / "cache")
    answer = kanal("publish", "--yes")
    assert answer.code == 2
    assert "went back in time: it ends at event 0, and 10 were seen here" in answer.err
    assert len(practice.posts()) == 5


def test_somebody_answers_for_what_was_lost(
    kanal: Kanal, shared: Office, practice: Practice, write_file: WriteFile, capsys: pytest.CaptureFixture[str]
) -> None:
    older = shared.branch()
    kanal("publish", "--yes")
    git(shared.server, "update-ref", "refs/heads/kanal/ledger", older)
    accepted = kanal("ledger", "accept-loss", "--name", "Erika Muster", "--reason", "Der Server brannte ab.")
    assert accepted.code == 0, accepted.err
    assert "5 deliveries count as published." in accepted.err
    assert "The ledger “Pressestelle” is in use again." in accepted.err
    write_file("posts/neu.yaml", "id: neu\nchannels: [mastodon]\ntext: Neu.\n")
    assert kanal("publish", "--yes").out.endswith("Summary: 1 published, 5 already out.\n")
    assert elsewhere(shared, capsys)("publish", "--yes").code == 0
    assert len(practice.posts()) == 6
    assert "Erika Muster goes on with a ledger that lost events: Der Server brannte ab." in kanal("log").out


def test_a_doubt_that_another_computer_left_is_first_left_alone(
    kanal: Kanal, shared: Office, practice: Practice, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its runner may be sending: nobody here can see whether it lives."""
    from kanal.ledger.git.store import GitLedger, GitPlace
    from kanal.model import DeliveryKey
    from kanal.testing.ledger_contract.subject import intent

    ledger = GitLedger(GitPlace(shared.clone("andere"), "origin"))
    ledger.claim([intent(DeliveryKey("mastodon", "linden"))], "elsewhere/1/abcdef")
    answer = kanal.json("publish", "--yes", "linden")
    assert answer.outcomes["linden/mastodon"] == "skipped"
    told = {one["channel"]: one["reason"] for one in answer.json["deliveries"]}
    assert told["mastodon"] == "Another run is sending it right now."
    resolve = kanal("resolve", "linden", "-c", "mastodon", "--name", "E", "--reason", "r", "--not-published")
    assert resolve.code == 2
    assert "Another run is sending it right now." in resolve.err
    assert [post.text for post in practice.posts("mastodon")] == []
    assert capsys.readouterr().out == ""


def test_two_processes_in_two_clones_publish_each_delivery_once(
    kanal: Kanal, shared: Office, practice: Practice, capsys: pytest.CaptureFixture[str]
) -> None:
    import os
    from concurrent.futures import ThreadPoolExecutor

    other = elsewhere(shared, capsys)
    environ = {name: value for name, value in os.environ.items() if name.startswith(("KANAL_", "GIT_"))}

    def publish(root: Path) -> Answer:
        return process(root, "publish", "--yes", "--wait", "5", environ=environ)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(publish, [kanal.root, other.root] * 2))
    assert {answer.code for answer in answers} == {0}, [answer.err for answer in answers]
    posts = [(post.platform, post.text) for post in practice.posts()]
    assert len(posts) == len(set(posts)) == 5
