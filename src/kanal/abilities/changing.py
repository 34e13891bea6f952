"""What a network may be able to do with a post that is out: take it down, make it say something else.

It must not know any network.
"""

from typing import Protocol, runtime_checkable

from kanal.message import Message
from kanal.model import Edition, Part, Prepared, Receipt


@runtime_checkable
class CanRetract(Protocol):
    """What is out can be taken down again. Both methods go by the receipt alone: the draft may be gone by then."""

    def retract(self, receipt: Receipt) -> None:
        """Make the one request that deletes the post. It may be repeated; one that is gone already is no error.

        Raises `Rejected` (refused, repeating is useless) and `Unavailable` only when the post was not deleted, else
        `Uncertain`.
        """
        ...

    def is_gone(self, receipt: Receipt) -> bool:
        """Whether the network has the post no more. Raises `Unavailable` when it does not tell.

        True only on the network's word about this very account: a request that is not allowed to see the post must
        not be mistaken for one that finds nothing.
        """
        ...


@runtime_checkable
class CanCorrect(Protocol):
    """What is out can be made to say something else, at the same place."""

    @staticmethod
    def unchangeable(before: Edition, part: Part) -> Message | None:
        """Why `before` cannot become `part`, if the network does not let that be changed. It asks nobody."""
        ...

    def revise(self, receipt: Receipt, part: Part, before: Edition) -> Prepared:
        """Upload what is new, and find out what must be sent again lest it be lost; may be repeated.

        Changes nothing that anybody sees. Raises `Rejected` and `Unavailable`.
        """
        ...

    def correct(self, receipt: Receipt, prepared: Prepared) -> Receipt:
        """Make the one request that edits; it may be repeated. Where it stands now, and when it was published.

        Raises `Rejected` and `Unavailable` only when the post was not edited, else `Uncertain`.
        """
        ...

    def says(self, receipt: Receipt, prepared: Prepared) -> bool:
        """Whether the post says all of that, and nothing else. Raises `Unavailable` when the network does not tell."""
        ...
