"""What rules found in a draft, with its place in the file, and what waivers silenced of it.

It must not know how rules are run, nor how findings are shown.
"""

from typing import NamedTuple

from kanal.lint.active import Active
from kanal.lint.places import Stretch
from kanal.model import Finding, Place, Problem, Waiver


class Hit(NamedTuple):
    """A problem, the rule that found it, and where it stands in the source."""

    active: Active
    problem: Problem
    stretch: Stretch


class Silenced(NamedTuple):
    """A waiver, and how many findings it silences."""

    waiver: Waiver
    place: Place
    findings: int


class Verdict(NamedTuple):
    """What the rules say about one draft."""

    hits: tuple[Hit, ...]
    silenced: tuple[Silenced, ...]


def finding_of(hit: Hit, file: str) -> Finding:
    """A hit for people and programs."""
    found = finding(hit.active, hit.problem, file, hit.stretch.place)
    return found._replace(width=hit.stretch.width, lines=hit.stretch.lines, tail=hit.stretch.tail)


def finding(active: Active, problem: Problem, file: str, place: Place) -> Finding:
    """A problem of a rule at a place."""
    return Finding(
        rule=active.card.id,
        severity=active.severity,
        file=file,
        place=place,
        field=problem.field.removesuffix(":key"),
        message=problem.message,
        fixable=problem.instead is not None or problem.cleaning,
        personal=active.rule.personal,
    )
