"""Practice networks with a clock that a test turns, and channels that point at them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.model import Channel
from kanal.platforms import adapter_class
from kanal.sandbox import Exchange, Practice
from kanal.sandbox.server import running
from kanal.testing.parts import Writer
from tests.sandbox.clock import Clock

ACCOUNTS = {
    "mastodon": "landkreis@social.example",
    "x": "lk_musterland",
    "facebook": "100000000000001",
    "instagram": "17840000000000001",
}
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
"""Where the clock of the practice networks begins."""
MakeChannel = Callable[[str], Channel]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def exchanges() -> list[Exchange]:
    """Every request and answer."""
    return []


@pytest.fixture
def practice(tmp_path: Path, clock: Clock, exchanges: list[Exchange]) -> Iterator[Practice]:
    with running(tmp_path / "practice.sqlite3", clock=clock, record=exchanges.append) as networks:
        yield networks


@pytest.fixture
def channel(practice: Practice) -> MakeChannel:
    """A live channel whose account is there, beside another account that is not the channel's."""

    def make(platform: str) -> Channel:
        practice.admit(platform, ACCOUNTS[platform], "Landkreis Musterland")
        practice.admit(platform, OTHERS[platform], "Jugendamt")
        return Channel(platform, platform, ACCOUNTS[platform], live=True, urls=practice.urls(platform))

    return make


OTHERS = {
    "mastodon": "jugendamt@social.example",
    "x": "jugendamt",
    "facebook": "100000000000002",
    "instagram": "17840000000000002",
}


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    """Of parts that every network takes."""
    return Writer(adapter_class("x").limits, tmp_path)
