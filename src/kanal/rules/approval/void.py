"""Rule: what was approved is what the draft says now."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="approval")
def check(subject: Subject) -> Iterator[Problem]:
    """An approval holds for the content that was read, and for no other.

    `kanal approve` writes a digest into the draft: SHA-256 over everything that the draft says, and over its pictures
    and captions. A comma, another picture, another time or channel, and the approval is void; whoever approved reads
    again, and runs `kanal approve` once more. Comments, the order of keys and quotation marks do not count, nor does
    the name of the file.

    An approval without a digest was written by hand. That is let pass in drafts whose time is over, and in drafts
    without a time that were approved more than 30 days ago, unless they are about to go out.

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
        approval: {name: Toni Probe, at: 2026-11-20 10:30}
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist noch nicht umgezogen.
        approval:
          name: Toni Probe
          at: 2026-11-20 10:30
          digest: sha256:0000000000000000000000000000000000000000000000000000000000000000
    """
    draft = subject.draft
    if draft.approval is None or not subject.may_go_out:
        return
    if draft.approval.digest is None:
        yield Problem(
            "approval",
            msg(
                "This approval does not say which content it is for. It was written by hand; approve with: kanal"
                " approve {draft}",
                draft=draft.id,
            ),
        )
        return
    from kanal.approval.digest import digest_of

    if draft.approval.digest != digest_of(draft, subject.posts_folder):
        yield Problem(
            "approval.digest",
            msg(
                "The draft or one of its files was changed after {name} approved it, so the approval is void. Read it"
                " again: kanal approve {draft}",
                name=draft.approval.name,
                draft=draft.id,
            ),
        )
