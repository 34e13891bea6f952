"""What a network may be able to do around sending a post: know it again, find it, finish it, go on with uploads.

It must not know any network.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from kanal.model import Part, Prepared, Receipt


@runtime_checkable
class CanRepeat(Protocol):
    """The network itself remembers a delivery, so that sending it again cannot publish it twice."""

    memory: ClassVar[timedelta]
    """How long after the claim the network can be trusted to remember."""

    def repeat(self, prepared: Prepared, key: str) -> Receipt:
        """Send the claimed delivery again, recognisably the same. Raises the same three errors as `commit`."""
        ...


@runtime_checkable
class CanFind(Protocol):
    """The account's own recent posts can be searched."""

    settles_after: ClassVar[timedelta]
    """How old a claim must be before "not there" is believed (a request may still be under way)."""

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """The post of this delivery among those made since `since` (UTC), or `None`. Raises `Unavailable`."""
        ...


@runtime_checkable
class CanLocate(Protocol):
    """The network tells public addresses only afterwards."""

    def locate(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Public address by id, in as few requests as the network allows. Raises `Unavailable`."""
        ...


@runtime_checkable
class CanComplete(Protocol):
    """Something of a post is taken by the network only once the post is out: captions of a video."""

    def complete(self, receipt: Receipt, part: Part) -> None:
        """Add it; may be repeated. Raises `Unavailable`, with what readers miss and what to do, when it cannot be."""
        ...


@runtime_checkable
class CanTidy(Protocol):
    """`prepare` left something behind that is not needed once the delivery is settled (staged pictures)."""

    def tidy(self, prepared: Prepared) -> None:
        """Remove it. Raises `Unavailable` when that is not possible now."""
        ...


Tell = Callable[[str, int, int], None]
"""Hears how far an upload has got: name of the file, bytes sent, bytes in all."""


@runtime_checkable
class TellsProgress(Protocol):
    """Uploads may take minutes, and whoever waits is told how far they got."""

    def tell_progress(self, tell: Tell) -> None:
        """From now on, `tell` hears of every upload that is worth waiting for."""
        ...


@runtime_checkable
class CanContinue(Protocol):
    """The network lets an interrupted upload go on where it stopped."""

    def continue_uploads(self, folder: Path) -> None:
        """From now on, keep in `folder` (made when missing) what an upload needs to go on in a later run."""
        ...
