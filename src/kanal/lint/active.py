"""Which rules an office switched on, how severe they are, and with which options.

It must not know what rules look at, nor any single one.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from kanal.config import Project
from kanal.model import Severity
from kanal.rules import Card, Rule, card, find, names


class Active(NamedTuple):
    """A rule that is switched on, as severe as the office wants it, with the office's options."""

    card: Card
    severity: Severity
    options: Mapping[str, Any]

    @property
    def rule(self) -> Rule:
        """The rule itself, loaded when it is needed."""
        return find(self.card.id)


def active_rules(project: Project, *, publishing: bool) -> Iterator[Active]:
    """The rules that count while drafts are written or, with `publishing`, before they go out."""
    for name in names():
        known = card(name)
        severity = project.policy.severity_of(name, known.severity)
        if severity is not None and (publishing or not known.before_publishing):
            yield Active(known, severity, project.policy.options_of(name))
