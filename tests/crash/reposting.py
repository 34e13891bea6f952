"""One run that publishes the scene's post anew, whatever happens to it meanwhile, and what it says of it.

On every network it is a change that the network does not let be edited.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

from kanal.compose import compose
from kanal.ledger.runner import running
from kanal.model import DeliveryKey, Draft, Visibility
from kanal.publish.amending import Amending
from kanal.publish.conditions import Moment, News
from kanal.publish.correcting import Correcting
from kanal.publish.corrections import corrections
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.reposting import Reposting
from kanal.publish.running import run
from kanal.publish.word import Word
from tests.crash.scene import (
    PATIENCE,
    Ran,
    Scene,
    adapter_of,
    channel_of,
    conditions_of,
    draft_of,
    fit_of,
    open_ledger,
)

WORD = Word("Kim Muster", "Falscher Tag")
NEW = "Die Straße ist wieder frei."
Heard = Callable[[Moment, DeliveryKey], object]
_WORST = ("uncertain", "rejected", "held", "deferred", "skipped", "retracted", "published", "corrected", "already")


def changed(scene: Scene) -> Draft:
    """What the draft says now: the words, and what its network does not let be edited."""
    draft = draft_of(scene, NEW)
    if scene.platform == "mastodon":
        return draft._replace(visibility=Visibility.UNLISTED)
    return draft._replace(media=()) if scene.platform == "facebook" else draft


def repost(scene: Scene, heard: Heard = lambda _moment, _key: None, *, wait: float = 3, later: float = 0) -> Ran:
    """Let the scene's post say what `changed` says; `heard` is told of each moment. Of a thread, the worst outcome."""
    stop, channel, runners = Event(), channel_of(scene), Path(scene.folder) / "runners"

    def watch(moment: Moment, key: DeliveryKey, _: News) -> None:
        heard(moment, key)

    with closing(open_ledger(scene)) as ledger, running(runners) as by, closing(adapter_of(scene)) as adapter:
        conditions = conditions_of(scene, WORD.name, watch, stop, wait=wait, later=later)
        outlet = Outlet(channel, adapter, ledger, replace(conditions, by=by), PATIENCE, fit=fit_of(scene))
        lane = Amending(
            channel,
            scene.draft,
            edits=Correcting(channel, adapter, ledger, conditions, WORD, fit_of(scene)),
            replies=outlet,
            anew=Reposting(outlet, adapter, ledger, conditions, WORD),
        )
        asked, states = lambda _draft, _channel: None, {"amt": ledger.states()}
        steps = corrections(changed(scene), {"amt": channel}, states, lambda _: ledger, {}, repost=asked)
        results = run([lane], steps, stop)
    worst = min(results, key=lambda result: _WORST.index(result.outcome))
    return Ran(str(worst.outcome), str(worst.reason or ""), " ".join(sorted(set(states_of(scene).values()))))


def publish_whole(scene: Scene) -> None:
    """Let the old thread be out, all of it."""
    channel, runners, stop = channel_of(scene), Path(scene.folder) / "runners", Event()
    with closing(open_ledger(scene)) as ledger, running(runners) as by, closing(adapter_of(scene)) as adapter:
        conditions = conditions_of(scene, by, lambda *_: None, stop, wait=3)
        draft = draft_of(scene)
        steps = [
            Step(DeliveryKey("amt", draft.id, post.part.number), draft.path, post=post)
            for post in compose(draft, channel, {})
        ]
        results = run([Outlet(channel, adapter, ledger, conditions, PATIENCE, fit=fit_of(scene))], steps, stop)
    assert {result.outcome for result in results} == {"published"}, results


def states_of(scene: Scene) -> dict[DeliveryKey, str]:
    """What the ledger holds about each part, in each revision."""
    with closing(open_ledger(scene)) as ledger:
        return {key: str(state) for key, (state, _) in ledger.states().items() if key.draft == scene.draft}
