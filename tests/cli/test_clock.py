"""One clock for a call: it dates the ledger's events and approvals, and whatever is compared with them goes by it."""

from datetime import UTC, datetime, timedelta

import pytest

from kanal.cli.desk import this_machines
from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.cli.conftest import GoLive
from tests.cli.frozen import Frozen
from tests.cli.under_git import committed, server
from tests.conftest import WriteFile
from tests.four_eyes import APPROVER, FourEyes
from tests.ledger.git.clones import Office
from tests.postgres_server import Server

__all__ = ["server"]
DRAFT = "id: fest\nchannels: [mastodon]\ntext: Das Fest beginnt.\n"


@pytest.fixture
def clock(kanal: Kanal) -> Frozen:
    frozen = Frozen()
    kanal.clock = frozen
    return frozen


def times(kanal: Kanal) -> set[datetime]:
    """When the ledger says that something happened."""
    return {datetime.fromisoformat(event["at"]) for event in kanal.json("log").json["events"]}


@pytest.mark.usefixtures("practice")
def test_the_practice_ledger_dates_its_events_by_the_desks_clock(kanal: Kanal, clock: Frozen) -> None:
    assert kanal("publish").code == 0
    assert times(kanal) == {clock.now}


@pytest.fixture(params=["sqlite", "git", "postgres"])
def live(request: pytest.FixtureRequest, kanal: Kanal, clock: Frozen, server: Office, go_live: GoLive) -> str:
    """The office has just set up its ledger in each of the stores, and counts what was there as published."""
    assert clock
    assert server
    go_live()
    if request.param == "postgres":
        database: Server = request.getfixturevalue("postgres")
        request.getfixturevalue("monkeypatch").setenv("KANAL_LEDGER_URL", database.new_database())
    made = kanal("ledger", "init", "--name", "Pressestelle", "--store", request.param, "--all-published")
    assert made.code == 0, made.err
    committed(kanal.root)
    return str(request.param)


@pytest.mark.usefixtures("live")
def test_every_store_dates_its_events_by_the_desks_clock(kanal: Kanal, clock: Frozen) -> None:
    (kanal.root / "posts" / "neu.yaml").write_text(DRAFT, encoding="utf-8")
    clock.move(minutes=15)
    assert kanal.json("publish", "--yes", "fest").outcomes == {"fest/mastodon": "published"}
    assert times(kanal) == {clock.now, clock.now - timedelta(minutes=15)}
    vouched = kanal.json("log", "linden").json["events"][0]
    assert vouched["reason"] == f"Counted as published when the ledger was made on {clock.now:%Y-%m-%d}."


def test_a_lease_lasts_a_quarter_of_an_hour_by_the_clock_that_dated_the_claim(
    kanal: Kanal, clock: Frozen, server: Office, go_live: GoLive, practice: Practice
) -> None:
    """Its runner is on another computer, so nobody here can see whether it lives."""
    from kanal.ledger.git.store import GitLedger, GitPlace
    from kanal.model import DeliveryKey
    from kanal.testing.ledger_contract.subject import intent

    go_live()
    assert kanal("ledger", "init", "--name", "Pressestelle").code == 0
    committed(kanal.root)
    (kanal.root / "posts" / "neu.yaml").write_text(DRAFT, encoding="utf-8")
    ledger = GitLedger(GitPlace(server.clone("andere"), "origin"), clock)
    ledger.claim([intent(DeliveryKey("mastodon", "fest"))], "elsewhere/1/abcdef")
    clock.move(minutes=14, seconds=59)
    assert kanal.json("publish", "--yes", "fest").outcomes == {"fest/mastodon": "skipped"}
    word = ("resolve", "fest", "-c", "mastodon", "--name", "Kim Muster", "--reason", "Nachgesehen", "--not-published")
    assert "Another run is sending it right now." in kanal(*word).err
    clock.move(seconds=1)
    assert kanal(*word).code == 0
    assert practice.posts() == []


def test_an_approval_is_dated_by_the_desks_clock(
    kanal: Kanal, clock: Frozen, four_eyes: FourEyes, write_file: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file("posts/fest.yaml", DRAFT)
    four_eyes.commit()
    monkeypatch.setenv("GIT_AUTHOR_NAME", APPROVER)
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "toni.probe@office.example")
    assert kanal("approve", "fest", "--yes").code == 0
    assert f"at: {clock.local()}" in path.read_text(encoding="utf-8")


def test_lint_looks_at_a_draft_as_of_the_desks_clock(kanal: Kanal, clock: Frozen, write_file: WriteFile) -> None:
    today = DRAFT.replace("beginnt", "beginnt heute")
    write_file("posts/fest.yaml", f"{today}publish_at: {clock.local(hours=24)}\n")
    assert "[time/relative-date]" in kanal("lint").out
    clock.move(days=1)
    assert "[time/relative-date]" not in kanal("lint").out


def test_without_another_clock_the_machines_counts() -> None:
    assert abs(this_machines() - datetime.now(UTC)) < timedelta(minutes=1)
