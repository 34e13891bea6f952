"""Correcting with a reply under the worst treatment: the reply is there once, beneath its post, and nobody loses it."""

from itertools import product
from multiprocessing.context import BaseContext

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.crash.answering import NOTED, answer, reply_of
from tests.crash.apart import apart
from tests.crash.conftest import NewScene
from tests.crash.endings import IN_FLIGHT, MOMENTS, answer_or_die
from tests.crash.extent import EVERY_FAULT
from tests.crash.scene import SETTLED, publish, was_in_doubt
from tests.crash.summary import Case, RecordProperty

FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
EVERYTHING = list(product(("sqlite", "git", "postgres"), ("mastodon", "x"), FAULTS, (NOTED, *MOMENTS)))
KILLED = [
    case
    for case in EVERYTHING
    if EVERY_FAULT
    or (case[2] is None and (case[0] == "sqlite" or case[1] == "x"))
    or (case[0] == "sqlite" and case[1] == "x" and case[3] == IN_FLIGHT)
]
"""Every step where posts can be answered, every fault where it hurts, and the slower ledgers with one network."""
SLOW = 0.15
RERUNS = 6
NEXT_MINUTE = 90.0
BOTH = 2


@pytest.mark.parametrize(("store", "platform", "fault", "moment"), KILLED)
def test_killed_at_any_moment_the_same_command_finishes_it(  # noqa: PLR0917 - fixtures
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
    assert publish(scene).outcome == "published"
    if fault:
        practice.set_fault(platform, Fault(fault, 1, SLOW))
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW))
    was_killed = apart(processes, answer_or_die, scene, str(moment)) is None
    assert was_killed or fault, "with a fault, that moment may never come"
    practice.heal()

    runs = [answer(scene)]
    while runs[-1].outcome not in SETTLED and len(runs) < RERUNS:
        runs.append(answer(scene, later=len(runs) * NEXT_MINUTE))
    posts = practice.posts(platform, scene.account)
    settled = runs[-1].outcome in SETTLED
    told = all(ran.reason or ran.outcome in SETTLED for ran in runs)
    kind = f"answering: killed{' while the network misbehaves' if fault else ''}"
    doubted = was_in_doubt(reply_of(scene))
    Case(store, kind, len(posts), settled, told, doubted, BOTH).record(record_property)
    assert settled, runs
    assert [post.reply_to for post in posts] == [None, posts[0].id]
    assert publish(scene).outcome == "already"
