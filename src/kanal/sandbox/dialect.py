"""What a practice network is to the frame around it: how it speaks, what it stands on, what can be set.

`network` runs any `Dialect`; each network's package makes one.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Scope

from kanal.sandbox import Deed, FaultKind
from kanal.sandbox.quirks import Quirk, Quirks
from kanal.sandbox.rates import Rate, Window
from kanal.sandbox.store import Store

Headers = Mapping[str, str]
Sink = Callable[[bytes], None]
"""Takes the pieces of a large body as they arrive, also of one that breaks off."""


@dataclass(frozen=True, slots=True)
class Options:
    """What can be set on the networks. `clock` gives Unix seconds."""

    clock: Callable[[], float]
    x_naming: Literal["post", "tweet"] = "post"
    trusted_origins: tuple[str, ...] = ()
    rate_limits: bool = True
    mastodon_version: str = "4.5.4"
    instagram_in_progress: int = 0
    facebook_in_progress: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """What the networks stand on: the state, the timeline's address (ends with a slash), the options."""

    store: Store
    address: str
    options: Options

    def now(self) -> float:
        """Unix seconds."""
        return self.options.clock()

    def quirks(self, platform: str) -> Quirks:
        """What is odd about a network."""
        return Quirks(self.store.switches, platform)

    def has(self, platform: str, quirk: Quirk) -> bool:
        """Whether a network is odd in this way."""
        return quirk in self.quirks(platform).now

    def clock_of(self, platform: str) -> float:
        """Unix seconds by the network's own clock, which may be wrong."""
        return self.now() + self.quirks(platform).now.get(Quirk.SKEWED, 0.0)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one network speaks.

    `deed` says what a request does to what the public sees. `caller` names the token a request is counted for.
    `exclusive` names what must not run twice at a time (`None`: nothing). `failure` is the network's answer to a
    fault or an exceeded limit, given the caller and the seconds to the reset. `id_when_out` is the id that a post
    gets when its time has come, given the one under which it waited and its number. `sink` takes a request's body
    piece by piece; the app then gets the request without it.
    """

    platform: str
    app: ASGIApp
    rates: tuple[Rate, ...]
    deed: Callable[[Request], Awaitable[Deed | None]]
    caller: Callable[[Request], Awaitable[str]]
    failure: Callable[[FaultKind, str, float], Response]
    rate_headers: Callable[[str, Sequence[Window]], Headers]
    exclusive: Callable[[Request], str | None] = lambda _: None
    id_when_out: Callable[[str, int], str] = lambda waiting_id, _: waiting_id
    sink: Callable[[Scope], Sink | None] = lambda _: None
