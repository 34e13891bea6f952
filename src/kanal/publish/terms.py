"""What the office decided about time, gathered from `schedule:` and from the policy's options of two rules.

A rule that is off, or a draft that waives it, asks for nothing when sending either: lint and publish never disagree.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kanal import rules
from kanal.config import Project
from kanal.config.schedule import schedule_from
from kanal.publish.quiet_hours import QuietHours
from kanal.publish.timing import DISTANCE_RULE, QUIET_RULE, Terms
from kanal.rules.time.quiet_hours import time_of_day


def terms_of(project: Project) -> Terms:
    """The terms of a project. Raises `ConfigError` for quiet hours that are no times of day."""
    night = _options(project, QUIET_RULE)
    distance = _options(project, DISTANCE_RULE)
    return Terms(
        zone=project.office.zone,
        schedule=schedule_from(project.office.schedule),
        quiet=QuietHours(time_of_day(night["begin"]), time_of_day(night["end"])) if night else None,
        distance=timedelta(minutes=distance["minutes"]) if distance else None,
    )


def _options(project: Project, rule: str) -> Mapping[str, Any] | None:
    """The options that hold for a rule, None when it is off."""
    if project.policy.severity_of(rule, rules.card(rule).severity) is None:
        return None
    defaults = {name: parameter.default for name, parameter in rules.parameters(rule).items()}
    return {**defaults, **project.policy.options_of(rule)}
