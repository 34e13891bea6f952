"""The contract that every network keeps: how a post is made and published, and which credentials that takes.

What only some can do is in `kanal.abilities`. It must not know any network.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol, runtime_checkable

from kanal.limits import Limits
from kanal.model import Channel, Part, Prepared, Receipt, Secret


class Adapter(Protocol):
    """One channel's way to its network.

    `prepare` and `commit` raise `Rejected`, `Unavailable` or (commit only) `Uncertain`, and nothing else on purpose.
    """

    limits: ClassVar[Limits]
    needs: ClassVar[tuple[str, ...]]
    """Names of the credentials, as in `KANAL_<CHANNEL>_<NAME>`."""
    urls: ClassVar[Mapping[str, str]]
    """The network's base addresses; `Channel.urls` replaces them one by one. An empty one is told by the account."""

    def __init__(self, channel: Channel, credentials: Mapping[str, Secret]) -> None: ...

    def prepare(self, part: Part) -> Prepared:
        """Upload what the part carries. Publishes nothing; may be repeated any number of times."""
        ...

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        """Make the one request that publishes. `key` is the same for the same delivery, always."""
        ...

    def close(self) -> None:
        """Close connections."""
        ...


@runtime_checkable
class HasOtherNeeds(Protocol):
    """There are other credentials that serve as well as `needs`. Readable from the class, without an SDK."""

    other_needs: ClassVar[tuple[tuple[str, ...], ...]]
    """Each is a whole set of names."""


def sets_of_needs(adapter: type[Adapter]) -> Sequence[tuple[str, ...]]:
    """The sets of credentials any of which is enough for an adapter; `needs` first."""
    return [adapter.needs, *(adapter.other_needs if isinstance(adapter, HasOtherNeeds) else ())]
