"""`kanal publish --hand-over`: networks that can publish later by themselves get what is planned for later.

For offices whose computers are off when something is due. Every draft is looked at as a run at its time would see it.
It must not know how a delivery is handed over.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated

import typer

from kanal.adapter import Adapter
from kanal.cli.desk import Desk
from kanal.cli.networks import Ledgers
from kanal.cli.sending import Job, lying_with_networks
from kanal.config.brakes import Brakes
from kanal.errors import UsageError
from kanal.fitting import Fit
from kanal.ledger import AWAY, Ledger
from kanal.message import mark, msg
from kanal.model import Channel
from kanal.publish.ahead import Times, Wish, ahead, nearest
from kanal.publish.conditions import Conditions
from kanal.publish.handing_over import HandingOver
from kanal.publish.pace import Past
from kanal.publish.planning import Situation, Step, plan
from kanal.publish.terms import terms_of
from kanal.publish.warnings import active_warning
from kanal.publish.word import Word

HandOver = Annotated[
    bool,
    typer.Option("--hand-over", help=mark("Let networks that can publish later by themselves do so: no CI is needed.")),
]
Replace = Annotated[
    bool,
    typer.Option(
        "--replace", help=mark("With --hand-over: replace what lies with a network and reads differently by now.")
    ),
]


def refuse_nonsense(*, hand_over: bool, replace: bool, due: bool) -> None:
    """Raises `UsageError` for options that contradict one another."""
    if replace and not hand_over:
        raise UsageError(msg("--replace is about what was handed over."), msg("Say --hand-over as well."))
    if hand_over and due:
        raise UsageError(
            msg("--hand-over is about what is planned for later, --due about what is due now."),
            msg("Run the two one after the other."),
        )


def to_be_handed_over(job: Job, every: Sequence[Step], ledgers: Ledgers, desk: Desk, *, replace: bool) -> list[Step]:
    """The steps of handing over, instead of those of publishing, `every`."""
    zone = job.project.office.zone
    now = desk.clock()
    past = Past(now)
    of_ledger = {ledger: ledger.states() for ledger in ledgers}
    states = {name: of_ledger[ledgers.of(channel, sandbox=job.sandbox)] for name, channel in job.channels.items()}
    new = {name: {key: one for key, one in known.items() if one[0] not in AWAY} for name, known in states.items()}
    lying = lying_with_networks(job, states, ledgers)
    by_file = {entry.file: entry for entry in job.entries}
    terms = terms_of(job.project)

    def plan_at(file: str, at: datetime, times: Times) -> list[Step]:
        def last(name: str) -> datetime | None:
            there = [
                one.comes_out_at for key, one in lying.items() if key.channel == name and key.draft != by_file[file].id
            ]
            out = past.last(ledgers.of(job.channels[name], sandbox=job.sandbox), name)
            return nearest([out, *there, *times.get(name, ())], at)

        brakes = job.project.brakes or Brakes()
        situation = Situation(active_warning(job.folder.entries, at.astimezone(zone)), brakes, terms, last)
        mentions = job.project.office.mentions
        return plan([by_file[file]], job.channels, new, mentions, at.astimezone(zone), situation=situation)

    wish = Wish(named=not job.everything, replace=replace)
    return ahead(every, job.channels, now.astimezone(zone), plan_at, wish)


def moments(steps: Sequence[Step]) -> dict[str, datetime]:
    """When readers will see each draft that is to be handed over, by file."""
    return {step.file: step.at for step in steps if step.outcome is None and step.at and step.post}


def lane_for(
    word: Word,
    channel: Channel,
    adapter: Adapter,
    ledger: Ledger,
    conditions: Conditions,
    patience: timedelta | None,
    fit: Fit,
) -> HandingOver:
    """Who hands over on the channel; what is replaced is taken back on somebody's `word`."""
    return HandingOver(channel, adapter, ledger, conditions, patience, fit=fit, word=word)


def lanes_of(name: str, desk: Desk) -> "partial[HandingOver]":
    """What makes the lanes of a run in which `name` answers for what is replaced."""
    return partial(lane_for, Word(name, desk.say(msg("Another content, or another time, takes its place."))))
