"""Correcting under the worst treatment: killed at every step, with faults, cut at every request.

In between nobody claims what is not so, and nothing is sent again; the same command finishes it in the end.
"""

from contextlib import closing
from itertools import product
from multiprocessing.context import BaseContext

import pytest

from kanal.compose import compose, content_digest
from kanal.publish.conditions import Moment
from kanal.sandbox import Fault, FaultKind, Practice
from tests.crash.apart import apart
from tests.crash.conftest import NewScene
from tests.crash.correcting import NEW, correct
from tests.crash.endings import IN_FLIGHT, correct_or_die
from tests.crash.journeys import CORRECTED
from tests.crash.line import Cut, End, HttpLine
from tests.crash.scene import Scene, channel_of, draft_of, key_of, open_ledger, over, publish, state_of

MOMENTS = (Moment.PREPARED, Moment.CLAIMED, IN_FLIGHT, Moment.COMMITTED, Moment.SETTLED, Moment.FINISHED)
KILLED = [
    (platform, fault, moment)
    for platform, fault, moment in product(CORRECTED, (None, *FaultKind), MOMENTS)
    if fault is None or (platform == "mastodon" and moment == IN_FLIGHT)
]
CUTS = [
    (platform, number, cut) for platform in CORRECTED for number, cut in product(range(len(CORRECTED[platform])), Cut)
]
SLOW = 0.15


@pytest.mark.parametrize(("platform", "fault", "moment"), KILLED)
def test_killed_at_any_moment_the_same_command_finishes_it(  # noqa: PLR0917 - fixtures
    platform: str,
    fault: FaultKind | None,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
) -> None:
    scene = new_scene("sqlite", platform)
    assert publish(scene).outcome == "published"
    if fault:
        practice.set_fault(platform, Fault(fault, 1, SLOW, "correct"))
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW, "correct"))
    was_killed = apart(processes, correct_or_die, scene, str(moment), 0) is None
    assert was_killed or fault, "with a fault, that moment may never come"
    practice.heal()

    _nobody_claims_what_is_not_so(scene, practice)
    assert publish(scene).outcome in {"already", "skipped"}
    _the_same_command_finishes_it(scene, practice)


@pytest.mark.parametrize(("platform", "number", "cut"), CUTS)
def test_a_cut_while_correcting_is_told_and_the_same_command_finishes_it(
    over_line: Scene, line: HttpLine, practice: Practice, number: int, cut: Cut
) -> None:
    assert publish(over_line).outcome == "published"
    line.listen(lambda asked: cut if asked == number else None, End.CLOSED)
    ran = correct(over_line)
    assert line.cuts == 1, line.asked
    line.listen()
    assert ran.outcome in {"corrected", "deferred", "uncertain"}
    assert ran.reason
    assert (ran.outcome == "uncertain") == (ran.state == "correcting")
    _nobody_claims_what_is_not_so(over_line, practice)
    _the_same_command_finishes_it(over_line, practice)


@pytest.mark.parametrize("platform", CORRECTED)
def test_a_line_that_stays_cut_leaves_it_open(over_line: Scene, line: HttpLine, practice: Practice) -> None:
    """The post says the new, nobody heard of it, and nobody can look."""
    assert publish(over_line).outcome == "published"
    editing = len(CORRECTED[over_line.platform]) - 1
    line.listen(lambda asked: Cut.AFTER if asked == editing else Cut.BEFORE if asked > editing else None)
    ran = correct(over_line)
    line.listen(lambda _: Cut.BEFORE)
    again = correct(over_line)
    line.listen()
    assert {(one.outcome, one.state) for one in (ran, again)} == {("uncertain", "correcting")}
    assert all(one.reason for one in (ran, again))
    assert _says_the_new(over_line, practice)
    _the_same_command_finishes_it(over_line, practice)


@pytest.mark.parametrize("platform", CORRECTED)
def test_the_requests_that_are_cut_are_all_that_there_are(over_line: Scene, line: HttpLine) -> None:
    assert publish(over_line).outcome == "published"
    line.listen()
    assert correct(over_line).outcome == "corrected"
    assert line.asked == CORRECTED[over_line.platform]


@pytest.fixture
def over_line(new_scene: NewScene, line: HttpLine, platform: str) -> Scene:
    """A draft whose requests go over a line that can be cut."""
    return over(line, new_scene("sqlite", platform))


def _says_the_new(scene: Scene, practice: Practice) -> bool:
    (post,) = practice.posts(scene.platform, scene.account)
    assert len(post.media) == 1, "the picture is not lost"
    return post.text.startswith(NEW)


def _nobody_claims_what_is_not_so(scene: Scene, practice: Practice) -> None:
    """What the ledger says that it says, it says; or it is in doubt."""
    with closing(open_ledger(scene)) as ledger:
        standing = ledger.standing(key_of(scene))
    assert standing is not None
    assert standing.state in {"published", "correcting"}
    if standing.state == "published":
        new = content_digest(compose(draft_of(scene, NEW), channel_of(scene), {})[0].part)
        assert (standing.digest == new) == _says_the_new(scene, practice)


def _the_same_command_finishes_it(scene: Scene, practice: Practice) -> None:
    for _ in range(4):
        if correct(scene, wait=3).outcome in {"corrected", "already"}:
            break
    assert state_of(scene) == "published"
    assert _says_the_new(scene, practice)
    assert publish(scene).outcome == "already"
    assert len(practice.posts(scene.platform, scene.account)) == 1
