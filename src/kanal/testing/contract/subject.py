"""What all promises share: the network, the adapter under test, parts to publish."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar, TypeVar

import pytest

from kanal.abilities.sending import CanComplete
from kanal.adapter import Adapter
from kanal.model import Part, Receipt
from kanal.platforms import adapter_class
from kanal.testing.network import Network
from kanal.testing.parts import Writer

KEY = "amt/biotonne/1/1"


Test = TypeVar("Test", bound=Callable[..., None])


def only_for(ability: str) -> Callable[[Test], Test]:
    """A promise of adapters that have the method `ability`; with another adapter the test is not even collected."""

    def mark(test: Test) -> Test:
        _ABILITIES[test.__name__] = ability
        return test

    return mark


_ABILITIES: dict[str, str] = {}


class Subject:
    """Fixtures. `adapter_type` is the adapter under test; without it, the one that the channel's platform names."""

    adapter_type: ClassVar[type[Adapter] | None] = None
    platform: ClassVar[str | None] = None

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Leave out what the adapter cannot do, where the class says which adapter it is: nothing needs a skip."""
        super().__init_subclass__(**kwargs)
        kind = cls.adapter_type or (adapter_class(cls.platform) if cls.platform else None)
        for test, ability in _ABILITIES.items():
            if kind is not None and not hasattr(kind, ability):
                setattr(cls, test, None)

    @pytest.fixture
    def network(self) -> Network:
        """A stand-in for the network, with a fresh account. To be overridden."""
        raise NotImplementedError("override the fixture “network”")

    @pytest.fixture
    def adapter(self, network: Network) -> Iterator[Adapter]:
        """The adapter, connected to the stand-in."""
        made = self.make(network)
        yield made
        made.close()

    @pytest.fixture
    def writer(self, network: Network, tmp_path: Path) -> Writer:
        """Makes parts within the channel's limits."""
        kind = self.adapter_type or adapter_class(network.channel.platform)
        return Writer(kind.limits.for_channel(network.channel), tmp_path)

    def make(self, network: Network) -> Adapter:
        """A new adapter for the stand-in's account."""
        kind = self.adapter_type or adapter_class(network.channel.platform)
        return kind(network.channel, network.credentials)


def publish(adapter: Adapter, part: Part, key: str = KEY) -> Receipt:
    """Prepare and commit, and what comes after that."""
    receipt = adapter.commit(adapter.prepare(part), key)
    if isinstance(adapter, CanComplete):
        adapter.complete(receipt, part)
    return receipt
