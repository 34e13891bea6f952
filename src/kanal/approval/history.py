"""What git tells about a draft's content and its approval, as values that are handed to rules."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from kanal.approval.people import Person


class Gap(StrEnum):
    """Why git cannot tell: nothing to ask, not in a commit yet, history cut off (a shallow clone), git fails."""

    NO_REPOSITORY = "no-repository"
    UNCOMMITTED = "uncommitted"
    SHALLOW = "shallow"
    FAILED = "failed"


class Change(NamedTuple):
    """One commit: its id, who made the change, and who put it into the history."""

    commit: str
    author: Person
    committer: Person


def nobody_signed(_commit: str) -> str | None:
    """What `History.signer` says where nothing is known."""
    return None


class History(NamedTuple):
    """Who last changed what a draft says, and who put its present approval into git.

    `content` holds several changes where branches met. What is missing has its reason in `gap`, with git's own `words`
    if it failed. `signer` tells whose valid signature a commit carries, None without one; it asks git.
    """

    content: tuple[Change, ...] = ()
    approval: Change | None = None
    gap: Gap | None = None
    words: str = ""
    signer: Callable[[str], str | None] = nobody_signed

    @property
    def is_known(self) -> bool:
        """Whether git tells both."""
        return bool(self.content) and self.approval is not None and self.gap is None
