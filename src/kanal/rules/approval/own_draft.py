"""Rule: nobody approves what he or she wrote."""

from collections.abc import Iterator

from kanal.approval.history import History
from kanal.approval.people import Person
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, history_rule


@history_rule("error")
def check(subject: Subject, history: History, *, solo: bool = False) -> Iterator[Problem]:
    """Whoever approves is not the one who wrote the draft, or changed it last.

    Who wrote it, the draft says in `written_by`. Who changed last what it says, or one of its pictures, git knows: the
    author of that commit. Commits that only moved the file, or changed comments, do not count. One person with two
    spellings of the name but the same e-mail address is one person; other addresses of the same person belong into
    `.mailmap`.

    An office in which one person does it all sets `solo` (or extends the pack `solo-office`): then the approval is a
    second look of one's own, best on another day. It stands in the draft and goes into the ledger like any other, so
    that everybody can see who checked whom.

    Squashing a merge request into one commit makes one author of all: merge it as it is.

    Options:
        solo: whether somebody may approve what he or she wrote

    Source: kanal's own advice, from the rules of procedure of public offices on the approval of publications.

    Good:
        # git: written by Kim Muster, approved by Toni Probe
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    Bad:
        # git: written by Toni Probe, approved by Toni Probe
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    Bad:
        # git: written by Eva Muster, approved by Kim Muster
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        written_by: Kim Muster
        approval: {name: Kim Muster, at: 2026-11-20 10:30, digest: DIGEST}
    """
    approval = subject.draft.approval
    if approval is None or solo:
        return
    approver = Person(approval.name)
    if subject.draft.written_by and approver.is_called(subject.draft.written_by):
        yield Problem(
            "approval.name",
            msg("{name} wrote this draft. Ask somebody else to read it, and to run: kanal approve", name=approval.name),
        )
        return
    if history.approval and history.approval.author.is_called(approval.name):
        approver = history.approval.author
    if any(approver.is_same_as(change.author) for change in history.content):
        yield Problem(
            "approval.name",
            msg(
                "According to git, {name} also made the last change of the content. Ask somebody else to read it, and"
                " to run: kanal approve",
                name=approval.name,
            ),
        )
