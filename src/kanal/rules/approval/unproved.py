"""Rule: an approval is in git before the post goes out."""

from collections.abc import Iterator

from kanal.approval.history import Gap, History
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, history_rule

_WHY = {
    Gap.UNCOMMITTED: msg(
        "The draft, one of its files or this approval is not committed yet, so nobody can tell who approved. Whoever"
        " did commits: git commit"
    ),
    Gap.NO_REPOSITORY: msg(
        "This folder is not in a git repository, so nobody can tell who wrote and who approved. Keep it in git, or"
        " switch approval/unproved off in config/policy.yaml."
    ),
    Gap.SHALLOW: msg(
        "This clone does not reach back to the commit that tells who wrote and who approved this. Fetch it all: git"
        " fetch --unshallow; in CI, fetch-depth: 0 or GIT_DEPTH: 0."
    ),
}


@history_rule("error", before_publishing=True)
def check(subject: Subject, history: History) -> Iterator[Problem]:
    """What goes out has an approval that git can prove.

    Who approved is told by the commit that brought the approval (`approval/forged`), who wrote by the last one that
    changed the content (`approval/own-draft`). As long as one of them is missing, nothing is proved, and nothing goes
    out: commit both. A clone without history (fetch-depth, GIT_DEPTH) and a folder outside of git prove nothing either.

    Looked at only when something is about to go out, not while it is being written.

    Source: kanal's own advice, from the rules of procedure of public offices on the approval of publications.

    Good:
        # git: written by Kim Muster, approved by Toni Probe
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    Bad:
        # git: written by Kim Muster
        id: example
        channels: [mastodon]
        text: Das Bürgerbüro ist umgezogen.
        approval: {name: Toni Probe, at: 2026-11-20 10:30, digest: DIGEST}
    """
    if subject.draft.approval is None or history.gap is None:
        return
    why = _WHY.get(history.gap) or msg("git cannot tell who wrote and who approved this: {words}", words=history.words)
    yield Problem("approval", why)
