"""The contract suite against our practice networks: what a test class of ours needs is the platform's name."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from kanal.model import Channel, ChannelStatus, Secret, StagingPlace
from kanal.sandbox import Exchange, Fault, Practice, PracticePost
from kanal.testing.contract import AdapterContract

ACCOUNTS: Mapping[str, str] = {
    "mastodon": "landkreis@social.example",
    "x": "landkreis",
    "facebook": "104711",
    "instagram": "17841400000104711",
}
"""An account, as each platform writes its own."""


class TurnedClock:
    """The time of day, as long as nobody turns it."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        """Unix seconds."""
        return time.time() + self.ahead


@dataclass(frozen=True, slots=True)
class PracticeNetwork:
    """One account on a practice network, as a `kanal.testing.Network`."""

    practice: Practice
    channel: Channel
    credentials: Mapping[str, Secret]
    clock: TurnedClock

    def posts(self) -> Sequence[PracticePost]:
        """What the account has published."""
        return self.practice.posts(self.channel.platform, self.channel.account)

    def request_count(self) -> int:
        """Requests to the platform since the server started."""
        return self.practice.request_counts()[self.channel.platform]

    def set_fault(self, fault: Fault) -> None:
        """Go wrong in this way from now on."""
        self.practice.set_fault(self.channel.platform, fault)

    def heal(self) -> None:
        """Go right again."""
        self.practice.heal()

    def turn_to(self, at: datetime) -> None:
        """Let it be `at` there."""
        self.clock.ahead = (at - datetime.now(UTC)).total_seconds()


def new_account(practice: Practice, platform: str, staging: Path, clock: TurnedClock | None = None) -> PracticeNetwork:
    """An account on a practice network; `staging` is the folder that the practice server shows, `clock` its own."""
    account = ACCOUNTS[platform]
    credentials = practice.admit(platform, account, "Landkreis Beispiel")
    channel = Channel(
        name="amt",
        platform=platform,
        account=account,
        status=ChannelStatus.ACTIVE,
        urls=practice.urls(platform),
        staging=StagingPlace(str(staging), f"{practice.address}staging"),
    )
    own = {name: Secret(value) for name, value in credentials.items()}
    return PracticeNetwork(practice, channel, own, clock or TurnedClock())


class PracticeContract(AdapterContract):
    """The suite on our own server: `platform` is all that a subclass says."""

    platform: ClassVar[str | None] = None
    listeners: ClassVar[Sequence[Callable[[Exchange], None]]] = ()
    """Who hears of every request and answer."""

    @pytest.fixture
    def network(self, tmp_path: Path) -> Iterator[PracticeNetwork]:
        """A fresh account on a fresh server."""
        from kanal.sandbox.server import running

        staging = tmp_path / "staging"
        clock = TurnedClock()
        with running(tmp_path / "practice.sqlite3", staging=staging, record=self._tell, clock=clock) as practice:
            if self.platform is None:
                raise NotImplementedError("say which platform")
            yield new_account(practice, self.platform, staging, clock)

    def _tell(self, exchange: Exchange) -> None:
        for listener in self.listeners:
            listener(exchange)
