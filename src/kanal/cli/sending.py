"""The steps from a selection of drafts to results, shared by `publish`, `plan` and `demo`.

It decides nothing about a post; it brings together project, ledgers, networks and `kanal.publish`.
"""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from kanal.abilities.sending import CanContinue
from kanal.adapter import Adapter
from kanal.cli.desk import Desk
from kanal.cli.networks import (
    PRACTICE_PATIENCE,
    Ledgers,
    live_credentials,
    open_ledgers,
    practice_networks,
    practised,
    sends,
)
from kanal.cli.terminating import nothing_begun, terminating
from kanal.config import Project
from kanal.config.brakes import Brakes
from kanal.errors import UsageError
from kanal.fitting import Fit, fit
from kanal.folder import Entry, Folder
from kanal.ledger import AWAY, Ledger, Standing
from kanal.message import NOTHING, msg
from kanal.model import Channel, DeliveryKey
from kanal.platforms import adapter_class, limits_of
from kanal.publish.conditions import Conditions, Result, Watch
from kanal.publish.outlet import Outlet
from kanal.publish.overlooked import cut_off, orphans, strangers
from kanal.publish.pace import Pace, Past
from kanal.publish.planning import Situation, Step, plan
from kanal.publish.revisions import States
from kanal.publish.running import Lane, run
from kanal.publish.timing import Terms
from kanal.publish.warnings import active_warning
from kanal.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Job:
    """What was asked for: which drafts, which channels, practice or reality, and how long to wait.

    With `terms` nobody is watching, and the rules of time count.
    """

    project: Project
    folder: Folder
    entries: Sequence[Entry]
    channels: Mapping[str, Channel]
    everything: bool
    sandbox: bool = False
    wait: timedelta = timedelta(seconds=60)
    terms: Terms | None = None

    def is_live(self, channel: str) -> bool:
        """Whether the channel meets a real network in this job."""
        return channel in self.channels and self.channels[channel].live and not self.sandbox


def select_channels(project: Project, names: Collection[str]) -> Mapping[str, Channel]:
    """The channels that `names` mean, all when there are none. Raises `UsageError`."""
    for name in names:
        if name not in project.channels:
            raise UsageError(msg("There is no channel “{name}”.", name=name), did_you_mean(name, project.channels))
    return {name: channel for name, channel in project.channels.items() if not names or name in names}


@contextmanager
def planned(job: Job, desk: Desk) -> Iterator[tuple[list[Step], Ledgers]]:
    """The steps of a job, and the ledgers they were held against. Raises `LedgerRefused`."""
    with open_ledgers(job.project, job.channels.values(), desk.environ, desk.clock, sandbox=job.sandbox) as ledgers:
        of_ledger = {ledger: ledger.states() for ledger in ledgers}
        states = {name: of_ledger[ledgers.of(channel, sandbox=job.sandbox)] for name, channel in job.channels.items()}
        now = desk.clock()
        local = now.astimezone(job.project.office.zone)
        situation = situation_of(job, ledgers, now, lying_with_networks(job, states, ledgers))
        steps = plan(job.entries, job.channels, states, job.project.office.mentions, local, situation=situation)
        if job.everything:
            steps += orphans(states, steps, situation.away, now)
        if job.everything and len(job.channels) == len(job.project.channels):
            steps += cut_off(of_ledger.values(), job.project.channels)
            if job.terms:
                steps += strangers(job.entries, job.project.channels, of_ledger.values(), local)
        yield steps, ledgers


def lying_with_networks(job: Job, states: Mapping[str, States], ledgers: Ledgers) -> Mapping[DeliveryKey, Standing]:
    """How those deliveries stand that lie with a network; `states` as for `plan`."""
    keys = [
        (name, key)
        for name, known in states.items()
        for key, (state, _) in known.items()
        if key.channel == name and state in AWAY
    ]
    found = {key: ledgers.of(job.channels[name], sandbox=job.sandbox).standing(key) for name, key in keys}
    return {key: standing for key, standing in found.items() if standing}


def situation_of(
    job: Job, ledgers: Ledgers, now: datetime, away: Mapping[DeliveryKey, Standing] = NOTHING
) -> Situation:
    """What holds besides drafts, channels and ledger; `away` is what lies with networks."""
    past = Past(now)
    return Situation(
        active_warning(job.folder.entries, now.astimezone(job.project.office.zone)),
        job.project.brakes or Brakes(),
        job.terms,
        lambda name: past.last(ledgers.of(job.channels[name], sandbox=job.sandbox), name),
        away,
    )


Maker = Callable[[Channel, Adapter, Ledger, Conditions, timedelta | None, Fit], Lane]


def send(
    job: Job, steps: Sequence[Step], ledgers: Ledgers, desk: Desk, watch: Watch, make: Maker | None = None
) -> list[Result]:
    """Carry the steps out, each channel's by what `make` makes; without it, they are published.

    Raises `ConfigError` for missing credentials, before anything is sent.

    Ctrl-C before anything is sent raises `typer.Abort`; later on it is as `kanal.publish.running.run` says.
    """
    stop = threading.Event()
    with ExitStack() as stack:
        with nothing_begun():
            lanes = _lanes(job, steps, ledgers, desk, _Run(watch, stop, make), stack)
        patience_please = msg("Finishing what is under way. Ctrl-C once more leaves at once.")
        with terminating(stop, lambda: desk.note(msg("Told to end. Finishing what is under way."))):
            return run(lanes, steps, stop, lambda: desk.note(patience_please))


class _Run(NamedTuple):
    """What every channel of a run shares."""

    watch: Watch
    stop: threading.Event
    make: Maker | None


def _lanes(job: Job, steps: Sequence[Step], ledgers: Ledgers, desk: Desk, shared: _Run, stack: ExitStack) -> list[Lane]:
    """Who sends on each channel that has something to send; `stack` closes what they need."""
    from kanal.ledger.runner import running

    due = [job.channels[name] for name in dict.fromkeys(step.key.channel for step in steps if step.outcome is None)]
    secrets = live_credentials([channel for channel in due if job.is_live(channel.name)], desk.environ, desk.note)
    by = stack.enter_context(running(job.project.state / "runners"))
    past = Past(desk.clock())
    pictures = Path(stack.enter_context(TemporaryDirectory(prefix="kanal-", ignore_cleanup_errors=True)))
    practice = stack.enter_context(practice_networks(job.project)) if len(secrets) < len(due) else None
    lanes: list[Lane] = []
    for channel in due:
        ledger = ledgers.of(channel, sandbox=job.sandbox)
        conditions = Conditions(
            by, job.wait, shared.watch, sends(ledger, job.project, desk.clock), shared.stop, desk.clock
        )
        if channel.name in secrets or practice is None:
            there, own, patience = channel, secrets[channel.name], None
        else:
            there, own = practised(channel, practice, job.project)
            patience = PRACTICE_PATIENCE
        adapter: Adapter = adapter_class(channel.platform)(there, own)
        stack.callback(adapter.close)
        if isinstance(adapter, CanContinue):
            adapter.continue_uploads(job.project.state / "uploads")
        ready = partial(fit, limits=limits_of(there), folder=pictures, adapt=job.project.policy.adapt)
        if shared.make:
            lanes.append(shared.make(there, adapter, ledger, conditions, patience, ready))
            continue
        pace = Pace(job.terms, past.last(ledger, channel.name)) if job.terms else None
        lanes.append(Outlet(there, adapter, ledger, conditions, patience, fit=ready, pace=pace))
    return lanes
