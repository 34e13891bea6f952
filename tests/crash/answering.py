"""One run that answers the scene's post with a correction, whatever happens meanwhile, and what it says of it."""

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from kanal.compose import compose, content_digest
from kanal.ledger import OPEN, STANDS
from kanal.ledger.runner import running
from kanal.model import Draft, DraftType, Outcome
from kanal.publish.outlet import Outlet
from kanal.publish.planning import Step
from kanal.publish.replies import Correction, note
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
    key_of,
    open_ledger,
    state_of,
    tell,
)

WORD = Word("Kim Muster", "Falscher Tag")
NEW = "Die Straße ist wieder frei."
NOTED = "noted"
"""A moment that `watch` does not name: the ledger holds who wants the reply, and nothing else was done."""


def reply_of(scene: Scene) -> Scene:
    """The scene of the reply itself, by which its own delivery is looked at."""
    return replace(scene, draft=f"{scene.draft}-korrektur")


def answer(scene: Scene, heard: Callable[[str], object] = lambda _: None, *, wait: float = 3, later: float = 0) -> Ran:
    """Answer the scene's post; `heard` is told of each moment."""
    stop, channel, runners = threading.Event(), channel_of(scene), Path(scene.folder) / "runners"
    key, text = key_of(reply_of(scene)), f"Korrektur: {NEW} {scene.draft}."
    draft = Draft(key.draft, "posts/b.yaml", DraftType.CORRECTION, ("amt",), text, "de", reply_to=scene.draft)
    with closing(open_ledger(scene)) as ledger, running(runners) as by, closing(adapter_of(scene)) as adapter:
        new = content_digest(compose(draft_of(scene, NEW), channel, {})[0].part)
        note(Correction(channel, {key_of(scene): new}), draft.id, ledger, WORD)
        heard(NOTED)
        conditions = conditions_of(scene, by, partial(tell, heard), stop, wait=wait, later=later)
        state = ledger.states().get(key, (None, ""))[0]
        out = Outcome.ALREADY if state in STANDS else None
        step = Step(key, draft.path, out, post=compose(draft, channel, {})[0], doubt=state in OPEN)
        (result,) = run([Outlet(channel, adapter, ledger, conditions, PATIENCE, fit=fit_of(scene))], [step], stop)
    return Ran(str(result.outcome), str(result.reason or ""), state_of(reply_of(scene)))
