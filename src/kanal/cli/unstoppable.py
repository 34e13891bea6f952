"""What a hold or a pause cannot stop, since it lies with a network already: said loudly, with the way to take it back.

The hold itself is written and committed by then; whatever goes wrong here must not seem to undo that.
"""

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from kanal.cli import show
from kanal.cli.desk import Desk
from kanal.cli.errands import Errand, carry_out
from kanal.cli.networks import open_ledgers
from kanal.cli.progress import progress
from kanal.cli.question import agrees
from kanal.cli.terminal import write
from kanal.config import Project
from kanal.errors import KanalError
from kanal.ledger import AWAY, Ledger
from kanal.message import Message, msg, msgn
from kanal.model import DeliveryKey, DraftType
from kanal.publish.planning import Step
from kanal.publish.retracting import Retracting
from kanal.publish.wait import Why
from kanal.publish.word import Word


class Brake(NamedTuple):
    """What was pulled: everywhere or on one `channel`, for good or until a time (aware), and in whose name and why."""

    name: str
    reason: str
    channel: str | None = None
    until: datetime | None = None


class _Lying(NamedTuple):
    key: DeliveryKey
    at: datetime


def tell_what_goes_on(project: Project, brake: Brake, desk: Desk) -> None:
    """Say what comes out all the same, and offer to take it back where somebody can answer."""
    channels = {name: one for name, one in project.channels.items() if brake.channel in {None, name}}
    try:
        with open_ledgers(project, channels.values(), desk.environ, desk.clock, sandbox=False) as ledgers:
            errand = Errand(project, channels, ledgers, Word(brake.name, brake.reason))
            found = _lying(errand, brake, desk)
            if found:
                _say(found, desk)
                _offer(found, errand, desk)
    except KanalError as error:
        desk.note(msg("Nobody could look whether something lies with the networks: {reason}", reason=error.message))
        desk.note(msg("What was handed over to them is not stopped by this. Look there, or see: kanal status"))


def _lying(errand: Errand, brake: Brake, desk: Desk) -> list[_Lying]:
    """What would come out while the brake is on, the next one first. Warnings go out in a hold, not in a pause."""
    warnings: set[str] = set()
    if brake.channel is None:
        entries = desk.drafts(errand.project).entries
        warnings = {entry.id for entry in entries if entry.type is DraftType.CRISIS}
    found = []
    for name, states in errand.states().items():
        ledger = errand.ledger_of(name)
        keys = [key for key, (state, _) in states.items() if key.channel == name and state in AWAY]
        found += [
            _Lying(key, at)
            for key in keys
            if key.draft not in warnings and (at := _comes_out(ledger, key)) and (not brake.until or at < brake.until)
        ]
    return sorted(found, key=lambda one: one.at)


def _comes_out(ledger: Ledger, key: DeliveryKey) -> datetime | None:
    standing = ledger.standing(key)
    return standing.comes_out_at if standing else None


def _say(found: Sequence[_Lying], desk: Desk) -> None:
    loud: Message = msgn(
        "THIS CANNOT STOP what lies with the networks: {count} post comes out by itself.",
        "THIS CANNOT STOP what lies with the networks: {count} posts come out by themselves.",
        len(found),
    )
    write((desk.say(loud), "bold red"), to=sys.stderr)
    for key, at in found:
        desk.note(
            msg(
                "  {draft} on {channel}, at {time}. To take it back: kanal retract {draft} --channel {channel}"
                " --reason REASON",
                draft=key.draft,
                channel=key.channel,
                time=at,
            )
        )


def _offer(found: Sequence[_Lying], errand: Errand, desk: Desk) -> None:
    """Take it back at once if somebody agrees; afterwards the drafts are held like all others."""
    if not sys.stdin.isatty():
        return
    question = msgn(
        "Take {count} post back from the networks now?", "Take {count} posts back from the networks now?", len(found)
    )
    if not agrees(question, desk):
        desk.note(msg("Nothing was taken back."))
        return
    steps = [Step(key, "", why=Why.HANDED_OVER) for key, _ in found]
    with progress(desk, len(steps)) as watch:
        results = carry_out(errand, steps, desk, watch, Retracting)
    show.deliveries(results, desk.say, show.Format.TEXT, quiet=())
