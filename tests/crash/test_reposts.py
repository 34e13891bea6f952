"""Publishing anew under the worst treatment: killed at each step of the old post and the new one, cut at each request.

There are never two of them, in between nobody claims what is not so, and the same command finishes it.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from multiprocessing.context import BaseContext

import pytest

from kanal.publish.conditions import Moment
from kanal.sandbox import PLATFORMS, Deed, Fault, FaultKind, Practice
from tests.crash.apart import apart
from tests.crash.conftest import NewScene
from tests.crash.endings import IN_FLIGHT, repost_or_die
from tests.crash.extent import EVERY_FAULT
from tests.crash.journeys import REPOSTED
from tests.crash.line import Cut, End, HttpLine
from tests.crash.reposting import NEW, publish_whole, repost, states_of
from tests.crash.scene import Ran, Scene, over, publish, was_in_doubt
from tests.crash.summary import Case, RecordProperty

OLD_SEAMS = (Moment.CLAIMED, IN_FLIGHT, Moment.COMMITTED, Moment.SETTLED)
NEW_SEAMS = (Moment.PREPARE, Moment.PREPARED, *OLD_SEAMS, Moment.FINISHED)
SEAMS = [*((1, seam) for seam in OLD_SEAMS), *((2, seam) for seam in NEW_SEAMS)]
"""In which revision, and at which moment of it; what is new is uploaded before anything is taken down."""
STORES = ("sqlite", "git", "postgres")
FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
KILLED = [
    (store, platform, fault, *seam)
    for store, platform, fault, seam in product(STORES, PLATFORMS, FAULTS, SEAMS)
    if EVERY_FAULT
    or (fault is None and (store == "sqlite" or platform == "x"))
    or (store == "sqlite" and platform == "x" and seam[1] == IN_FLIGHT)
]
"""Every seam on every network, every fault where it hurts, and the slower ledgers with one network."""
PARTS = 3
THREADS = [
    (store, revision, part, seam)
    for store, revision, part, seam in product(STORES, (1, 2), (1, 2, 3), OLD_SEAMS)
    if EVERY_FAULT or store == "sqlite" or (part == 2 and seam == IN_FLIGHT)
]
CUTS = [
    (store, platform, number, cut, end)
    for store, platform in product(STORES, REPOSTED)
    for number, cut, end in product(range(len(REPOSTED[platform])), Cut, End)
    if EVERY_FAULT or (store == "sqlite" and end is End.CLOSED)
]
SLOW = 0.15
RERUNS = 6
NEXT_MINUTE = 90.0
DONE = frozenset({"published", "already"})
DOUBTS = frozenset({"claimed", "uncertain", "reposting"})


@pytest.mark.parametrize(("store", "platform", "fault", "revision", "moment"), KILLED)
def test_killed_at_any_moment_the_same_command_finishes_it(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    fault: FaultKind | None,
    revision: int,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    record_property: RecordProperty,
) -> None:
    scene = new_scene(store, platform)
    assert publish(scene).outcome == "published"
    calls: Deed = "retract" if revision == 1 else "publish"
    if fault:
        practice.set_fault(platform, Fault(fault, 1, SLOW, calls))
    if moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW, calls))
    was_killed = apart(processes, repost_or_die, scene, revision, 1, str(moment)) is None
    assert was_killed or fault, "with a fault, that moment may never come"
    practice.heal()
    kind = "killed while the network misbehaves" if fault else "killed"
    _the_same_command_finishes_it(scene, practice, kind, record_property)


@pytest.mark.parametrize(("store", "revision", "part", "moment"), THREADS)
def test_a_thread_goes_and_comes_whole(  # noqa: PLR0917 - fixtures
    store: str,
    revision: int,
    part: int,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    record_property: RecordProperty,
) -> None:
    scene = replace(new_scene(store, "x"), parts=PARTS)
    publish_whole(scene)
    if moment == IN_FLIGHT:
        calls: Deed = "retract" if revision == 1 else "publish"
        practice.set_fault("x", Fault(FaultKind.LATENCY, PARTS, SLOW, calls))
    assert apart(processes, repost_or_die, scene, revision, part, str(moment)) is None
    practice.heal()
    _the_same_command_finishes_it(scene, practice, "killed in the middle of a thread", record_property)
    posts = practice.posts("x", scene.account)
    assert [post.reply_to for post in posts] == [None, *(post.id for post in posts[: PARTS - 1])]


@pytest.mark.parametrize(("store", "platform", "number", "cut", "end"), CUTS)
def test_a_cut_while_publishing_anew_is_told_and_the_same_command_finishes_it(  # noqa: PLR0917 - fixtures
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
    ran = repost(over_line, wait=0)
    assert line.cuts == 1, line.asked
    line.listen()
    assert ran.reason or ran.outcome in DONE
    _the_same_command_finishes_it(over_line, practice, f"cut {cut}", record_property, [ran])


@pytest.mark.parametrize(("store", "platform"), [("sqlite", platform) for platform in PLATFORMS])
def test_at_no_moment_there_are_two(over_line: Scene, practice: Practice, platform: str) -> None:
    assert publish(over_line).outcome == "published"
    seen: list[int] = []
    ran = repost(over_line, lambda _moment, _key: seen.append(len(practice.posts(platform, over_line.account))))
    assert (ran.outcome, set(seen)) == ("published", {0, 1})
    assert sorted(seen[: seen.index(0)]) == [1] * seen.index(0)


@pytest.mark.parametrize(("store", "platform"), [("sqlite", platform) for platform in REPOSTED])
def test_the_requests_that_are_cut_are_all_that_there_are(over_line: Scene, line: HttpLine) -> None:
    assert publish(over_line).outcome == "published"
    line.listen()
    assert repost(over_line).outcome == "published"
    assert line.asked == REPOSTED[over_line.platform]


@pytest.fixture
def over_line(new_scene: NewScene, line: HttpLine, store: str, platform: str) -> Scene:
    """A draft whose requests go over a line that can be cut."""
    return over(line, new_scene(store, platform))


def _the_same_command_finishes_it(
    scene: Scene, practice: Practice, kind: str, record_property: RecordProperty, before: Iterable[Ran] = ()
) -> None:
    runs = list(before)
    doubted = _nobody_claims_what_is_not_so(scene, practice) or any(ran.outcome == "uncertain" for ran in runs)
    if scene.parts == 1:
        assert publish(scene).outcome in {"already", "skipped"}, "the old one is never sent again"
    for number in range(RERUNS):
        runs.append(repost(scene, later=number * NEXT_MINUTE))
        doubted = _nobody_claims_what_is_not_so(scene, practice) or runs[-1].outcome == "uncertain" or doubted
        if runs[-1].outcome in DONE:
            break
    posts = practice.posts(scene.platform, scene.account)
    new = [post for post in posts if NEW.split(".", maxsplit=1)[0] in post.text]
    told, doubted = all(ran.reason or ran.outcome in DONE for ran in runs), doubted or was_in_doubt(scene)
    settled = runs[-1].outcome in DONE and len(new) == len(posts)
    whole = len(posts) // scene.parts if len(posts) % scene.parts == 0 else len(posts)
    Case(scene.store, f"publishing anew: {kind}", whole, settled, told, doubted).record(record_property)
    assert settled, runs
    assert (len(new), whole) == (scene.parts, 1), runs
    second = {key.part: state for key, state in states_of(scene).items() if key.revision == 2}
    assert second == dict.fromkeys(range(1, scene.parts + 1), "published")


def _nobody_claims_what_is_not_so(scene: Scene, practice: Practice) -> bool:
    """What the ledger says is so, or in doubt, and then it is told; whether it is."""
    states, posts = states_of(scene), practice.posts(scene.platform, scene.account)
    old = [post for post in posts if NEW not in post.text]
    assert not (old and len(old) < len(posts)), "an old one and a new one at once"
    assert len(posts) <= scene.parts
    for there, revision in ((len(old), 1), (len(posts) - len(old), 2)):
        said = [state for key, state in states.items() if key.revision == revision]
        surely, perhaps = said.count("published"), sum(state in DOUBTS for state in said)
        assert surely <= there <= surely + perhaps, (states, posts)
    return not DOUBTS.isdisjoint(states.values())
