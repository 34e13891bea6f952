"""A network that does as it is told, and a channel on it: where the network ends, the fake begins."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from kanal.compose import Post
from kanal.fitting import Fit
from kanal.ledger import State
from kanal.ledger.sqlite import SqliteLedger
from kanal.limits import Limits
from kanal.model import Channel, ChannelStatus, DeliveryKey, Draft, DraftType, Part, Prepared, Receipt, Secret
from kanal.publish.conditions import Conditions, Moment, News, Result
from kanal.publish.outlet import Outlet
from kanal.publish.pace import Pace
from kanal.publish.planning import Step

LIMITS = Limits(text=500, count=len, media_max=4, media_types=frozenset({"image/jpeg"}), media_bytes=10**6, alt=1000)
CHANNEL = Channel("amt", "stand-in", "amt", ChannelStatus.ACTIVE)
Behaviour = Callable[[], None]


class StandIn:
    """An adapter whose `commit` does what `script` says, one entry a call: raise, or publish when it is None.

    An entry that is an exception with `stored = True` publishes first and raises then.
    """

    limits: ClassVar[Limits] = LIMITS
    needs: ClassVar[tuple[str, ...]] = ()
    urls: ClassVar[Mapping[str, str]] = {}
    settles_after: ClassVar[timedelta] = timedelta(seconds=0)

    def __init__(self, channel: Channel = CHANNEL, credentials: Mapping[str, Secret] | None = None) -> None:
        self.script: list[tuple[Exception | None, bool]] = []
        self.posts: list[str] = []
        self.calls: list[str] = []

    def will(self, error: Exception | None, *, stored: bool = False) -> None:
        """The next commit raises `error`, after publishing if `stored`."""
        self.script.append((error, stored))

    def prepare(self, part: Part) -> Prepared:
        self.calls.append("prepare")
        return Prepared(part)

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        self.calls.append("commit")
        error, stored = self.script.pop(0) if self.script else (None, True)
        if stored or error is None:
            self.posts.append(prepared.part.text)
        if error:
            raise error
        return self._receipt(prepared)

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        self.calls.append("find")
        return self._receipt(prepared) if prepared.part.text in self.posts else None

    def close(self) -> None:
        self.calls.append("close")

    def _receipt(self, prepared: Prepared) -> Receipt:
        number = self.posts.index(prepared.part.text)
        return Receipt(f"{number}", f"https://network.example/{number}", datetime.now(UTC))


@dataclass
class Stage:
    """A channel on the stand-in with a real ledger, a clock that can be set, and what was heard on the way."""

    folder: Path
    adapter: StandIn = field(default_factory=StandIn)
    wait: float = 0.0
    patience: float | None = None
    alive: bool = False
    offset: timedelta = timedelta()
    slept: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    heard: list[tuple[Moment, str]] = field(default_factory=list)
    on_moment: Callable[[Moment, DeliveryKey], None] = lambda _moment, _key: None
    channel: Channel = CHANNEL
    fit: Fit = lambda part: part

    def __post_init__(self) -> None:
        self.ledger = SqliteLedger.create(self.folder / "ledger.sqlite3", "test", "test", self.now)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def outlet(self, by: str = "host/1/me", pace: Pace | None = None) -> Outlet:
        conditions = Conditions(
            by,
            timedelta(seconds=self.wait),
            self._watch,
            lambda standing: self.alive and standing.state is State.CLAIMED,
            self.stop,
            self.now,
            ticks=lambda: time.monotonic() + self.slept,
        )
        patience = None if self.patience is None else timedelta(seconds=self.patience)
        return Outlet(self.channel, self.adapter, self.ledger, conditions, patience, fit=self.fit, pace=pace)

    def publish(self, *steps: Step) -> list[Result]:
        return self.outlet().run(steps)

    def _watch(self, moment: Moment, key: DeliveryKey, reason: News) -> None:
        self.heard.append((moment, key.draft))
        self.on_moment(moment, key)


def step(number: int = 1, *, doubt: bool = False, text: str = "") -> Step:
    """A due step of draft `meldung-<number>`."""
    draft = Draft(
        f"meldung-{number}", f"posts/{number}.yaml", DraftType.ANNOUNCEMENT, ("amt",), text or f"Meldung {number}", "de"
    )
    post = Post(draft, CHANNEL, LIMITS, Part(draft.text, "de"))
    return Step(DeliveryKey("amt", draft.id), draft.path, post=post, doubt=doubt)
