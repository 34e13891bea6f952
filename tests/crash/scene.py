"""One publishing process on a practice network that may be killed at a given moment.

Runs in a process of its own, since it dies by SIGKILL: no `finally`, no `atexit`, no flushing. What it leaves behind
is the ledger, the staging folder, and whatever reached the network.
"""

import json
import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kanal.compose import compose
from kanal.ledger import EventKind, Ledger, State
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.ledger.office import open_practice_ledger
from kanal.ledger.postgres.store import PostgresLedger
from kanal.ledger.runner import is_sending, running
from kanal.model import Channel, ChannelStatus, DeliveryKey, Draft, DraftType, Outcome, Picture, Secret, StagingPlace
from kanal.platforms import adapter_class
from kanal.publish.conditions import Conditions, Moment
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.running import run

IN_FLIGHT = "in flight"
"""A moment that `watch` cannot name: the request is sent, the answer has not come."""
MOMENTS = (
    Moment.PREPARE,
    Moment.PREPARED,
    Moment.CLAIMED,
    IN_FLIGHT,
    Moment.COMMITTED,
    Moment.SETTLED,
    Moment.FINISHED,
)
PATIENCE = timedelta(seconds=0.4)
"""When the practice network is believed that it does not have a post; longer than any request of the matrix lives."""
FLIGHT_SECONDS = 0.06


@dataclass(frozen=True)
class Scene:
    """All that the process needs; plain values, so that it can be started on every system.

    `ledger` is a folder for SQLite, a clone for git, an address for PostgreSQL.
    """

    store: str
    ledger: str
    folder: str
    platform: str
    account: str
    draft: str
    urls: Mapping[str, str]
    credentials: Mapping[str, str]
    staging_url: str
    staging_path: str
    picture: str


def publish(scene: Scene, die_at: str | None, wait: float, later: float) -> None:
    """Publish the scene's draft once; die at `die_at`. Writes the outcome to `outcome.json` if it lives to see it.

    `later` seconds are added to the clock: a network that says "in a minute" is not waited for.
    """
    state = Path(scene.folder)
    outcome = state / "outcome.json"
    outcome.unlink(missing_ok=True)
    ledger = open_ledger(scene)
    stop = threading.Event()
    with running(state / "runners") as by:
        watch = lambda moment, _key, _reason: _die_if(moment, die_at)  # noqa: E731
        now = lambda: datetime.now(UTC) + timedelta(seconds=later)  # noqa: E731
        sending = lambda claim: is_sending(claim, state / "runners", timedelta(), datetime.now(UTC))  # noqa: E731
        conditions = Conditions(by, timedelta(seconds=wait), watch, sending, stop, now)
        channel = _channel(scene)
        secrets = {name: Secret(value) for name, value in scene.credentials.items()}
        adapter = adapter_class(scene.platform)(channel, secrets)
        results = run([Outlet(channel, adapter, ledger, conditions, PATIENCE)], [_step(scene, channel, ledger)], stop)
        adapter.close()
    doubted = any(event.kind is EventKind.TAKEN_OVER for event in ledger.history(draft=scene.draft))
    outcome.write_text(json.dumps({"outcome": str(results[0].outcome), "doubted": doubted}), encoding="utf-8")
    ledger.close()


def open_ledger(scene: Scene) -> Ledger:
    """The ledger of the scene, which is there already, except for SQLite's."""
    if scene.store == "git":
        return GitLedger(GitPlace(Path(scene.ledger), "origin", Path(scene.folder) / "cache.json"))
    if scene.store == "postgres":
        return PostgresLedger(Secret(scene.ledger))
    return open_practice_ledger(Path(scene.ledger))


def _die_if(moment: Moment, die_at: str | None) -> None:
    if die_at == moment:
        _die()
    if die_at == IN_FLIGHT and moment is Moment.CLAIMED:
        threading.Timer(FLIGHT_SECONDS, _die).start()


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))  # on Windows SIGTERM ends a process at once


def _channel(scene: Scene) -> Channel:
    staging = StagingPlace(scene.staging_path, scene.staging_url)
    return Channel("amt", scene.platform, scene.account, ChannelStatus.ACTIVE, urls=scene.urls, staging=staging)


def _step(scene: Scene, channel: Channel, ledger: Ledger) -> Step:
    picture = Picture(Path(scene.picture), "Ein Weg zwischen Bäumen im Herbst", "Landkreis", "CC0-1.0")
    text = f"Die Straße ist gesperrt. Vorgang {scene.draft}."
    draft = Draft(scene.draft, "posts/a.yaml", DraftType.ANNOUNCEMENT, ("amt",), text, "de", media=(picture,))
    key = DeliveryKey("amt", scene.draft)
    state = ledger.states().get(key, (None, ""))[0]
    if state is State.PUBLISHED:
        return Step(key, draft.path, Outcome.ALREADY)
    doubt = state in {State.CLAIMED, State.UNCERTAIN}
    return Step(key, draft.path, post=compose(draft, channel, {}), doubt=doubt)
