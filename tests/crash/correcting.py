"""One run that corrects the scene's post, whatever happens to it meanwhile, and what it says of it."""

from contextlib import closing
from datetime import timedelta
from functools import partial
from threading import Event

from kanal.publish.conditions import Conditions
from kanal.publish.correcting import Correcting
from kanal.publish.corrections import corrections
from kanal.publish.running import run
from kanal.publish.word import Word
from tests.crash.scene import Heard, Ran, Scene, adapter_of, channel_of, draft_of, open_ledger, state_of, tell

WORD = Word("Kim Muster", "Falscher Tag")
NEW = "Die Straße ist wieder frei."


def correct(scene: Scene, heard: Heard = lambda _: None, *, wait: float = 0) -> Ran:
    """Let the scene's post say `NEW`; `heard` is told of each moment."""
    stop, channel = Event(), channel_of(scene)
    with closing(open_ledger(scene)) as ledger, closing(adapter_of(scene)) as adapter:
        conditions = Conditions(WORD.name, timedelta(seconds=wait), partial(tell, heard), lambda _: False, stop)
        steps = corrections(draft_of(scene, NEW), {"amt": channel}, {"amt": ledger.states()}, lambda _: ledger, {})
        (result,) = run([Correcting(channel, adapter, ledger, conditions, WORD, lambda part: part)], steps, stop)
    return Ran(str(result.outcome), str(result.reason or ""), state_of(scene))
