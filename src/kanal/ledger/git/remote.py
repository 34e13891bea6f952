"""The branch on the server: how its state gets here, and how a commit gets there if nobody was faster.

What lies here are mirrors of the branch in `refs/kanal`, where neither `git branch` nor a person's fetch meets them.
It must not know events.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kanal.errors import LedgerRefused, LedgerUnreachable
from kanal.ledger.git.commands import Git, in_short
from kanal.message import msg

LEDGER = "ledger"
SEEN = "ledger-seen"
"""A second branch that follows the first: who sets the first one back alone is found out, even by a new clone."""
_MIRROR = "+refs/heads/kanal/ledger*:refs/kanal/ledger*"
_NO_SUCH_OPTION = 129


class Pushed(NamedTuple):
    """Whether a push was accepted for sure; else it was refused, or nobody knows. `words` are git's."""

    accepted: bool
    words: str


def remotes(git: Git) -> list[str]:
    """The names of all remotes; none outside of a repository."""
    return git.call("remote").out.decode("utf-8", "replace").split()


def remote_of(git: Git) -> str | None:
    """The upstream's remote, else `origin`, else the only one there is. None without a repository or a remote."""
    names = remotes(git)
    branch = git.call("symbolic-ref", "--quiet", "--short", "HEAD").out.decode().strip()
    upstream = git.call("config", "--get", f"branch.{branch}.remote").out.decode().strip() if branch else ""
    for name in (upstream, "origin"):
        if name in names:
            return name
    return names[0] if len(names) == 1 else None


def fetch(git: Git, remote: str) -> None:
    """Get the branches' state. Raises `LedgerUnreachable`."""
    quietly = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance")
    done = git.call("fetch", *quietly, "--prune", "--no-filter", "--refmap=", remote, _MIRROR)
    if done.code == _NO_SUCH_OPTION:
        raise LedgerRefused(
            msg("git is too old for the ledger ({words}).", words=in_short(done.words)),
            msg("Install git 2.30 or newer."),
        )
    if done.code:
        raise unreachable(remote, done.words)


def unreachable(remote: str, words: str) -> LedgerUnreachable:
    """The error for a remote that does not answer as it should."""
    return LedgerUnreachable(
        msg("The ledger on “{remote}” cannot be reached: {words}", remote=remote, words=in_short(words)),
        msg(
            "Nothing is sent without it. Check network and access (git fetch {remote}), then run the command again.",
            remote=remote,
        ),
    )


def mirrored(git: Git) -> Mapping[str, str]:
    """The commits of the branches (`LEDGER`, `SEEN`) as they were last seen."""
    out = git.run("for-each-ref", "--format=%(refname) %(objectname)", "refs/kanal").decode()
    rows = (row.split() for row in out.splitlines())
    return {name.removeprefix("refs/kanal/"): commit for name, commit in rows}


def contains(git: Git, newer: str, older: str) -> bool:
    """Whether the commit `newer` follows on `older`; an unknown one never does."""
    return newer == older or git.call("merge-base", "--is-ancestor", older, newer).code == 0


def push(git: Git, remote: str, commit: str, *, over_seen: bool = False) -> Pushed:
    """Make `commit` the newest of both branches, or none of them; with `over_seen`, whatever the second one says."""
    ledger, seen = (f"{commit}:refs/heads/kanal/{name}" for name in (LEDGER, SEEN))
    seen = f"+{seen}" if over_seen else seen
    done = _push(git, remote, [ledger, seen], "--atomic")
    if not done.accepted and "does not support --atomic" in done.words:  # then one after the other; the first decides
        done = _push(git, remote, [ledger])
        if done.accepted:
            _push(git, remote, [seen])
    if done.accepted:
        mirrors = "".join(f"update refs/kanal/{name} {commit}\n" for name in (LEDGER, SEEN))
        git.run("update-ref", "--stdin", given=mirrors.encode())
    return done


def follow(git: Git, remote: str, commit: str) -> Pushed:
    """Set the second branch to `commit`, even backwards: somebody answers for what was lost."""
    return _push(git, remote, [f"+{commit}:refs/heads/kanal/{SEEN}"])


def withdraw(git: Git, remote: str, commit: str) -> Pushed:
    """Delete both branches, if the first is at `commit` still."""
    lease = f"--force-with-lease=refs/heads/kanal/{LEDGER}:{commit}"
    return _push(git, remote, [f":refs/heads/kanal/{name}" for name in (LEDGER, SEEN)], lease)


def _push(git: Git, remote: str, refspecs: Sequence[str], *options: str) -> Pushed:
    quietly = ("--porcelain", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no")
    done = git.call("push", *quietly, *options, remote, *refspecs)
    refused = [row for row in done.out.decode("utf-8", "replace").splitlines() if row.startswith("!")]
    return Pushed(done.code == 0, "\n".join([*refused, done.words]))
