"""What a network may be able to tell, and how it works: whose an account is, versions, prices, who fetches pictures.

It must not know any network.
"""

from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from kanal.model import Channel, Part

if TYPE_CHECKING:
    from decimal import Decimal

    from kanal.verification import ApiVersion, Verification


@runtime_checkable
class CanVerify(Protocol):
    """The network tells whose the credentials are."""

    def verify(self) -> "Verification":
        """What the network tells, in as few requests as that takes. It posts nothing, and changes nothing.

        Raises `Unavailable`: with `needs_person` when the network refuses the credentials, else when it told nothing.
        """
        ...


@runtime_checkable
class HasVersions(Protocol):
    """The network's interface has versions that end. Readable from the class: without credentials, without an SDK."""

    @staticmethod
    def api_version(channel: Channel) -> "ApiVersion":
        """The version that a channel asks in."""
        ...


@runtime_checkable
class FetchesPictures(Protocol):
    """The network takes no pictures, but fetches them from a staging place."""

    fetched_by: ClassVar[str]
    """The name of its fetcher, by which `robots.txt` may shut it out."""


@runtime_checkable
class HasPrice(Protocol):
    """The network takes money for each post. Readable from the class: without credentials, without an SDK."""

    @staticmethod
    def price(part: Part) -> "Decimal":
        """What publishing `part` costs, in US dollars."""
        ...
