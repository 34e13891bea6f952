"""Who corrects on a channel: brings together what edits, what answers and what publishes anew.

It decides nothing about a post.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from kanal.abilities.sending import CanContinue
from kanal.adapter import Adapter
from kanal.cli.desk import Desk
from kanal.cli.errands import Errand, Maker
from kanal.cli.networks import PRACTICE_PATIENCE, sends
from kanal.cli.sending import Job
from kanal.fitting import fit
from kanal.ledger import Ledger
from kanal.ledger.runner import running
from kanal.model import Channel
from kanal.platforms import limits_of
from kanal.publish.amending import Amending
from kanal.publish.conditions import Conditions
from kanal.publish.correcting import Correcting
from kanal.publish.outlet import Outlet
from kanal.publish.reposting import Reposting
from kanal.publish.word import Word

WAIT = timedelta(seconds=60)
"""How long a channel may wait until the network takes what is new, as `kanal publish` does."""


def lane_maker(job: Job, errand: Errand, desk: Desk, pictures: Path, stack: ExitStack) -> Maker:
    """Makes lanes; what is made of pictures lies in the folder `pictures`.

    Whatever is new is claimed by a runner, as in any run, until `stack` is closed.
    """
    by = stack.enter_context(running(job.project.state / "runners"))
    draft = job.entries[0].id if job.entries else ""

    def make(channel: Channel, adapter: Adapter, ledger: Ledger, conditions: Conditions, word: Word) -> Amending:
        ready = partial(fit, limits=limits_of(channel), folder=pictures, adapt=job.project.policy.adapt)
        is_sending = sends(ledger, job.project, desk.clock)
        sending = replace(conditions, by=by, wait=WAIT, is_sending=is_sending)
        if isinstance(adapter, CanContinue):
            adapter.continue_uploads(job.project.state / "uploads")
        patience = None if errand.is_live(channel.name) else PRACTICE_PATIENCE
        outlet: Callable[[], Outlet] = partial(Outlet, channel, adapter, ledger, sending, patience, fit=ready)
        return Amending(
            channel,
            draft,
            edits=Correcting(channel, adapter, ledger, conditions, word, ready),
            replies=outlet(),
            anew=Reposting(outlet(), adapter, ledger, conditions, word),
        )

    return make
