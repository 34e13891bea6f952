"""Rule: nothing goes out before its embargo ends."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="embargo")
def check(subject: Subject) -> Iterator[Problem]:
    """A post with an embargo is planned for the time after it.

    An embargo is a promise, to a court, a ministry or the press. A draft without `publish_at` waits for its end.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: example
        channels: [mastodon]
        embargo: 2026-12-01 11:00
        publish_at: 2026-12-01 11:00
        text: Das Serviceportal ist online.
    Good:
        id: example
        channels: [mastodon]
        embargo: 2026-12-01 11:00
        text: Das Serviceportal ist online.
    Bad:
        id: example
        channels: [mastodon]
        embargo: 2026-12-01 11:00
        publish_at: 2026-12-01 08:00
        text: Das Serviceportal ist online.
    """
    embargo, planned = subject.draft.embargo, subject.draft.publish_at
    if embargo is not None and planned is not None and planned < embargo:
        yield Problem(
            "publish_at",
            msg("This would go out before the embargo ends ({time}). Move publish_at behind it.", time=embargo),
        )
