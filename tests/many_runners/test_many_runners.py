"""The promise of kanal with many runners: each delivery exists exactly once, on the networks and in the ledger."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kanal.ledger import EventKind, State
from kanal.ledger.chain import verify
from kanal.ledger.git.store import GitLedger
from kanal.ledger.postgres.store import PostgresLedger
from kanal.ledger.sqlite import SqliteLedger
from kanal.model import DeliveryKey, Secret
from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from tests.ledger.git.clones import _nobodys_settings, made
from tests.many_runners.crowd import Crowd, Desk
from tests.many_runners.office import make_office
from tests.many_runners.summary import RECORD
from tests.optional import DEMANDED, require_or_skip
from tests.postgres_server import Server

__all__ = ["_nobodys_settings"]
RUNNERS = 8
DRAFTS = int(os.environ.get("KANAL_MANY_DRAFTS") or (200 if os.environ.get(DEMANDED) == "1" else 25))
"""200 where everything is demanded (CI); fewer on a developer's machine."""
KILLS = 24
SECONDS = 1200.0
LATENCY_SECONDS = 0.03


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    """The office's folder on two computers."""
    made = [tmp_path / "rathaus", tmp_path / "kreishaus"]
    for folder in made:
        make_office(folder, DRAFTS)
    return made


@pytest.fixture
def practice(folders: list[Path], tmp_path: Path) -> Iterator[Practice]:
    """Practice networks that take a moment for each request, found by every runner."""
    from kanal.sandbox.server import running

    with running(tmp_path / "networks.sqlite3", staging=tmp_path / "staging", rate_limits=False) as networks:
        for folder in folders:
            state = folder / ".kanal" / "sandbox"
            state.mkdir(parents=True)
            (state / "address").write_text(networks.address, encoding="utf-8")
            _share(tmp_path / "staging", state / "staging")
        for platform in PLATFORMS:
            networks.set_fault(platform, Fault(FaultKind.LATENCY, None, LATENCY_SECONDS, "all"))
        yield networks


def _share(folder: Path, name: Path) -> None:
    try:
        name.symlink_to(folder, target_is_directory=True)
    except OSError:  # Windows, without the right to
        require_or_skip("the two computers need one place for pictures, and there are no symbolic links here")


@pytest.fixture(params=["sqlite", "git", "postgres"])
def desks(request: pytest.FixtureRequest, folders: list[Path]) -> list[Desk]:
    """Where the runners work, and with which ledger."""
    stores: dict[str, Callable[[pytest.FixtureRequest, list[Path]], list[Desk]]] = {
        "sqlite": _sqlite,
        "git": _git,
        "postgres": _postgres,
    }
    return stores[request.param](request, folders)


def _sqlite(_request: pytest.FixtureRequest, folders: list[Path]) -> list[Desk]:
    """A file is on one computer."""
    path = folders[0] / ".kanal" / "ledger.sqlite3"
    SqliteLedger.create(path, "main", "abc123").close()
    return [Desk("sqlite", folders[0], partial(SqliteLedger, path))]


def _git(_request: pytest.FixtureRequest, folders: list[Path]) -> list[Desk]:
    """A clone on each computer."""
    server = made(folders[0].parent)
    places = [server.place(f"clone-{folder.name}", f"cache-{folder.name}.json") for folder in folders]
    GitLedger.create(places[0], "main", "abc123").close()
    return [Desk("git", folder, partial(GitLedger, place)) for folder, place in zip(folders, places, strict=True)]


def _postgres(request: pytest.FixtureRequest, folders: list[Path]) -> list[Desk]:
    server: Server = request.getfixturevalue("postgres")
    url = Secret(server.new_database())
    PostgresLedger.create(url, "main", "abc123").close()
    return [Desk("postgres", folder, partial(PostgresLedger, url)) for folder in folders]


def test_each_delivery_is_published_once_while_runners_are_killed_and_started_again(
    desks: list[Desk], practice: Practice, record_property: Callable[[str, object], None]
) -> None:
    ledger = desks[0].open_ledger()
    crowd = Crowd(desks, RUNNERS, KILLS)
    try:
        crowd.work(ledger, DRAFTS * len(PLATFORMS), SECONDS)
    finally:
        crowd.stop()

    every = {DeliveryKey(platform, f"meldung-{number}") for platform in PLATFORMS for number in range(DRAFTS)}
    posts = {platform: practice.posts(platform) for platform in PLATFORMS}
    for platform in PLATFORMS:
        texts = Counter(post.text for post in posts[platform])
        assert set(texts.values()) == {1}, f"{platform}: {[text for text, times in texts.items() if times > 1]}"
        assert len(texts) == DRAFTS
    assert {key for key, (state, _) in ledger.states().items() if state is State.PUBLISHED} == every
    events = list(ledger.history())
    published = [event for event in events if event.kind is EventKind.PUBLISHED]
    assert len(published) == len({event.key for event in published}) == len(every)
    noted = {(event.key.channel, event.receipt.id) for event in published if event.receipt}
    assert noted == {(platform, post.id) for platform in PLATFORMS for post in posts[platform]}
    assert list(verify(ledger.lines())) == []
    doubts = sum(event.kind is EventKind.TAKEN_OVER for event in events)
    record_property(RECORD, [desks[0].store, RUNNERS, crowd.started, crowd.killed, len(published), doubts])
    assert crowd.killed >= KILLS - 1
    assert doubts > 0
    ledger.close()
