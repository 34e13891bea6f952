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

from kanal.sandbox import Fault, FaultKind, Practice
from tests.crash.scene import IN_FLIGHT, MOMENTS, Scene, publish

PLATFORMS = ("mastodon", "x", "facebook", "instagram")
FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
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


@pytest.fixture
def scene(request: pytest.FixtureRequest, practice: Practice, staging: Path, picture: Path, tmp_path: Path) -> Scene:
    platform, fault, moment = (request.node.callspec.params[name] for name in ("platform", "fault", "moment"))
    number = 1 + PLATFORMS.index(platform) * 1000 + FAULTS.index(fault) * 20 + MOMENTS.index(moment)
    account = (
        f"amt{number}@social.example"
        if platform == "mastodon"
        else f"amt{number}"
        if platform == "x"
        else f"{10**14 + number}"
    )
    credentials = practice.admit(platform, account, "Amt")
    return Scene(
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


@pytest.mark.parametrize(("platform", "fault", "moment"), list(product(PLATFORMS, FAULTS, MOMENTS)))
def test_killed_at_any_moment_a_post_is_out_at_most_once(  # noqa: PLR0917 - fixtures
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
    record_property("crash", [platform, posts, claimed, _doubted(scene)])
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
