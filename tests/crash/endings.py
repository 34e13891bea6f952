"""The same run in a process of its own, which is killed, or told to end, at a given moment.

Killed by SIGKILL: no `finally`, no `atexit`, no flushing. What it leaves behind is the ledger, the staging folder, and
whatever reached the network.
"""

import json
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import astuple
from datetime import datetime
from pathlib import Path

from kanal.cli.terminating import terminating
from kanal.model import DeliveryKey
from kanal.publish.conditions import Moment, Uploading
from tests.crash.answering import answer
from tests.crash.correcting import correct
from tests.crash.handing_over import hand_over
from tests.crash.reposting import repost
from tests.crash.scene import Ran, Scene, publish
from tests.crash.taking_down import retract

IN_FLIGHT = "in flight"
"""A moment that `watch` cannot name: the request is sent, the answer has not come."""
MOMENTS = (
    Moment.PREPARE,
    Moment.PREPARED,
    Moment.CLAIMED,
    IN_FLIGHT,
    Moment.COMMITTED,
    Moment.SETTLED,
    Moment.FINISHED,
)
FLIGHT_SECONDS = 0.06


def publish_or_die(scene: Scene, die_at: str | None, wait: float, later: float) -> None:
    """Publish, and die at `die_at`; writes `outcome.json` if it lives to see the end."""
    _tell_the_end(scene, lambda: publish(scene, lambda moment: die_if(moment, die_at), wait=wait, later=later))


def upload_or_die(scene: Scene, share: float, wait: float) -> None:
    """Publish, and die when more than this `share` of a file is on its way; as `publish_or_die`."""
    _tell_the_end(scene, lambda: publish(scene, sent=lambda news: _die_in(news, share), wait=wait))


def _die_in(news: Uploading, share: float) -> None:
    if news.sent > share * news.total:
        _die()


def retract_or_die(scene: Scene, die_at: str | None, wait: float) -> None:
    """Take down; as `publish_or_die`."""
    _tell_the_end(scene, lambda: retract(scene, lambda moment: die_if(moment, die_at), wait=wait))


def correct_or_die(scene: Scene, die_at: str | None, wait: float) -> None:
    """Correct; as `publish_or_die`."""
    _tell_the_end(scene, lambda: correct(scene, lambda moment: die_if(moment, die_at), wait=wait))


def hand_over_or_die(scene: Scene, die_at: str | None, at: datetime, wait: float) -> None:
    """Hand over; as `publish_or_die`."""
    _tell_the_end(scene, lambda: hand_over(scene, at, lambda moment: die_if(moment, die_at), wait=wait))


def answer_or_die(scene: Scene, die_at: str) -> None:
    """Answer with a correction; as `publish_or_die`."""
    _tell_the_end(scene, lambda: answer(scene, lambda moment: die_if(moment, die_at)))


def repost_or_die(scene: Scene, revision: int, part: int, die_at: str) -> None:
    """Publish anew; as `publish_or_die`, at a moment of that part of the old revision, or of the new one."""

    def heard(moment: Moment, key: DeliveryKey) -> None:
        if (key.revision, key.part) == (revision, part):
            die_if(moment, die_at)

    _tell_the_end(scene, lambda: repost(scene, heard))


def _tell_the_end(scene: Scene, run: Callable[[], Ran]) -> None:
    outcome = Path(scene.folder) / "outcome.json"
    outcome.unlink(missing_ok=True)
    outcome.write_text(json.dumps(run().outcome), encoding="utf-8")


def publish_until_told(scene: Scene, moment: str) -> None:
    """Publish, and get SIGTERM at `moment`, as a CI system sends it; writes to `told.json` what was said."""
    stop = threading.Event()

    def heard(now: Moment) -> None:
        if now == moment:
            os.kill(os.getpid(), signal.SIGTERM)
        if moment == IN_FLIGHT and now is Moment.CLAIMED:
            threading.Timer(FLIGHT_SECONDS, os.kill, (os.getpid(), signal.SIGTERM)).start()

    with terminating(stop, lambda: None):
        ran = publish(scene, heard, stop=stop)
        stop.wait(FLIGHT_SECONDS)  # with the request in flight, the signal may be faster than the answer, or not
    (Path(scene.folder) / "told.json").write_text(json.dumps([*astuple(ran), stop.is_set()]), encoding="utf-8")


def die_if(moment: str, die_at: str | None) -> None:
    """Die here, if this is the moment; `IN_FLIGHT` is a little later than the claim."""
    if die_at == moment:
        _die()
    if die_at == IN_FLIGHT and moment is Moment.CLAIMED:
        threading.Timer(FLIGHT_SECONDS, _die).start()


def _die() -> None:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))  # on Windows SIGTERM ends a process at once
