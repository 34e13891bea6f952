"""Rule: nothing goes out at night but warnings."""

from collections.abc import Iterator
from datetime import time

from kanal.errors import ConfigError
from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Subject, rule


@rule("warning", when="planned")
def check(subject: Subject, *, begin: str = "22:00", end: str = "06:00") -> Iterator[Problem]:
    """No post is planned for the night; warnings may go out at any time.

    At night nobody from the office sees what is answered, and phones ring beside beds. A post in the small hours is
    mostly a slip of the hand, too.

    `kanal publish --due` keeps these hours as well: what would go out in the night waits until they are over. A draft
    that waives this rule does not wait.

    Options:
        begin: when the night begins, like "22:00"
        end: when it is over, like "06:00"

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Das Bürgerbüro ist umgezogen.
    Bad:
        id: example
        channels: [mastodon]
        publish_at: 2026-11-24 03:00
        text: Das Bürgerbüro ist umgezogen.
    """
    at = subject.draft.publish_at
    if at is None or subject.draft.type is DraftType.CRISIS:
        return
    if is_quiet(at.time(), time_of_day(begin), time_of_day(end)):
        yield Problem(
            "publish_at",
            msg("This goes out at {time}, in the night. Choose another time.", time=f"{at:%H:%M}"),
        )


def is_quiet(clock: time, begin: time, end: time) -> bool:
    """Whether `clock` lies in the night; its beginning does, its end does not. What sends asks here as well."""
    return begin <= clock < end if begin <= end else clock >= begin or clock < end


def time_of_day(text: str) -> time:
    """What an option like `22:00` means. Raises `ConfigError` for anything else."""
    try:
        found = time.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo or found.isoformat("minutes") != text:
        raise ConfigError(
            msg("“{text}” is no time of day, as time/quiet-hours needs it.", text=text),
            msg("Write it like “22:00”, in quotation marks, in config/policy.yaml."),
        )
    return found
