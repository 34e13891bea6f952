"""Rule: whoever approves is somebody who may."""

from collections.abc import Iterator

from kanal.approval.people import plain
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule


@rule("error", when="approval")
def check(subject: Subject) -> Iterator[Problem]:
    """The person who approves stands in the office's list of those who may.

    Who may speak for the office is decided by the office, not by who happens to have a copy of the repository. The
    names stand in config/policy.yaml under `registers`, `approvers`, as they stand in git. While nobody is entered
    there, everybody may. That the name is not only written there is looked at by `approval/forged`.

    Source: kanal's own advice, from the rules of procedure of public offices on the approval of publications.

    Good:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probst, at: 2026-11-20 10:30, digest: DIGEST}
    Bad:
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Max Beispiel, at: 2026-11-20 10:30, digest: DIGEST}
    """
    approval, approvers = subject.draft.approval, subject.registers.approvers
    if approval and approvers and subject.may_go_out and plain(approval.name) not in map(plain, approvers):
        yield Problem(
            "approval.name",
            msg(
                "{name} is not among those who may approve: {names}. Ask one of them; who may stands in"
                " config/policy.yaml under “approvers”.",
                name=approval.name,
                names=", ".join(approvers),
            ),
        )
