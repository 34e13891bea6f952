"""What a network may be able to do before a post is out: keep it, and publish it by itself at its time.

It must not know any network.
"""

from datetime import datetime
from typing import ClassVar, Protocol, runtime_checkable

from kanal.limits import SchedulingLimits
from kanal.model import Part, Prepared, Receipt


@runtime_checkable
class CanSchedule(Protocol):
    """The network publishes by itself, at a time that it was told: posts can be handed over to it.

    Receipts of what waits hold the network's id for it and, as `at`, when it is to come out (UTC); their address may be
    that of the account, which tells where the post belongs. Whoever has this has `CanFind`, too.
    """

    scheduling: ClassVar[SchedulingLimits]

    def prepare_scheduled(self, part: Part) -> Prepared:
        """As `Adapter.prepare`, for a post that comes out later.

        Raises `Rejected` also where the server is not known to keep posts until their time: it might publish at once.
        """
        ...

    def schedule(self, prepared: Prepared, at: datetime) -> Receipt:
        """Make the one request after which the network publishes the post by itself `at` (aware).

        Without a key by which the network would know a repetition: what was cancelled may be handed over again.
        Raises the same three errors as `commit`; `Uncertain` also if it was published at once.
        """
        ...

    def waiting(self, receipt: Receipt) -> Receipt | None:
        """What was handed over, if it still waits; with the time for which it waits now. Raises `Unavailable`.

        `None` only on the network's word about this very account, as for `CanRetract.is_gone`.
        """
        ...

    def find_waiting(self, prepared: Prepared, at: datetime) -> Receipt | None:
        """Of all that waits what says the same, for the time `at`. Raises `Unavailable`."""
        ...

    def cancel(self, receipt: Receipt) -> None:
        """Make the one request after which the network does not publish it; one that is gone already is no error.

        Raises `Rejected` and `Unavailable` only when it still waits, else `Uncertain`.
        """
        ...

    def came_out(self, receipt: Receipt, prepared: Prepared) -> Receipt | None:
        """The post that came of what was handed over, if there is one. Raises `Unavailable`."""
        ...
