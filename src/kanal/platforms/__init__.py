"""The register of networks, and the contract that each of them keeps.

One module in this folder is one platform; installed packages add others through the entry point group
`kanal.platforms`. `lint` reads `limits` and `needs` without importing an SDK, so a platform's module imports tweepy,
mastodon or httpx only inside the functions that talk to the network. This module must not know any single network.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from kanal import __version__
from kanal.errors import ConfigError
from kanal.limits import Limits, SchedulingLimits
from kanal.message import Message, msg
from kanal.model import Channel, Edition, Part, Prepared, Receipt, Secret
from kanal.suggest import did_you_mean

if TYPE_CHECKING:
    from decimal import Decimal
    from importlib.metadata import EntryPoint

    from kanal.verification import ApiVersion, Verification


class Adapter(Protocol):
    """One channel's way to its network.

    `prepare` and `commit` raise `Rejected`, `Unavailable` or (commit only) `Uncertain`, and nothing else on purpose.
    """

    limits: ClassVar[Limits]
    needs: ClassVar[tuple[str, ...]]
    """Names of the credentials, as in `KANAL_<CHANNEL>_<NAME>`."""
    urls: ClassVar[Mapping[str, str]]
    """The network's base addresses; `Channel.urls` replaces them one by one."""

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


@runtime_checkable
class HasOtherNeeds(Protocol):
    """There are other credentials that serve as well as `needs`. Readable from the class, without an SDK."""

    other_needs: ClassVar[tuple[tuple[str, ...], ...]]
    """Each is a whole set of names."""


def sets_of_needs(adapter: type[Adapter]) -> Sequence[tuple[str, ...]]:
    """The sets of credentials any of which is enough for an adapter; `needs` first."""
    return [adapter.needs, *(adapter.other_needs if isinstance(adapter, HasOtherNeeds) else ())]


def names() -> Collection[str]:
    """All platforms, sorted: the modules of this folder and what installed packages add."""
    return _Names()


class _Names(Collection[str]):
    """Asks installed packages only for a name that is not ours: reading their metadata takes a commit hook too long."""

    def __contains__(self, name: object) -> bool:
        return name in _ours() or name in _added()

    def __iter__(self) -> Iterator[str]:
        return iter(sorted({*_ours(), *_added()}))

    def __len__(self) -> int:
        return len({*_ours(), *_added()})


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
