"""One run that publishes a thread of three parts on a practice network, and is killed in the middle of one of them."""

import json
import threading
from contextlib import closing
from pathlib import Path

from kanal.compose import compose
from kanal.ledger import OPEN, Ledger, State
from kanal.ledger.runner import running
from kanal.model import Channel, DeliveryKey, Draft, DraftType, FollowUp, Outcome
from kanal.publish.conditions import Moment, News
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.running import run
from tests.crash.endings import die_if
from tests.crash.scene import PATIENCE, Scene, adapter_of, channel_of, conditions_of, open_ledger

PARTS = 3


def publish_thread_or_die(scene: Scene, die_at: str | None, part: int, later: float) -> None:
    """Publish what is not out yet, and die at `die_at` of part number `part`; writes `outcome.json` if it lives on."""
    outcome = Path(scene.folder) / "outcome.json"
    outcome.unlink(missing_ok=True)
    outcome.write_text(json.dumps(_publish(scene, die_at, part, later)), encoding="utf-8")


def _publish(scene: Scene, die_at: str | None, part: int, later: float) -> list[str]:
    runners = Path(scene.folder) / "runners"
    stop = threading.Event()

    def watch(moment: Moment, key: DeliveryKey, _: News) -> None:
        if key.part == part:
            die_if(moment, die_at)

    with closing(open_ledger(scene)) as ledger, running(runners) as by, closing(adapter_of(scene)) as adapter:
        conditions = conditions_of(scene, by, watch, stop, wait=3, later=later)
        channel = channel_of(scene)
        outlet = Outlet(channel, adapter, ledger, conditions, PATIENCE, fit=lambda part: part)
        results = run([outlet], _steps(scene, channel, ledger), stop)
    return [str(result.outcome) for result in results]


def _steps(scene: Scene, channel: Channel, ledger: Ledger) -> list[Step]:
    text = f"Die Straße ist gesperrt. Vorgang {scene.draft}."
    # All parts say the same, so that only what they stand beneath tells them apart.
    thread = (FollowUp(text),) * (PARTS - 1)
    draft = Draft(scene.draft, "posts/a.yaml", DraftType.ANNOUNCEMENT, ("amt",), text, "de", thread=thread)
    states = ledger.states()
    steps = []
    for post in compose(draft, channel, {}):
        key = DeliveryKey("amt", scene.draft, post.part.number)
        state = states.get(key, (None, ""))[0]
        if state is State.PUBLISHED:
            steps.append(Step(key, draft.path, Outcome.ALREADY))
        else:
            steps.append(Step(key, draft.path, post=post, doubt=state in OPEN))
    return steps
