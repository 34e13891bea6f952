"""The promise of kanal under the worst treatment: killed at every step, with every fault, on every network.

Each case kills a publishing process at one moment while the network misbehaves in one way, then publishes again until
nothing is due, and counts the posts on the network: never more than one; and where there is none, nobody claims one.
"""

import json
import multiprocessing
from collections.abc import Callable, Iterator
from itertools import product
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from kanal.ledger.git.store import GitLedger
from kanal.ledger.postgres.store import PostgresLedger
from kanal.model import Secret
from kanal.publish.conditions import Moment
from kanal.sandbox import Fault, FaultKind, Practice
from tests.crash.scene import IN_FLIGHT, MOMENTS, Scene, publish
from tests.ledger.git.clones import SETTINGS, made
from tests.postgres_server import Server

PLATFORMS = ("mastodon", "x", "facebook", "instagram")
FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
STORES = ("sqlite", "git", "postgres")
EVERYTHING = [("sqlite", *case) for case in product(PLATFORMS, FAULTS, MOMENTS)]
SHARED = [
    (store, *case)
    for store in ("git", "postgres")
    for case in (
        *product(PLATFORMS, (None,), MOMENTS),
        *product(("mastodon",), FAULTS[1:], (Moment.CLAIMED, IN_FLIGHT)),
    )
]
"""A cut through the matrix for the slower ledgers: every step on every network, every fault where it hurts."""
SLOW = 0.15
RERUNS = 6
NEXT_MINUTE = 90.0
SETTLED = frozenset({"published", "already"})


@pytest.fixture(scope="module")
def processes() -> BaseContext:
    """Processes that begin clean: forked from a server that has imported everything, or spawned where there is none."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["tests.crash.scene", "kanal.platforms.mastodon", "tweepy", "mastodon", "httpx", "PIL.Image"]
    )
    return context


@pytest.fixture(scope="module")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staging")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, staging: Path) -> Iterator[Practice]:
    from kanal.sandbox.server import running

    with running(tmp_path_factory.mktemp("networks") / "state.sqlite3", staging=staging, rate_limits=False) as found:
        yield found


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from PIL import Image

    file = tmp_path_factory.mktemp("pictures") / "weg.jpg"
    Image.new("RGB", (640, 480), (90, 120, 60)).save(file)
    return file


@pytest.fixture(scope="module")
def git_ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A clone with a ledger in a branch of its server."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        place = made(tmp_path_factory.mktemp("git")).place("redaktion")
        GitLedger.create(place, "main", "abc123").close()
        yield place.root


@pytest.fixture
def postgres_ledger(postgres: Server) -> str:
    """The address of a database with a ledger."""
    url = postgres.new_database()
    PostgresLedger.create(Secret(url), "main", "abc123").close()
    return url


@pytest.fixture
def scene(request: pytest.FixtureRequest, practice: Practice, staging: Path, picture: Path, tmp_path: Path) -> Scene:
    names = ("store", "platform", "fault", "moment")
    store, platform, fault, moment = (request.node.callspec.params[name] for name in names)
    number = STORES.index(store) * 10_000 + PLATFORMS.index(platform) * 1000 + FAULTS.index(fault) * 20
    number += 1 + MOMENTS.index(moment)
    ledger = tmp_path if store == "sqlite" else request.getfixturevalue(f"{store}_ledger")
    account = (
        f"amt{number}@social.example"
        if platform == "mastodon"
        else f"amt{number}"
        if platform == "x"
        else f"{10**14 + number}"
    )
    credentials = practice.admit(platform, account, "Amt")
    return Scene(
        store,
        str(ledger),
        str(tmp_path),
        platform,
        account,
        f"vorgang-{number}",
        practice.urls(platform),
        credentials,
        f"{practice.address}staging/",
        str(staging),
        str(picture),
    )


@pytest.mark.parametrize(("store", "platform", "fault", "moment"), [*EVERYTHING, *SHARED])
def test_killed_at_any_moment_a_post_is_out_at_most_once(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    fault: FaultKind | None,
    moment: str,
    scene: Scene,
    practice: Practice,
    processes: BaseContext,
    record_property: Callable[[str, object], None],
) -> None:
    practice.heal()
    if fault:
        practice.set_fault(platform, Fault(fault, 1, SLOW))
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW))
    _run(processes, scene, str(moment), wait=0)
    practice.heal()

    outcomes = [_run(processes, scene, None, wait=3)]
    while outcomes[-1] not in SETTLED and len(outcomes) < RERUNS:
        outcomes.append(_run(processes, scene, None, wait=3, later=NEXT_MINUTE))

    posts = len(practice.posts(platform, scene.account))
    claimed = outcomes[-1] in SETTLED
    record_property("crash", [store, platform, posts, claimed, _doubted(scene)])
    assert posts <= 1, f"posted {posts} times"
    assert claimed == (posts == 1), f"{posts} posts, but kanal says {outcomes}"
    assert claimed, f"never settled: {outcomes}"


def _doubted(scene: Scene) -> bool:
    found: bool = json.loads((Path(scene.folder) / "outcome.json").read_text(encoding="utf-8"))["doubted"]
    return found


def _run(processes: BaseContext, scene: Scene, die_at: str | None, *, wait: float, later: float = 0) -> str:
    """Publish in a process of its own; the outcome, or "killed"."""
    process = processes.Process(target=publish, args=(scene, die_at, wait, later))  # type: ignore[attr-defined]
    process.start()
    process.join(30)
    assert not process.is_alive(), "hangs"
    outcome = Path(scene.folder) / "outcome.json"
    if not outcome.exists():
        assert die_at is not None, f"the process ended with {process.exitcode} and no outcome"
        return "killed"
    found: str = json.loads(outcome.read_text(encoding="utf-8"))["outcome"]
    return found
