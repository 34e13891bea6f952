"""What a shell offers when somebody presses Tab: drafts, channels, rules. It must not print, nor fail.

A mistake in the configuration is for the command to say; here it means that nothing is offered.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from kanal import rules
from kanal.cli.desk import Desk
from kanal.errors import KanalError

Offer = Callable[[typer.Context, str], list[str]]


def _offering(everything: Callable[[Desk], Iterable[str]]) -> Offer:
    def offer(context: typer.Context, incomplete: str) -> list[str]:
        root = context.find_root()
        desk = Desk(root.params.get("project") and Path(root.params["project"]))
        try:
            return sorted(name for name in everything(desk) if name.startswith(incomplete))
        except (KanalError, OSError):
            return []

    return offer


def _ids(desk: Desk) -> Iterable[str]:
    project = desk.project()
    return [entry.id for entry in desk.drafts(project).each()]


def _channels(desk: Desk) -> Iterable[str]:
    return desk.project().channels


def _rules(_desk: Desk) -> Iterable[str]:
    names = rules.names()
    return {*names, *(name.partition("/")[0] for name in names)}


drafts_to_offer = _offering(_ids)
channels_to_offer = _offering(_channels)
rules_to_offer = _offering(_rules)
