"""One run that hands the scene's draft over, whatever happens to it meanwhile, or looks what came of it."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

from kanal.compose import compose
from kanal.fitting import fit
from kanal.ledger import AWAY, OPEN, WENT_OUT, Ledger, State
from kanal.ledger.runner import is_sending, running
from kanal.model import Outcome
from kanal.platforms import limits_of
from kanal.publish.away import away
from kanal.publish.conditions import Conditions
from kanal.publish.handing_over import HandingOver
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.running import Lane, run
from kanal.publish.timing import early
from tests.crash.scene import (
    PATIENCE,
    Heard,
    Ran,
    Scene,
    adapter_of,
    channel_of,
    draft_of,
    key_of,
    open_ledger,
    state_of,
    tell,
)
from tests.crash.taking_down import WORD

Clock = Callable[[], datetime]


def hand_over(scene: Scene, at: datetime, heard: Heard = lambda _: None, *, wait: float = 0) -> Ran:
    """Hand the scene's draft over for `at`; `heard` is told of each moment."""
    return _run(scene, at, heard, timedelta(seconds=wait), lambda: datetime.now(UTC), hands_over=True)


def look(scene: Scene, at: datetime, now: datetime, *, wait: float = 0) -> Ran:
    """Publish what is due `now`, of a draft that is planned for `at`."""
    return _run(scene, at, lambda _: None, timedelta(seconds=wait), lambda: now, hands_over=False)


def _run(scene: Scene, at: datetime, heard: Heard, wait: timedelta, now: Clock, *, hands_over: bool) -> Ran:
    runners, stop, channel = Path(scene.folder) / "runners", Event(), channel_of(scene)
    with closing(open_ledger(scene)) as ledger, running(runners) as by, closing(adapter_of(scene)) as adapter:
        sending = lambda claim: is_sending(claim, runners, timedelta(), datetime.now(UTC))  # noqa: E731
        conditions = Conditions(by, wait, partial(tell, heard), sending, stop, now)
        ready = partial(fit, limits=limits_of(channel), folder=Path(scene.folder) / "pictures", adapt=False)
        lane: Lane = Outlet(channel, adapter, ledger, conditions, PATIENCE, fit=ready)
        if hands_over:
            lane = HandingOver(channel, adapter, ledger, conditions, PATIENCE, fit=ready, word=WORD)
        (result,) = run([lane], [_step(scene, at, now(), ledger, hands_over=hands_over)], stop)
    return Ran(str(result.outcome), str(result.reason or ""), state_of(scene))


def _step(scene: Scene, at: datetime, now: datetime, ledger: Ledger, *, hands_over: bool) -> Step:
    """As the plan has it: of what lies with the network nothing is done before its time."""
    key, channel = key_of(scene), channel_of(scene)
    draft = draft_of(scene)._replace(publish_at=at)
    standing = ledger.standing(key)
    state = standing.state if standing else None
    if state in WENT_OUT:
        return Step(key, draft.path, Outcome.ALREADY)
    step = Step(key, draft.path, post=compose(draft, channel, {})[0], at=at, doubt=state in OPEN)
    if standing and state in AWAY:
        is_due = state is State.HANDED_OVER and at <= now
        return replace(step, doubt=is_due).waiting(away(key, standing, step.post, None))
    wait = None if hands_over else early(draft, now)
    return step.waiting(wait) if wait else step
