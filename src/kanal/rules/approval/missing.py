"""Rule: somebody else has read the post before it goes out."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", before_publishing=True)
def check(subject: Subject, *, solo: bool = False) -> Iterator[Problem]:
    """What goes out was approved by somebody other than its writer.

    Four eyes see more than two, and what a public office says is quoted for years. Whoever approves writes name and
    time into the draft: `approval: {name: Kim Muster, at: 2026-11-20 10:30}`. Whoever
    changes the text afterwards asks again; kanal takes the line at its word.

    An office in which one person does it all sets `solo` (or extends the pack `solo-office`): then the writer may
    approve, and the approval is a second look of one's own.

    Looked at only when something is about to go out, not while it is being written.

    Options:
        solo: whether somebody may approve what he or she wrote

    Source: kanal's own advice, from the rules of procedure of public offices on the approval of publications.

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        written_by: Kim Muster
        approval: {name: Toni Probe, at: 2026-11-20 10:30}
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        written_by: Kim Muster
        approval: {name: Kim Muster, at: 2026-11-20 10:30}
    """
    approval, writer = subject.draft.approval, subject.draft.written_by
    if approval is None:
        yield Problem(
            "approval",
            msg(
                "Nobody has approved this yet. Whoever does writes into the draft: approval: {{name: …, at: {time}}}.",
                time=subject.now,
            ),
        )
        return
    if approval.at > subject.now:
        yield Problem("approval.at", msg("This time has not come yet. Write when it really was approved."))
    if not solo and writer and _plain(writer) == _plain(approval.name):
        yield Problem(
            "approval.name",
            msg("The writer has approved this. Ask somebody else to read it, and to write his or her name here."),
        )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
