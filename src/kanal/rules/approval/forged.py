"""Rule: the person whose name stands there has approved."""

from collections.abc import Iterator

from kanal.approval.history import Gap, History
from kanal.approval.people import plain
from kanal.message import Message, msg
from kanal.model import Problem
from kanal.rules import Subject, history_rule


@history_rule("error")
def check(subject: Subject, history: History, *, signed: bool = False) -> Iterator[Problem]:
    """An approval came into git by the hand of the person whom it names.

    `approval:` is a line of text; anybody can write anybody's name there. So the commit that brought the approval must
    have that person as its author, by name (`git config user.name`; other spellings belong into `.mailmap`), and must
    not have been committed by the one who wrote the content: not with `git commit --author`, and not by rebasing it
    afterwards. Merge commits do not matter.

    That catches slips and shortcuts. git itself believes every name; against forgery with intent, `signed` asks for a
    signature on that commit: `git verify-commit` must accept it, and the key must be known under the author's name or
    e-mail address.

    A clone that does not reach back far enough (CI jobs fetch one commit only, if nobody says otherwise) proves
    nothing, and is an error too.

    Options:
        signed: whether the commit with the approval must carry a valid signature of its author

    Source: kanal's own advice, from the rules of procedure of public offices on the approval of publications.

    Good:
        # git: written by Kim Muster, approved by Toni Probe
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    Bad:
        # git: written by Kim Muster, approved by Kim Muster
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    Bad with signed: true:
        # git: written by Kim Muster, approved by Toni Probe
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    """
    approval = subject.draft.approval
    if approval is None:
        return
    complaint = (None if subject.publishing else _cut_off(history)) or _other_hand(approval.name, history)
    if complaint is None and signed and history.approval:
        complaint = _unsigned(history)
    if complaint:
        yield Problem("approval.name", complaint)


def _cut_off(history: History) -> Message | None:
    """Before publishing, `approval/unproved` says this and more."""
    if history.gap is Gap.SHALLOW:
        return msg(
            "This clone does not reach back to the commit that tells who wrote and who approved this. Fetch it all: git"
            " fetch --unshallow; in CI, fetch-depth: 0 or GIT_DEPTH: 0."
        )
    if history.gap is Gap.FAILED:
        return msg("git cannot tell who wrote and who approved this: {words}", words=history.words)
    return None


def _other_hand(name: str, history: History) -> Message | None:
    if history.approval is None:
        return None
    commit, author, committer = history.approval
    if not author.is_called(name):
        return msg(
            "{author}, not {name}, put this approval into git (commit {commit}). Whoever approves runs kanal approve"
            " and commits; other spellings of a name belong into .mailmap.",
            author=author.name,
            name=name,
            commit=commit[:10],
        )
    writers = [change.author for change in history.content]
    if any(map(committer.is_same_as, writers)) and not any(map(author.is_same_as, writers)):
        return msg(
            "{committer}, who wrote this, committed the approval of {name} (commit {commit}). Whoever approves commits"
            " it; afterwards, merge and do not rebase.",
            committer=committer.name,
            name=name,
            commit=commit[:10],
        )
    return None


def _unsigned(history: History) -> Message | None:
    if history.approval is None:
        return None
    commit, author, _ = history.approval
    signer = history.signer(commit)
    if signer is None:
        return msg(
            "The commit with this approval ({commit}) carries no valid signature. Commit it with git commit -S, and"
            " make the key known to git here.",
            commit=commit[:10],
        )
    by = plain(signer)
    if not any(plain(who) and plain(who) in by for who in author):
        return msg(
            "{signer}, not {author}, has signed the commit with this approval ({commit}).",
            signer=signer,
            author=author.name,
            commit=commit[:10],
        )
    return None
