"""What a run may do and whom it tells, and what comes back for each step. Values only."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from kanal.ledger import Standing
from kanal.ledger.runner import HOLD
from kanal.message import Message
from kanal.model import DeliveryKey, Outcome
from kanal.publish.planning import Step


class Moment(StrEnum):
    """Where a delivery is; `watch` hears of each."""

    PREPARE = "prepare"
    UPLOADING = "uploading"
    """A large file is on its way; comes with an `Uploading`, many times a second."""
    PREPARED = "prepared"
    CLAIMED = "claimed"
    COMMITTED = "committed"
    SETTLED = "settled"
    WAITING = "waiting"
    NOTED = "noted"
    """Something that does not change the outcome, but that somebody should know."""
    FINISHED = "finished"


class Uploading(NamedTuple):
    """How far a file has got: its name, bytes sent, bytes in all."""

    file: str
    sent: int
    total: int


News = Message | Uploading | None
Watch = Callable[[Moment, DeliveryKey, News], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a step. `due` tells whether it was this run's job, so that the exit code counts it.

    `since` tells how long it has been waiting or uncertain, where that is known.
    """

    step: Step
    outcome: Outcome
    reason: Message | None = None
    url: str | None = None
    at: datetime | None = None
    due: bool = True
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a run may do: who runs, how long to wait per channel, who is told, and how to ask about other runners.

    `is_sending` tells of a claim whether its runner may be sending it now. A claim of one's own may be used for
    sending only within `hold`, by the clocks `now` and `ticks` (seconds that nobody can set).
    """

    by: str
    wait: timedelta
    watch: Watch
    is_sending: Callable[[Standing], bool]
    stop: threading.Event = field(default_factory=threading.Event)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    hold: timedelta = HOLD
    ticks: Callable[[], float] = time.monotonic
