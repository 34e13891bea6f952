"""Rule: somebody has approved the post before it goes out."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", before_publishing=True)
def check(subject: Subject) -> Iterator[Problem]:
    """What goes out was approved.

    Four eyes see more than two, and what a public office says is quoted for years. Whoever has read the posts of all
    channels runs `kanal approve`, which writes name, time and a digest of the content into the draft. That it was
    somebody other than the writer is looked at by `approval/own-draft`, that it was really he or she by
    `approval/forged`.

    Looked at only when something is about to go out, not while it is being written.

    Source: kanal's own advice, from the rules of procedure of public offices on the approval of publications.

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2099-11-20 10:30, digest: DIGEST}
    """
    approval = subject.draft.approval
    if approval is None:
        yield Problem(
            "approval",
            msg(
                "Nobody has approved this yet. Whoever may approve reads it: kanal approve {draft}",
                draft=subject.draft.id,
            ),
        )
    elif approval.at > subject.now:
        yield Problem("approval.at", msg("This time has not come yet. Approve it with: kanal approve"))
