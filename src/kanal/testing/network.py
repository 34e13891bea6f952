"""What the contract suite asks of the network that it tests an adapter against."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from kanal.model import Channel, Secret
from kanal.sandbox import Fault, PracticePost


class Network(Protocol):
    """A stand-in for a network, with one account of its own that has posted nothing yet."""

    @property
    def channel(self) -> Channel:
        """The account's channel, with `urls` that point at the stand-in."""
        ...

    @property
    def credentials(self) -> Mapping[str, Secret]:
        """By the names of the adapter's `needs`."""
        ...

    def posts(self) -> Sequence[PracticePost]:
        """What is public on the account, oldest first; texts as they were sent."""
        ...

    def request_count(self) -> int:
        """Requests that the network has received so far."""
        ...

    def set_fault(self, fault: Fault) -> None:
        """Go wrong in this way from now on."""
        ...

    def heal(self) -> None:
        """Go right again."""
        ...


@runtime_checkable
class HasClock(Protocol):
    """A stand-in whose clock can be turned: what adapters with `schedule` are tested against."""

    def turn_to(self, at: datetime) -> None:
        """Let it be `at` (aware) there, and go on from then."""
        ...
