"""Correcting under the worst treatment: killed at every step, with faults, cut at every request.

In between nobody claims what is not so, and nothing is sent again; the same command finishes it in the end.
"""

from collections.abc import Iterable
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
from tests.crash.extent import EVERY_FAULT
from tests.crash.journeys import CORRECTED
from tests.crash.line import Cut, End, HttpLine
from tests.crash.scene import Ran, Scene, channel_of, draft_of, key_of, open_ledger, over, publish, state_of
from tests.crash.summary import Case, RecordProperty

MOMENTS = (Moment.PREPARED, Moment.CLAIMED, IN_FLIGHT, Moment.COMMITTED, Moment.SETTLED, Moment.FINISHED)
STORES = ("sqlite", "git", "postgres")
FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
KILLED = [
    (store, platform, fault, moment)
    for store, platform, fault, moment in product(STORES, CORRECTED, FAULTS, MOMENTS)
    if EVERY_FAULT
    or (fault is None and (store == "sqlite" or platform == "mastodon"))
    or ((store, platform, moment) == ("sqlite", "mastodon", IN_FLIGHT))
]
"""Every step on both networks, every fault where it hurts, and the slower ledgers with one network."""
CUTS = [
    (store, platform, number, cut, end)
    for store, platform in product(STORES, CORRECTED)
    for number, cut, end in product(range(len(CORRECTED[platform])), Cut, End)
    if EVERY_FAULT or (store == "sqlite" and end is End.CLOSED)
]
SLOW = 0.15
DONE = frozenset({"corrected", "already"})


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
        practice.set_fault(platform, Fault(fault, 1, SLOW, "correct"))
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW, "correct"))
    was_killed = apart(processes, correct_or_die, scene, str(moment), 0) is None
    assert was_killed or fault, "with a fault, that moment may never come"
    practice.heal()

    _nobody_claims_what_is_not_so(scene, practice)
    assert publish(scene).outcome in {"already", "skipped"}
    kind = "killed while the network misbehaves" if fault else "killed"
    _the_same_command_finishes_it(scene, practice, kind, record_property)


@pytest.mark.parametrize(("store", "platform", "number", "cut", "end"), CUTS)
def test_a_cut_while_correcting_is_told_and_the_same_command_finishes_it(  # noqa: PLR0917 - fixtures
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
    ran = correct(over_line)
    assert line.cuts == 1, line.asked
    line.listen()
    assert ran.outcome in {"corrected", "deferred", "uncertain"}
    assert ran.reason
    assert (ran.outcome == "uncertain") == (ran.state == "correcting")
    _nobody_claims_what_is_not_so(over_line, practice)
    _the_same_command_finishes_it(over_line, practice, f"cut {cut}", record_property, [ran])


@pytest.mark.parametrize(("store", "platform"), [("sqlite", platform) for platform in CORRECTED])
def test_a_line_that_stays_cut_leaves_it_open(
    over_line: Scene, line: HttpLine, practice: Practice, record_property: RecordProperty
) -> None:
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
    _the_same_command_finishes_it(
        over_line, practice, "cut, and it stays cut for a while", record_property, [ran, again]
    )


@pytest.mark.parametrize(("store", "platform"), [("sqlite", platform) for platform in CORRECTED])
def test_the_requests_that_are_cut_are_all_that_there_are(over_line: Scene, line: HttpLine) -> None:
    assert publish(over_line).outcome == "published"
    line.listen()
    assert correct(over_line).outcome == "corrected"
    assert line.asked == CORRECTED[over_line.platform]


@pytest.fixture
def over_line(new_scene: NewScene, line: HttpLine, store: str, platform: str) -> Scene:
    """A draft whose requests go over a line that can be cut."""
    return over(line, new_scene(store, platform))


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


def _the_same_command_finishes_it(
    scene: Scene, practice: Practice, kind: str, record_property: RecordProperty, before: Iterable[Ran] = ()
) -> None:
    runs, doubted = list(before), state_of(scene) == "correcting"
    for _ in range(4):
        runs.append(correct(scene, wait=3))
        if runs[-1].outcome in DONE:
            break
    settled, told = runs[-1].outcome in DONE, all(ran.reason for ran in runs)
    doubted = doubted or any(ran.outcome == "uncertain" for ran in runs)
    posts = len(practice.posts(scene.platform, scene.account))
    Case(scene.store, f"editing: {kind}", posts, settled, told, doubted).record(record_property)
    assert told, runs
    assert state_of(scene) == "published"
    assert _says_the_new(scene, practice)
    assert publish(scene).outcome == "already"
    assert len(practice.posts(scene.platform, scene.account)) == 1
