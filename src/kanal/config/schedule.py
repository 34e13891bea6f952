"""`schedule:` in `config/kanal.yaml`: what an unattended run does with time, and when somebody must be told.

The form stands in `kanal.config.office`, because files are checked there without importing this module. It must not
know drafts or the clock.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from kanal.config.office import LATE, SCHEDULE
from kanal.durations import Duration, duration
from kanal.model import DraftType
from kanal.schema import Form


class Then(StrEnum):
    """What becomes of a post that is found too late."""

    HOLD = "hold"
    PUBLISH = "publish"
    SKIP = "skip"


class Late(NamedTuple):
    """How long after its time a post still goes out by itself, and what happens afterwards."""

    within: Duration
    then: Then


class Schedule(NamedTuple):
    """`late` by type is complete; `ping` may be a secret (whoever knows it can say that all is well)."""

    late: Mapping[DraftType, Late]
    overdue_after: Duration
    held_too_long: Duration
    alarm_after: Duration
    ping: str | None = None


def schedule_from(said: Mapping[str, Any]) -> Schedule:
    """The schedule out of the checked values of `schedule:`; what they do not say is as kanal has it."""
    fields = Form(SCHEDULE).validate(dict(said))
    late = Form(LATE).validate(fields["late"] or {})
    types = late["types"]
    return Schedule(
        late={kind: _late(kind, late, types.get(str(kind), {})) for kind in DraftType},
        overdue_after=duration(fields["overdue_after"]),
        held_too_long=duration(fields["held_too_long"]),
        alarm_after=duration(fields["alarm_after"]),
        ping=fields["ping"],
    )


def _late(kind: DraftType, late: Mapping[str, Any], own: Mapping[str, Any]) -> Late:
    """A warning that comes late is better than none, as long as it holds; so an office must ask for anything else."""
    usual = Then.PUBLISH if kind is DraftType.CRISIS else Then(late["then"])
    within = own.get("publish_within") or late["publish_within"]
    return Late(duration(within), Then(own["then"]) if own.get("then") else usual)
