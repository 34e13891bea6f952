"""Rule: while a warning holds, everything else waits."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kanal.message import msg
from kanal.model import DraftType, Problem
from kanal.rules import Summary, folder_rule

_NEVER_WAIT = (DraftType.CRISIS, DraftType.CORRECTION, DraftType.REPLY)


@folder_rule("error")
def check(summaries: Sequence[Summary], _now: datetime) -> Iterator[tuple[Summary, Problem]]:
    """No ordinary post is planned for the time of a warning.

    A cheerful post about a street party between two warnings is read as contempt, and pushes the warning down in the
    timelines. From the beginning of a warning (`publish_at` or `starts_at`, whichever is earlier) until its `ends_at`,
    ordinary posts must be moved; what is due then, kanal holds back by itself. Corrections, replies and other warnings
    are not held back.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: sturm
        type: crisis
        channels: [mastodon]
        publish_at: 2026-12-08 09:00
        ends_at: 2026-12-09 06:00
        text: Sturmwarnung für den Landkreis
        ---
        id: fest
        channels: [mastodon]
        publish_at: 2026-12-09 10:00
        text: Am Samstag ist Straßenfest.
    Bad:
        id: sturm
        type: crisis
        channels: [mastodon]
        publish_at: 2026-12-08 09:00
        ends_at: 2026-12-09 06:00
        text: Sturmwarnung für den Landkreis
        ---
        id: fest
        channels: [mastodon]
        publish_at: 2026-12-08 16:00
        text: Am Samstag ist Straßenfest.
    """
    warnings = [
        (begin, one.ends_at, one)
        for one in summaries
        if one.type is DraftType.CRISIS and one.ends_at and (begin := _begin(one))
    ]
    if not warnings:
        return
    for summary in summaries:
        at = summary.publish_at
        if at is None or summary.type in _NEVER_WAIT:
            continue
        for begin, end, warning in warnings:
            if begin <= at < end:
                yield (
                    summary,
                    Problem(
                        "publish_at",
                        msg(
                            "At that time a warning holds ({file}, until {time}). Move this post behind it.",
                            file=warning.file,
                            time=end,
                        ),
                    ),
                )
                break


def _begin(warning: Summary) -> datetime | None:
    """Before that nobody knows of it; a warning without any time begins nowhere."""
    return min((at for at in (warning.publish_at, warning.starts_at) if at), default=None)
