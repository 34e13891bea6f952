"""The promise of kanal under the worst treatment: killed at every step, with every fault, on every network.

Each case kills a publishing process at one moment while the network misbehaves in one way, then publishes again until
nothing is due, and counts the posts on the network: never more than one; and where there is none, nobody claims one.
"""

from itertools import product
from multiprocessing.context import BaseContext

import pytest

from kanal.publish.conditions import Moment
from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from tests.crash.apart import apart
from tests.crash.conftest import NewScene
from tests.crash.endings import IN_FLIGHT, MOMENTS, publish_or_die
from tests.crash.extent import EVERY_FAULT
from tests.crash.scene import SETTLED, Scene, was_in_doubt
from tests.crash.summary import Case, RecordProperty

FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
EVERYTHING = list(product(PLATFORMS, FAULTS, MOMENTS))
WORST = [*product(PLATFORMS, (None,), MOMENTS), *product(("mastodon",), FAULTS[1:], (Moment.CLAIMED, IN_FLIGHT))]
"""A cut through the matrix for the slower ledgers: every step on every network, every fault where it hurts."""
SHARED = list(product(("git", "postgres"), EVERYTHING if EVERY_FAULT else WORST))
CASES = [("sqlite", *case) for case in EVERYTHING] + [(store, *case) for store, case in SHARED]
SLOW = 0.15
RERUNS = 6
NEXT_MINUTE = 90.0


@pytest.mark.parametrize(("store", "platform", "fault", "moment"), CASES)
def test_killed_at_any_moment_a_post_is_out_at_most_once(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    fault: FaultKind | None,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    record_property: RecordProperty,
) -> None:
    scene = new_scene(store, platform)
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
    kind = "killed while the network misbehaves" if fault else "killed"
    Case(store, kind, posts, claimed, told=True, doubted=was_in_doubt(scene)).record(record_property)
    assert posts <= 1, f"posted {posts} times"
    assert claimed == (posts == 1), f"{posts} posts, but kanal says {outcomes}"
    assert claimed, f"never settled: {outcomes}"


def _run(processes: BaseContext, scene: Scene, die_at: str | None, *, wait: float, later: float = 0) -> str:
    """Publish in a process of its own; the outcome, or "killed"."""
    found = apart(processes, publish_or_die, scene, die_at, wait, later)
    assert found is not None or die_at is not None, "the process ended without an outcome"
    return "killed" if found is None else str(found)
