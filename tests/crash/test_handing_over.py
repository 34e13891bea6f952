"""Handing over and taking back under the worst treatment: killed at every step, with every fault of the network.

Readers see the post once in the end, or not at all if it was taken back; in between nobody claims what is not so.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import product
from multiprocessing.context import BaseContext
from pathlib import Path

import pytest

from kanal.abilities.scheduling import CanSchedule
from kanal.publish.conditions import Moment
from kanal.sandbox import Fault, FaultKind, Practice
from kanal.testing.practice import TurnedClock
from tests.crash.apart import apart
from tests.crash.conftest import NewScene
from tests.crash.endings import IN_FLIGHT, hand_over_or_die, retract_or_die
from tests.crash.extent import EVERY_FAULT
from tests.crash.handing_over import hand_over, look
from tests.crash.scene import Scene, adapter_of, open_ledger, state_of
from tests.crash.taking_down import retract

PLATFORMS = ("mastodon", "facebook")
MOMENTS = (
    Moment.PREPARE,
    Moment.PREPARED,
    Moment.CLAIMED,
    IN_FLIGHT,
    Moment.COMMITTED,
    Moment.SETTLED,
    Moment.FINISHED,
)
FAULTS: tuple[FaultKind | None, ...] = (None, *FaultKind)
EVERYTHING = list(product(("sqlite", "git", "postgres"), PLATFORMS, FAULTS, MOMENTS))
HANDED_OVER = [
    case
    for case in EVERYTHING
    if EVERY_FAULT
    or (case[0] == "sqlite" and (case[2] is None or case[3] is IN_FLIGHT))
    or (case[1:3] == ("mastodon", None) and case[3] in {Moment.CLAIMED, Moment.COMMITTED})
]
"""Every step on both networks, every fault where it hurts, and a sample with the slower ledgers."""
TAKEN_BACK = [case for case in HANDED_OVER if case[3] not in {Moment.PREPARE, Moment.PREPARED}]
FOUND_LATE = [case for case in HANDED_OVER if case[3] != IN_FLIGHT or case[2] not in {None, FaultKind.LATENCY}]
"""Not those that are still on their way: the clock would be turned under them."""
SLOW = 0.15
AGAIN = 4


@pytest.fixture(scope="module")
def clock() -> TurnedClock:
    """That of the networks."""
    return TurnedClock()


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, staging: Path, clock: TurnedClock) -> Iterator[Practice]:
    """Networks whose clock can be turned."""
    from kanal.sandbox.server import running

    state = tmp_path_factory.mktemp("networks") / "state.sqlite3"
    with running(state, staging=staging, rate_limits=False, clock=clock) as found:
        yield found


@pytest.fixture
def at(clock: TurnedClock) -> datetime:
    """When it is to come out; until a test turns the clock, that is yet to come."""
    clock.ahead = 0
    return (datetime.now(UTC) + timedelta(hours=1)).replace(microsecond=0)


@pytest.mark.parametrize(("store", "platform", "fault", "moment"), HANDED_OVER)
def test_killed_while_handing_over_it_comes_out_once(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    fault: FaultKind | None,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    clock: TurnedClock,
    at: datetime,
) -> None:
    scene = new_scene(store, platform)
    if fault:
        practice.set_fault(platform, Fault(fault, 1, SLOW))
    elif moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW))
    was_killed = apart(processes, hand_over_or_die, scene, str(moment), at, 0) is None
    assert was_killed or fault, "with a fault, that moment may never come"
    practice.heal()

    _nobody_claims_what_is_not_so(scene, at)
    for _ in range(AGAIN):
        if hand_over(scene, at, wait=3).outcome == "handed-over":
            break
    assert (state_of(scene), _lies_there(scene, at)) == ("handed-over", True)
    _it_comes_out_once(scene, practice, clock, at)


@pytest.mark.parametrize(("store", "platform", "fault", "moment"), FOUND_LATE)
def test_killed_while_handing_over_and_found_after_its_time_only_it_comes_out_once(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    fault: FaultKind | None,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    clock: TurnedClock,
    at: datetime,
) -> None:
    """Nobody comes by before: the next run is one that would publish it."""
    scene = new_scene(store, platform)
    if fault:
        practice.set_fault(platform, Fault(fault, 1, SLOW))
    apart(processes, hand_over_or_die, scene, str(moment), at, 0)
    practice.heal()
    _it_comes_out_once(scene, practice, clock, at)


@pytest.mark.parametrize(("store", "platform", "fault", "moment"), TAKEN_BACK)
def test_killed_while_taking_it_back_the_same_command_finishes_it(  # noqa: PLR0917 - fixtures
    store: str,
    platform: str,
    fault: FaultKind | None,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    clock: TurnedClock,
    at: datetime,
) -> None:
    scene = new_scene(store, platform)
    assert hand_over(scene, at).outcome == "handed-over"
    if fault:
        practice.set_fault(platform, Fault(fault, 1, SLOW, "retract"))
    elif moment == IN_FLIGHT:
        practice.set_fault(platform, Fault(FaultKind.LATENCY, 1, SLOW, "retract"))
    was_killed = apart(processes, retract_or_die, scene, str(moment), 0) is None
    assert was_killed or fault, "with a fault, that moment may never come"
    practice.heal()

    _nobody_claims_what_is_not_so(scene, at)
    assert look(scene, at, datetime.now(UTC)).outcome in {"handed-over", "uncertain", "deferred"}
    assert practice.posts(platform, scene.account) == []
    for _ in range(AGAIN):
        if state_of(scene) == "released" or retract(scene, wait=3).outcome == "cancelled":
            break
    assert (state_of(scene), _lies_there(scene, at)) == ("released", False)
    assert hand_over(scene, at).outcome == "handed-over", "and it can be handed over again"
    _it_comes_out_once(scene, practice, clock, at)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("moment", [Moment.CLAIMED, Moment.COMMITTED])
def test_killed_while_taking_it_back_and_forgotten_nobody_sends_it_and_the_same_command_ends_it(  # noqa: PLR0917
    platform: str,
    moment: str,
    new_scene: NewScene,
    practice: Practice,
    processes: BaseContext,
    clock: TurnedClock,
    at: datetime,
) -> None:
    """Its time passes meanwhile: it came out, or it did not, and only the network can tell."""
    scene = new_scene("sqlite", platform)
    assert hand_over(scene, at).outcome == "handed-over"
    assert apart(processes, retract_or_die, scene, str(moment), 0) is None
    _nobody_claims_what_is_not_so(scene, at)
    later = at + timedelta(hours=1)
    clock.ahead = (later - datetime.now(UTC)).total_seconds()
    posts = practice.posts(platform, scene.account)
    assert len(posts) == (moment is Moment.CLAIMED)
    assert look(scene, at, later).outcome == "uncertain"
    assert practice.posts(platform, scene.account) == posts
    # By this machine's clock the time is yet to come: even then nobody calls cancelled what is out.
    assert retract(scene, wait=3).outcome == ("retracted" if posts else "cancelled")
    assert practice.posts(platform, scene.account) == []


def _it_comes_out_once(scene: Scene, practice: Practice, clock: TurnedClock, at: datetime) -> None:
    """Its time comes, and some time later somebody looks, more than once."""
    later = at + timedelta(hours=1)
    clock.ahead = (later - datetime.now(UTC)).total_seconds()
    for number in range(AGAIN):
        ran = look(scene, at, later + timedelta(minutes=15 * number))
        if ran.outcome in {"published", "already"}:
            break
    assert state_of(scene) == "published"
    assert len(practice.posts(scene.platform, scene.account)) == 1
    assert look(scene, at, later + timedelta(hours=2)).outcome == "already"
    assert len(practice.posts(scene.platform, scene.account)) == 1


def _nobody_claims_what_is_not_so(scene: Scene, at: datetime) -> None:
    state, lies_there = state_of(scene), _lies_there(scene, at)
    assert state in {"", "claimed", "uncertain", "released", "handed-over", "cancelling"}
    assert lies_there or state != "handed-over", "said to lie there, and it does not"
    assert not lies_there or state not in {"", "released"}, "lies there, and may be sent all the same"


def _lies_there(scene: Scene, at: datetime) -> bool:
    """The network's own word, whatever the ledger says."""
    with closing(adapter_of(scene)) as adapter, closing(open_ledger(scene)) as ledger:
        claims = [event.prepared for event in ledger.history(draft=scene.draft) if event.prepared]
        assert isinstance(adapter, CanSchedule)
        return bool(claims) and adapter.find_waiting(claims[-1], at) is not None
