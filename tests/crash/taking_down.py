"""One run that takes the scene's post down, whatever happens to it meanwhile, and what it says of it."""

from contextlib import closing
from datetime import timedelta
from functools import partial
from threading import Event

from kanal.publish.conditions import Conditions
from kanal.publish.planning import Step
from kanal.publish.retracting import Retracting
from kanal.publish.running import run
from kanal.publish.taken_down import retractions
from kanal.publish.word import Word
from tests.crash.scene import Heard, Ran, Scene, adapter_of, channel_of, open_ledger, state_of, tell

WORD = Word("Kim Muster", "Falscher Tag")


def retract(scene: Scene, heard: Heard = lambda _: None, *, wait: float = 0) -> Ran:
    """Take down what the scene's draft published; `heard` is told of each moment."""
    stop = Event()
    with closing(open_ledger(scene)) as ledger, closing(adapter_of(scene)) as adapter:
        conditions = Conditions(WORD.name, timedelta(seconds=wait), partial(tell, heard), lambda _: False, stop)
        steps: list[Step] = retractions(scene.draft, {"amt": ledger.states()})
        (result,) = run([Retracting(channel_of(scene), adapter, ledger, conditions, WORD)], steps, stop)
    return Ran(str(result.outcome), str(result.reason or ""), state_of(scene))
