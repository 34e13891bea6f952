"""Rule: two posts do not go out on one channel at the same time."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Summary, folder_rule

_APART = (DraftType.CRISIS, DraftType.REPLY)


@folder_rule("warning")
def check(summaries: Sequence[Summary], _now: datetime, *, minutes: int = 15) -> Iterator[tuple[Summary, Problem]]:
    """Between two posts on one channel there is some time.

    Networks show one of two posts that come together, and readers take in one. Warnings and replies are left alone.

    `kanal publish --due` keeps this distance as well: what would follow another post too closely waits for a later
    run. A draft that waives this rule does not wait.

    Options:
        minutes: how many minutes there should be at least

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: markt
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Am Samstag ist Adventsmarkt.
        ---
        id: bus
        channels: [mastodon]
        publish_at: 2026-11-24 10:00
        text: Der Bus 412 fährt ab Montag jede halbe Stunde.
    Bad:
        id: markt
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Am Samstag ist Adventsmarkt.
        ---
        id: bus
        channels: [mastodon]
        publish_at: 2026-11-24 08:05
        text: Der Bus 412 fährt ab Montag jede halbe Stunde.
    """
    planned = [(one.publish_at, one.file, one) for one in summaries if one.publish_at and one.type not in _APART]
    planned.sort(key=lambda entry: entry[:2])
    before: dict[str, tuple[datetime, str]] = {}
    for at, file, summary in planned:
        for channel in summary.channels:
            earlier = before.get(channel)
            if earlier and at - earlier[0] < timedelta(minutes=minutes):
                yield (
                    summary,
                    Problem(
                        "publish_at",
                        msg(
                            "{file} goes out on {channel} less than {minutes} minutes before. Move one of them.",
                            file=earlier[1],
                            channel=channel,
                            minutes=minutes,
                        ),
                    ),
                )
                break
        before |= dict.fromkeys(summary.channels, (at, file))
