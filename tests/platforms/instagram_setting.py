"""The Instagram adapter on a practice network, with a staging folder and a clock that tests can put forward."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kanal.model import Channel, Secret, StagingPlace
from kanal.platforms.instagram import Adapter
from kanal.sandbox import Practice
from kanal.sandbox.server import running

ACCOUNT = "17841400000000001"


@dataclass
class Clock:
    """The network's clock, which a test can put forward."""

    hours: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.hours * 3600


@dataclass
class Setting:
    """A practice network with an account on it; `waits` are the pauses that the adapter asked for."""

    practice: Practice
    adapter: Adapter
    channel: Channel
    token: str
    staging: Path
    clock: Clock
    waits: list[float] = field(default_factory=list)

    def staged(self) -> list[str]:
        return sorted(file.name for file in self.staging.iterdir())


@contextmanager
def instagram(folder: Path, *, in_progress: int = 0) -> Iterator[Setting]:
    """A fresh account; `in_progress` is how many looks a container stays unfinished."""
    staging, clock = folder / "staging", Clock()
    with running(
        folder / "practice.sqlite3", staging=staging, instagram_in_progress=in_progress, clock=clock
    ) as practice:
        place = StagingPlace(str(staging), f"{practice.address}staging")
        channel = Channel("instagram", "instagram", ACCOUNT, urls=practice.urls("instagram"), staging=place)
        token = practice.admit("instagram", ACCOUNT, "Landkreis Musterhausen")["access_token"]
        waits: list[float] = []
        adapter = Adapter(channel, {"access_token": Secret(token)}, sleep=waits.append)
        practice.reset_counts()
        yield Setting(practice, adapter, channel, token, staging, clock, waits)
        adapter.close()
