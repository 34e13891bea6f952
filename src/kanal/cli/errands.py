"""From what is to become of posts that are out to results: brings together project, ledgers, networks and lanes.

It decides nothing about a post.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta

from kanal.adapter import Adapter
from kanal.cli.desk import Desk
from kanal.cli.networks import Ledgers, live_credentials, practice_networks, practised
from kanal.cli.terminating import terminating
from kanal.config import Project
from kanal.errors import ConfigError
from kanal.ledger import Ledger
from kanal.message import Message, msg
from kanal.model import Channel, Secret
from kanal.platforms import adapter_class
from kanal.publish.by_hand import ByHand
from kanal.publish.conditions import Conditions, Result, Watch
from kanal.publish.planning import Step
from kanal.publish.revisions import States
from kanal.publish.running import Lane, run
from kanal.publish.word import Word

PATIENCE = timedelta(seconds=10)
"""How long a network may go on showing what it has deleted or changed."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What was asked for: on which channels, on whose word, practice or reality, or what a person did already."""

    project: Project
    channels: Mapping[str, Channel]
    ledgers: Ledgers
    word: Word
    sandbox: bool = False
    by_hand: bool = False

    def is_live(self, channel: str) -> bool:
        """Whether the channel meets a real network."""
        return self.channels[channel].live and not self.sandbox

    def ledger_of(self, channel: str) -> Ledger:
        """Where the channel's deliveries stand."""
        return self.ledgers.of(self.channels[channel], sandbox=self.sandbox)

    def states(self) -> Mapping[str, States]:
        """The states of all deliveries, by channel."""
        found = {ledger: ledger.states() for ledger in self.ledgers}
        return {name: found[self.ledger_of(name)] for name in self.channels}


Maker = Callable[[Channel, Adapter, Ledger, Conditions, Word], Lane]


def carry_out(errand: Errand, steps: Sequence[Step], desk: Desk, watch: Watch, make: Maker) -> list[Result]:
    """Carry the steps out, each channel's by what `make` makes.

    Raises `ConfigError` for missing credentials, before anything is changed.
    """
    due = [errand.channels[name] for name in dict.fromkeys(step.key.channel for step in steps if step.outcome is None)]
    secrets = _secrets([channel for channel in due if errand.is_live(channel.name)], errand, desk)
    stop = threading.Event()
    conditions = Conditions(errand.word.name, PATIENCE, watch, lambda _: False, stop, desk.clock)
    with ExitStack() as stack:
        practice = stack.enter_context(practice_networks(errand.project)) if len(secrets) < len(due) else None
        lanes = []
        for channel in due:
            there, own = channel, secrets.get(channel.name)
            if own is None and practice:
                there, own = practised(channel, practice, errand.project)
            lanes.append(_lane(there, own or {}, errand, conditions, stack, make))
        patience_please = msg("Finishing what is under way. Ctrl-C once more leaves at once.")
        with terminating(stop, lambda: desk.note(msg("Told to end. Finishing what is under way."))):
            return run(lanes, steps, stop, lambda: desk.note(patience_please))


Secrets = Mapping[str, Secret]


def _secrets(live: Sequence[Channel], errand: Errand, desk: Desk) -> Mapping[str, Secrets | Message]:
    """The credentials of each real channel; or why there are none, where what was done by hand can be noted without."""
    if not errand.by_hand:
        return dict(live_credentials(live, desk.environ, desk.note))
    found: dict[str, Secrets | Message] = {}
    for channel in live:
        try:
            found |= live_credentials([channel], desk.environ, desk.note)
        except ConfigError as error:
            found[channel.name] = error.message
    return found


def _lane(
    channel: Channel,
    secrets: Secrets | Message,
    errand: Errand,
    conditions: Conditions,
    stack: ExitStack,
    make: Maker,
) -> Lane:
    """Who does it on the channel, or notes that it was done; without credentials, `secrets` tells why."""
    ledger = errand.ledger_of(channel.name)
    if isinstance(secrets, Message):
        return ByHand(channel, secrets, ledger, conditions, errand.word)
    adapter: Adapter = adapter_class(channel.platform)(channel, secrets)
    stack.callback(adapter.close)
    if errand.by_hand:
        return ByHand(channel, adapter, ledger, conditions, errand.word)
    return make(channel, adapter, ledger, conditions, errand.word)
