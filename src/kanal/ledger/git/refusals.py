"""Why the branch cannot be used, in words for people. `name` is the remote's.

It must not call git.
"""

from kanal.errors import LedgerRefused, LedgerUnwritable, LedgerWentBack
from kanal.ledger.git.commands import in_short
from kanal.message import msg


def already_there(name: str) -> LedgerRefused:
    """There is a branch where one was to be made."""
    return LedgerRefused(
        msg("There is a ledger already: the branch kanal/ledger on “{remote}”.", remote=name),
        msg("Nothing was changed."),
    )


def missing(name: str, seen: str | None) -> LedgerRefused:
    """The branch is not there; `seen` is the commit of the second one, if that is."""
    if seen:
        return LedgerWentBack(
            msg("The branch kanal/ledger is gone from “{remote}”.", remote=name),
            msg(
                "Put it back: git fetch {remote} kanal/ledger-seen, then"
                " git push {remote} FETCH_HEAD:refs/heads/kanal/ledger.",
                remote=name,
            ),
        )
    return LedgerRefused(
        msg("There is no ledger on “{remote}”: the branch kanal/ledger is missing.", remote=name),
        msg(
            "Put the branch back from a clone that has it. If it is lost for good: remove “ledger:” from"
            " config/kanal.yaml and run kanal ledger init --name NAME --all-published."
        ),
    )


def went_back(name: str) -> LedgerWentBack:
    """The branch does not hold what was in it."""
    return LedgerWentBack(
        msg("The ledger on “{remote}” went back in time: events that were there are gone.", remote=name),
        msg(
            "Put the branch kanal/ledger back to what kanal/ledger-seen says. If the newer events are lost for good:"
            " kanal ledger accept-loss --name NAME --reason REASON"
        ),
    )


def refused(name: str, words: str) -> LedgerUnwritable:
    """The server did not take a push, although nobody else was faster; `words` are git's."""
    return LedgerUnwritable(
        msg("The server does not take the ledger’s branch on “{remote}”: {words}", remote=name, words=in_short(words)),
        msg("Check that you may push to the branches kanal/ledger and kanal/ledger-seen there."),
    )
