"""Taking down under the worst treatment: killed at every step, with every fault, cut at every request.

In between nobody claims what is not so, and nothing is sent again; the same command finishes it in the end.
"""

from collections.abc import Iterable
from itertools import product
from multiprocessing.context import BaseContext

import pytest

from kanal.publish.conditions import Moment
from kanal.sandbox import PLATFORMS, Fault, FaultKind, Practice
from tests.crash.apart import apart
from tests.crash.conftest import NewScene
from tests.crash.endings import IN_FLIGHT, retract_or_die
from tests.crash.extent import EVERY_FAULT
from tests.crash.journeys import RETRACTED
from tests.crash.line import Cut, End, HttpLine
from tests.crash.scene import Ran, Scene, over, publish, state_of
from tests.crash.summary import Case, RecordProperty
from tests.crash.taking_down import retract

MOMENTS = (Moment.CLAIMED, IN_FLIGHT, Moment.COMMITTED, Moment.SETTLED, Moment.FINISHED)
FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
EVERYTHING = list(product(("sqlite", "git", "postgres"), PLATFORMS, FAULTS, MOMENTS))
KILLED = [
    case
    for case in EVERYTHING
    if EVERY_FAULT
    or (case[2] is None and (case[0] == "sqlite" or case[1] == "mastodon"))
    or (case[:2] == ("sqlite", "x") and case[3] == IN_FLIGHT)
]
"""Every step on every network, every fault where it hurts, and the slower ledgers with one network."""
CUTS = [
    (store, platform, number, cut, end)
    for store, platform in product(("sqlite", "git", "postgres"), PLATFORMS)
    for number, cut, end in product(range(len(RETRACTED[platform])), Cut, End)
    if EVERY_FAULT or (store == "sqlite" and end is End.CLOSED)
]
SLOW = 0.15
AGAIN = 4


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
        practice.set_fault(platform, Fault(fault, 1, SLOW, "retract"))
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW, "retract"))
    was_killed = apart(processes, retract_or_die, scene, str(moment), 0) is None
    assert was_killed or fault, "with a fault, that moment may never come"
    practice.heal()

    _nobody_claims_what_is_not_so(scene, practice)
    assert publish(scene).outcome in {"already", "skipped"}
    assert len(practice.posts(platform, scene.account)) <= 1, "nothing was sent again"
    kind = "killed while the network misbehaves" if fault else "killed"
    _the_same_command_finishes_it(scene, practice, kind, record_property)


@pytest.mark.parametrize(("store", "platform", "number", "cut", "end"), CUTS)
def test_a_cut_while_taking_down_is_told_and_the_same_command_finishes_it(  # noqa: PLR0917 - fixtures
    over_line: Scene,
    line: HttpLine,
    practice: Practice,
    number: int,
    cut: Cut,
    end: End,
    record_property: RecordProperty,
) -> None:
    assert publish(over_line).outcome == "published"
    line.listen(lambda asked: cut if asked == number else None, end)
    ran = retract(over_line)
    assert line.cuts == 1, line.asked
    line.listen()
    assert ran.outcome in {"retracted", "deferred", "uncertain"}
    assert ran.reason
    assert (ran.outcome == "retracted") == (ran.state == "retracted")
    assert (ran.outcome == "deferred") == (ran.state == "published")
    _nobody_claims_what_is_not_so(over_line, practice)
    _the_same_command_finishes_it(over_line, practice, f"cut {cut}", record_property, [ran])


@pytest.mark.parametrize(("store", "platform"), [("sqlite", platform) for platform in PLATFORMS])
def test_a_line_that_stays_cut_leaves_it_open(
    over_line: Scene, line: HttpLine, practice: Practice, record_property: RecordProperty
) -> None:
    """The post is gone, nobody heard of it, and nobody can look."""
    assert publish(over_line).outcome == "published"
    deleting = next(number for number, asked in enumerate(RETRACTED[over_line.platform]) if "DELETE" in asked)
    line.listen(lambda asked: Cut.AFTER if asked == deleting else Cut.BEFORE if asked > deleting else None)
    ran = retract(over_line)
    line.listen(lambda _: Cut.BEFORE)
    again = retract(over_line)
    line.listen()
    assert {(one.outcome, one.state) for one in (ran, again)} == {("uncertain", "retracting")}
    assert ran.reason
    assert again.reason
    assert practice.posts(over_line.platform, over_line.account) == []
    _the_same_command_finishes_it(
        over_line, practice, "cut, and it stays cut for a while", record_property, [ran, again]
    )


@pytest.mark.parametrize(("store", "platform"), [("sqlite", platform) for platform in PLATFORMS])
def test_the_requests_that_are_cut_are_all_that_there_are(over_line: Scene, line: HttpLine) -> None:
    assert publish(over_line).outcome == "published"
    line.listen()
    assert retract(over_line).outcome == "retracted"
    assert line.asked == RETRACTED[over_line.platform]


@pytest.fixture
def over_line(new_scene: NewScene, line: HttpLine, store: str, platform: str) -> Scene:
    """A draft whose requests go over a line that can be cut."""
    return over(line, new_scene(store, platform))


def _nobody_claims_what_is_not_so(scene: Scene, practice: Practice) -> None:
    """What is gone is retracted or in doubt, and what is called retracted is gone."""
    posts, state = practice.posts(scene.platform, scene.account), state_of(scene)
    assert state in {"published", "retracting", "retracted"}
    assert posts or state != "published", "gone, and nobody even doubts that it is out"
    assert not posts or state != "retracted", "said to be gone, and it is not"


def _the_same_command_finishes_it(
    scene: Scene, practice: Practice, kind: str, record_property: RecordProperty, before: Iterable[Ran] = ()
) -> None:
    runs, doubted = list(before), state_of(scene) == "retracting"
    for _ in range(AGAIN):
        runs.append(retract(scene, wait=3))
        if runs[-1].outcome == "retracted":
            break
    settled, told = runs[-1].outcome == "retracted", all(ran.reason for ran in runs)
    doubted = doubted or any(ran.outcome == "uncertain" for ran in runs)
    posts = len(practice.posts(scene.platform, scene.account))
    Case(scene.store, f"taking down: {kind}", posts, settled, told, doubted, 0).record(record_property)
    assert told, runs
    assert (state_of(scene), practice.posts(scene.platform, scene.account)) == ("retracted", [])
    assert publish(scene).outcome == "skipped"
    assert practice.posts(scene.platform, scene.account) == []
