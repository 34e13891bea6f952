"""Rule: the draft that is answered or quoted exists, on the same channels, and goes out before."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kanal.message import Message, msg
from kanal.model import Problem
from kanal.rules import Summary, folder_rule
from kanal.rules.subject import Reference
from kanal.suggest import did_you_mean


@folder_rule("warning")
def check(summaries: Sequence[Summary], _now: datetime) -> Iterator[tuple[Summary, Problem]]:
    """What `reply_to` and `quote` name is another draft of the office, on the same channels, planned no later.

    A post can only stand beneath one that is out. kanal looks that up in the ledger when it sends; until then a slip of
    the pen would go unnoticed, and on the day the post would wait for ever. The draft of a post that is out may have
    been moved out of the folder: waive the rule then.

    Source: kanal's own advice (no source beyond good practice).

    Good:
        id: sperrung
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Die Lindenallee ist gesperrt.
        ---
        id: sperrung-ende
        channels: [mastodon]
        publish_at: 2026-11-26 08:00
        reply_to: sperrung
        text: Die Lindenallee ist wieder frei.
    Bad:
        id: sperrung
        channels: [mastodon]
        publish_at: 2026-11-24 08:00
        text: Die Lindenallee ist gesperrt.
        ---
        id: sperrung-ende
        channels: [mastodon]
        publish_at: 2026-11-26 08:00
        reply_to: sperung
        text: Die Lindenallee ist wieder frei.
    Bad:
        id: sperrung
        channels: [x]
        publish_at: 2026-11-24 08:00
        text: Die Lindenallee ist gesperrt.
        ---
        id: sperrung-ende
        channels: [mastodon, x]
        publish_at: 2026-11-26 08:00
        reply_to: sperrung
        text: Die Lindenallee ist wieder frei.
    """
    for summary in summaries:
        for reference in summary.refers:
            message = _complaint(summary, reference)
            if message and reference.channels:
                yield summary, Problem(reference.key, message)


def _complaint(summary: Summary, reference: Reference) -> Message | None:
    target = reference.target
    if target is None:
        hint = did_you_mean(reference.id, reference.others)
        return msg("There is no draft “{id}” in this folder. {hint}", id=reference.id, hint=hint)
    if target.id == summary.id:
        return msg("A post cannot refer to itself.")
    without = [name for name in reference.channels if name not in target.channels]
    if without:
        return msg(
            "{file} does not go out on {channels}. Take the channel out, or leave out “{key}” there.",
            file=target.file,
            channels=", ".join(without),
            key=reference.key,
        )
    if target.publish_at and summary.publish_at and target.publish_at > summary.publish_at:
        return msg("{file} goes out only at {at}. Move one of them.", file=target.file, at=target.publish_at)
    return None
