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
    first, last = _clock(begin), _clock(end)
    clock = at.time()
    if first <= clock < last if first <= last else clock >= first or clock < last:
        yield Problem(
            "publish_at",
            msg("This goes out at {time}, in the night. Choose another time.", time=f"{clock:%H:%M}"),
        )


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ConfigError(
            msg("“{text}” is no time of day, as time/quiet-hours needs it.", text=text),
            msg("Write it like “22:00”, in quotation marks, in config/policy.yaml."),
        ) from None
