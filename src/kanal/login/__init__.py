"""How a channel gets its credentials: the register of logins, and the contract that each of them keeps.

One module in `networks/` is one platform's login; installed packages add others through the entry point group
`kanal.logins`. A login asks (`Talk`), speaks to its network, and returns a `Grant`; it keeps nothing. This module must
not know any single network, a terminal, or where grants are kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from kanal.credentials import Grant
from kanal.errors import ConfigError
from kanal.message import Message, msg
from kanal.model import Channel, Secret


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a login must be told.

    `name` is how it is called where nobody sits at a terminal (`client_id`). What is not `secret` may be shown while it
    is typed; what is `optional` may be left empty.
    """

    name: str
    question: Message
    secret: bool = True
    optional: bool = False


class Talk(Protocol):
    """Whoever logs in: a person at a terminal, or a program that was told everything before."""

    @property
    def redirects(self) -> bool:
        """Whether their browser runs on this machine, so that a network can send it back to us."""
        ...

    @property
    def port(self) -> int:
        """Where the browser comes back to on 127.0.0.1; 0 for any free port."""
        ...

    @property
    def page(self) -> tuple[str, str, str]:
        """What the browser shows at the end: its language, and a sentence for success and one for failure."""
        ...

    def tell(self, message: Message) -> None:
        """Say something."""
        ...

    def ask(self, field: Field) -> Secret:
        """The answer, without blanks around it. Raises `UsageError` when there is none."""
        ...

    def visit(self, address: str) -> None:
        """Let them open `address` in their browser."""
        ...


class Login(Protocol):
    """How one network lets kanal in, on behalf of one channel. Its module offers it under the name `Login`.

    All methods raise `LoginRefused` when the network says no, and `Unavailable` when it cannot be asked.
    """

    ways: ClassVar[Mapping[str, str]]
    """Names of the ways in, each with a marked sentence for people; the one to be advised is first."""

    def __init__(self, channel: Channel) -> None: ...

    @property
    def issuer(self) -> str:
        """The origin (`https://api.x.com`) that grants, and which alone may see the grant."""
        ...

    def log_in(self, way: str, talk: Talk, now: datetime) -> Grant:
        """Ask what is needed, and obtain a grant for the channel's own account, and no other."""
        ...


@runtime_checkable
class CanRevoke(Protocol):
    """The network can be told that a grant is over."""

    def revoke(self, grant: Grant) -> None:
        """Make the grant worthless."""
        ...


@runtime_checkable
class CanRenew(Protocol):
    """Grants of this network end, and can be renewed before they do."""

    def is_due(self, grant: Grant, now: datetime) -> bool:
        """Whether it is time to renew. False for a grant that has no end, or that cannot be renewed."""
        ...

    def renew(self, grant: Grant, now: datetime) -> Grant:
        """A new grant in place of this one, which may be worthless from then on.

        Raises `LoginRefused` when only a person can help, and `Unavailable` for what may pass.
        """
        ...


@runtime_checkable
class KnowsCI(Protocol):
    """There is something to say about the network's credentials in a CI system, which cannot keep a renewed one."""

    in_ci: ClassVar[Mapping[str, Message]]
    """What to heed, by the way in that the credentials come from."""


def platforms() -> Sequence[str]:
    """All platforms that have a login, sorted."""
    return sorted({*_ours(), *_added()})


def login_of(channel: Channel) -> Login:
    """The login of a channel's platform. Raises `ConfigError` for a platform that offers none."""
    if channel.platform in _ours():
        found: type[Login] = import_module(f"{__name__}.networks.{channel.platform}").Login
        return found(channel)
    if channel.platform in _added():
        loaded: type[Login] = import_module(_added()[channel.platform]).Login
        return loaded(channel)
    raise ConfigError(
        msg("kanal does not know how to log in on “{platform}”.", platform=channel.platform),
        msg("Its documentation says what it needs. Set that in the environment, or put it into the keyring."),
    )


@cache
def _ours() -> frozenset[str]:
    folder = Path(__path__[0]) / "networks"
    return frozenset(file.stem for file in folder.glob("*.py") if not file.name.startswith("_"))


@cache
def _added() -> Mapping[str, str]:
    from importlib.metadata import entry_points

    return {point.name: point.module for point in entry_points(group="kanal.logins")}
