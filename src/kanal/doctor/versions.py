"""Until when the version of the network's interface that a channel asks in will be answered."""

from collections.abc import Iterator
from datetime import date, timedelta

from kanal.doctor.observation import Check, Observation, error, ok, warning
from kanal.message import msg
from kanal.verification import ApiVersion

AHEAD = timedelta(days=90)
"""Long enough to update kanal in an office."""
_NEWER = msg("Update kanal; or name a newer version under “urls” of this channel in config/channels.yaml.")


def seen(version: ApiVersion, today: date) -> Observation:
    """What is known of the version without asking anybody."""
    if not version.name:
        return warning(
            Check.VERSION,
            msg("The channel's base address names no version."),
            msg("Correct “urls” in config/channels.yaml; it ends like /v26.0."),
        )
    if not version.known:
        return warning(
            Check.VERSION,
            msg("kanal does not know version {version}, nor when it ends.", version=version.name),
            msg("Update kanal, or name a version that it knows under “urls” in config/channels.yaml."),
        )
    if version.until is None:
        return ok(Check.VERSION, msg("{version}, no end announced", version=version.name))
    day = version.until.isoformat()
    if version.until < today:
        return error(Check.VERSION, msg("{version} ended on {day}.", version=version.name, day=day), _NEWER)
    if version.until - today <= AHEAD:
        return warning(Check.VERSION, msg("{version} ends on {day}.", version=version.name, day=day), _NEWER)
    return ok(Check.VERSION, msg("{version}, until {day}", version=version.name, day=day))


def answered(asked: ApiVersion, answering: str | None) -> Iterator[Observation]:
    """Whether another version answers than the one that was asked for."""
    if answering and asked.name and answering != asked.name:
        yield warning(
            Check.VERSION,
            msg("The network answers in {found}, though {asked} was asked for.", found=answering, asked=asked.name),
            _NEWER,
        )
