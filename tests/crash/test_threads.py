"""A run is killed in the middle of a thread: the next runs end it, each part is there once, beneath the one before."""

from itertools import product
from multiprocessing.context import BaseContext

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.crash.apart import apart
from tests.crash.conftest import NewScene
from tests.crash.endings import IN_FLIGHT, MOMENTS
from tests.crash.extent import EVERY_FAULT
from tests.crash.scene import SETTLED, Scene, was_in_doubt
from tests.crash.summary import Case, RecordProperty
from tests.crash.threading_on import PARTS, publish_thread_or_die

EVERYTHING = list(product(("mastodon", "x"), (1, 2, 3), MOMENTS))
WORST = [case for case in EVERYTHING if case[1] == 2]
SHARED = list(product(("git", "postgres"), EVERYTHING if EVERY_FAULT else WORST[::2]))
CASES = [("sqlite", *case) for case in EVERYTHING] + [(store, *case) for store, case in SHARED]
SLOW = 0.15
RERUNS = 6
NEXT_MINUTE = 90.0


@pytest.mark.parametrize(("store", "platform", "part", "moment"), CASES)
def test_a_thread_that_was_killed_is_ended_and_nothing_is_there_twice(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    part: int,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    record_property: RecordProperty,
) -> None:
    scene = new_scene(store, platform)
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, PARTS, SLOW))
    assert _run(processes, scene, str(moment), part) == []
    practice.heal()

    outcomes = _run(processes, scene, None, part)
    for _ in range(RERUNS):
        if SETTLED.issuperset(outcomes):
            break
        outcomes = _run(processes, scene, None, part, later=NEXT_MINUTE)

    posts = practice.posts(platform, scene.account)
    settled = SETTLED.issuperset(outcomes)
    whole, doubted = len(posts) // PARTS, was_in_doubt(scene)
    Case(store, "killed in the middle of a thread", whole, settled, told=True, doubted=doubted).record(record_property)
    assert settled, outcomes
    assert [post.reply_to for post in posts] == [None, *(post.id for post in posts[: PARTS - 1])]


def _run(processes: BaseContext, scene: Scene, die_at: str | None, part: int, later: float = 0) -> list[str]:
    """Publish the thread in a process of its own; the outcomes, none if it was killed."""
    found: list[str] | None = apart(processes, publish_thread_or_die, scene, die_at, part, later)
    return found or []
