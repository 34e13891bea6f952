"""One run that publishes one draft on a practice network, whatever happens to it meanwhile, and what it says of it."""

import threading
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from kanal.abilities.sending import CanContinue
from kanal.adapter import Adapter
from kanal.compose import compose
from kanal.errors import KanalError
from kanal.fitting import Fit, fit
from kanal.ledger import EventKind, Ledger, State
from kanal.ledger.git.store import GitLedger, GitPlace
from kanal.ledger.office import open_practice_ledger
from kanal.ledger.postgres.store import PostgresLedger
from kanal.ledger.runner import is_sending, running
from kanal.model import (
    Channel,
    ChannelStatus,
    DeliveryKey,
    Draft,
    DraftType,
    FollowUp,
    Outcome,
    Picture,
    Secret,
    StagingPlace,
)
from kanal.platforms import adapter_class, limits_of
from kanal.publish.conditions import Conditions, Moment, News, Uploading, Watch
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.running import run
from tests.crash.line import HttpLine

PATIENCE = timedelta(seconds=0.4)
"""When the practice network is believed that it does not have a post; longer than any request of the matrix lives."""
SETTLED = frozenset({"published", "already"})


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
    pictures: int = 1
    parts: int = 1
    film: str = ""


Heard = Callable[[Moment], object]
"""Is told of each moment of a delivery, and may do something about it."""
Sent = Callable[[Uploading], object]
"""Is told of each piece of a large file."""


@dataclass(frozen=True)
class Ran:
    """What a run says of the draft; `state` is the ledger's word afterwards, "" for none."""

    outcome: str
    reason: str
    state: str


def publish(
    scene: Scene,
    heard: Heard = lambda _: None,
    *,
    sent: Sent = lambda _: None,
    wait: float = 0,
    later: float = 0,
    patience: timedelta | None = PATIENCE,
    stop: threading.Event | None = None,
) -> Ran:
    """Publish the scene's draft once; `heard` is told of each moment, `sent` of each piece.

    `later` seconds are added to the clock: a network that says "in a minute" is not waited for. Raises what opening
    the ledger raises.
    """
    runners = Path(scene.folder) / "runners"
    stop = stop or threading.Event()
    with closing(open_ledger(scene)) as ledger, running(runners) as by, closing(adapter_of(scene)) as adapter:
        watch = partial(tell, heard, sent=sent)
        conditions = conditions_of(scene, by, watch, stop, wait=wait, later=later)
        channel = channel_of(scene)
        outlet = Outlet(channel, adapter, ledger, conditions, patience, fit=fit_of(scene))
        (result,) = run([outlet], [_step(scene, channel, ledger)], stop)
    return Ran(str(result.outcome), str(result.reason or ""), state_of(scene))


def conditions_of(
    scene: Scene, by: str, watch: Watch, stop: threading.Event, *, wait: float, later: float = 0
) -> Conditions:
    """A run by the runner `by`, or by a person; `later` as in `publish`."""
    runners = Path(scene.folder) / "runners"
    return Conditions(
        by,
        timedelta(seconds=wait),
        watch,
        lambda claim: is_sending(claim, runners, timedelta(), datetime.now(UTC)),
        stop,
        lambda: datetime.now(UTC) + timedelta(seconds=later),
    )


def fit_of(scene: Scene) -> Fit:
    """Makes pictures ready for the scene's network."""
    return partial(fit, limits=limits_of(channel_of(scene)), folder=Path(scene.folder) / "pictures", adapt=False)


def tell(heard: Heard, moment: Moment, _key: DeliveryKey, news: News, *, sent: Sent = lambda _: None) -> None:
    heard(moment)
    if isinstance(news, Uploading):
        sent(news)


def state_of(scene: Scene) -> str:
    """What the ledger holds about the draft, "" for nothing, or that it cannot be read."""
    try:
        with closing(open_ledger(scene)) as ledger:
            standing = ledger.standing(key_of(scene))
    except KanalError:
        return "unreadable"
    return str(standing.state) if standing else ""


def was_in_doubt(scene: Scene) -> bool:
    """Whether a run had to find out what became of an earlier one's request, or of its own."""
    with closing(open_ledger(scene)) as ledger:
        events = list(ledger.history(draft=scene.draft))
    return any(event.kind in {EventKind.TAKEN_OVER, EventKind.UNCERTAIN} for event in events)


def open_ledger(scene: Scene) -> Ledger:
    """The ledger of the scene, which is there already, except for SQLite's."""
    if scene.store == "git":
        return GitLedger(GitPlace(Path(scene.ledger), "origin", Path(scene.folder) / "cache.json"))
    if scene.store == "postgres":
        return PostgresLedger(Secret(scene.ledger))
    return open_practice_ledger(Path(scene.ledger))


def over(line: HttpLine, scene: Scene) -> Scene:
    """The scene, with its requests going over a line that can be cut."""
    urls = {name: line.origin + urlsplit(url).path.rstrip("/") for name, url in scene.urls.items() if name != "web"}
    return replace(scene, urls={**scene.urls, **urls})


def channel_of(scene: Scene) -> Channel:
    staging = StagingPlace(scene.staging_path, scene.staging_url)
    return Channel("amt", scene.platform, scene.account, ChannelStatus.ACTIVE, urls=scene.urls, staging=staging)


def adapter_of(scene: Scene) -> Adapter:
    secrets = {name: Secret(value) for name, value in scene.credentials.items()}
    adapter = adapter_class(scene.platform)(channel_of(scene), secrets)
    if isinstance(adapter, CanContinue):
        adapter.continue_uploads(Path(scene.folder) / "uploads")
    return adapter


def key_of(scene: Scene) -> DeliveryKey:
    return DeliveryKey("amt", scene.draft)


def draft_of(scene: Scene, said: str = "Die Straße ist gesperrt.") -> Draft:
    picture = Picture(Path(scene.picture), "Ein Weg zwischen Bäumen im Herbst", "Landkreis", "CC0-1.0")
    text = f"{said} Vorgang {scene.draft}."
    film = Picture(Path(scene.film), "Ein Räumfahrzeug im Schnee", "Landkreis", "CC0-1.0")
    media = (film,) if scene.film else (picture,) * scene.pictures
    thread = tuple(FollowUp(f"{said} Teil {number}, {scene.draft}.") for number in range(2, scene.parts + 1))
    return Draft(scene.draft, "posts/a.yaml", DraftType.ANNOUNCEMENT, ("amt",), text, "de", media=media, thread=thread)


def _step(scene: Scene, channel: Channel, ledger: Ledger) -> Step:
    draft, key = draft_of(scene), key_of(scene)
    state = ledger.states().get(key, (None, ""))[0]
    if state is State.PUBLISHED:
        return Step(key, draft.path, Outcome.ALREADY)
    doubt = state in {State.CLAIMED, State.UNCERTAIN}
    return Step(key, draft.path, post=compose(draft, channel, {})[0], doubt=doubt)
