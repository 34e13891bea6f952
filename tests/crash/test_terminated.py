"""SIGTERM, with which a CI system ends a job, at every moment and with every ledger: what is under way is finished.

The run is not killed: it writes down what it knows, and says of the rest that it did not come to it.
"""

import json
import sys
from itertools import product
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from kanal.sandbox import Fault, FaultKind, Practice
from tests.crash.conftest import NewScene
from tests.crash.endings import IN_FLIGHT, MOMENTS, publish_until_told
from tests.crash.scene import SETTLED, publish, was_in_doubt
from tests.crash.summary import Case, RecordProperty

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process at once; see the crash matrix")
TOLD_TO_END = "told to end (SIGTERM)"
SLOW = 0.15


@pytest.mark.parametrize(
    ("store", "platform", "moment"), list(product(("sqlite", "git", "postgres"), ("mastodon", "x"), MOMENTS))
)
def test_a_job_that_is_told_to_end_says_what_became_of_the_post(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    record_property: RecordProperty,
) -> None:
    scene = new_scene(store, platform)
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW))
    process = processes.Process(target=publish_until_told, args=(scene, str(moment)))  # type: ignore[attr-defined]
    process.start()
    process.join(30)
    outcome, reason, state, was_told = json.loads((Path(scene.folder) / "told.json").read_text(encoding="utf-8"))
    posts = len(practice.posts(platform, scene.account))
    later = publish(scene)
    in_the_end = len(practice.posts(platform, scene.account))
    doubted = was_in_doubt(scene)
    told = outcome in SETTLED or bool(reason)
    Case(store, TOLD_TO_END, in_the_end, later.outcome in SETTLED, told, doubted).record(record_property)
    assert (was_told, state) == (True, "published")
    assert process.exitcode == 0
    assert (outcome, posts, doubted) == ("published", 1, False), "what had begun was finished"
    assert (later.outcome, in_the_end) == ("already", 1)
