"""The register of networks.

One module in this folder is one platform; installed packages add others through the entry point group
`kanal.platforms`. `lint` reads `limits` and `needs` without importing an SDK, so a platform's module imports tweepy,
mastodon or httpx only inside the functions that talk to the network. This module must not know any single network.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from kanal import __version__
from kanal.adapter import Adapter
from kanal.errors import ConfigError
from kanal.limits import Limits, SchedulingLimits
from kanal.message import msg
from kanal.model import Channel
from kanal.suggest import did_you_mean

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


def names() -> "Names":
    """All platforms, sorted: the modules of this folder and what installed packages add."""
    return Names()


class Names(Collection[str]):
    """Asks installed packages only for a name that is not ours: reading their metadata takes a commit hook too long."""

    def __contains__(self, name: object) -> bool:
        return name in _ours() or name in _added()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*_ours(), *_added()}))

    def __len__(self) -> int:
        return len({*_ours(), *_added()})

    def addresses(self, name: str) -> Collection[str]:
        """The names of a platform's base addresses. Raises as `adapter_class` does."""
        return adapter_class(name).urls


@cache
def _ours() -> frozenset[str]:
    files = (file for file in Path(__path__[0]).iterdir() if not file.name.startswith("_"))
    return frozenset(file.stem for file in files if file.suffix == ".py" or (file / "__init__.py").is_file())


@cache
def _added() -> "Mapping[str, EntryPoint]":
    from importlib.metadata import entry_points

    return {point.name: point for point in entry_points(group="kanal.platforms")}


@cache
def adapter_class(platform: str) -> type[Adapter]:
    """The adapter of a platform. Raises `ConfigError` for a name that nobody provides, or provides in good order."""
    if platform in _ours():
        found: type[Adapter] = import_module(f"{__name__}.{platform}").Adapter
        return found
    if platform in _added():
        return _of_package(_added()[platform])
    raise ConfigError(
        msg("There is no platform “{name}”.", name=platform),
        did_you_mean(platform, names()),
    )


def _of_package(entry: "EntryPoint") -> type[Adapter]:
    try:
        loaded: type[Adapter] = entry.load().Adapter
    except Exception as error:
        package = entry.dist.name if entry.dist else entry.module
        raise ConfigError(
            msg(
                "The platform “{name}” of the package {package} cannot be loaded ({kind}).",
                name=entry.name,
                package=package,
                kind=type(error).__name__,
            ),
            msg("Install the package anew, in the version that fits kanal {version}.", version=__version__),
        ) from error
    return loaded


def limits_of(channel: Channel) -> Limits:
    """The limits that hold on a channel."""
    return adapter_class(channel.platform).limits.for_channel(channel)


def scheduling_of(channel: Channel) -> SchedulingLimits | None:
    """What the channel's network takes to publish later by itself (`CanSchedule`); None where it does not."""
    found = getattr(adapter_class(channel.platform), "scheduling", None)
    return found if isinstance(found, SchedulingLimits) else None
