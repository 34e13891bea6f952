"""What a practice network can be told to be like, where nothing fails: what `kanal doctor` is there to notice.

A quirk lasts until healed. It is kept with the fault switches and, unlike them, hits no request: the network's answers
are all in order, but say something else. This module must import neither starlette nor uvicorn.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kanal.sandbox.switches import Switches

TEN_DAYS = 864_000.0
TEN_MINUTES = 600.0


class Quirk(StrEnum):
    """What is odd."""

    OTHER_ACCOUNT = "other-account"
    MISSING_SCOPE = "missing-scope"
    EXTRA_SCOPE = "extra-scope"
    EXPIRING = "expiring-token"
    SKEWED = "skewed-clock"
    SMALL_LIMITS = "small-limits"
    OTHER_VERSION = "other-version"
    STAGING_CLOSED = "staging-closed"


class Play(NamedTuple):
    """Which networks can play a quirk, and its usual seconds: to the token's end, or by which the clock is wrong."""

    platforms: Sequence[str]
    seconds: float = 0.0


_META = ("facebook", "instagram")
_ALL = ("mastodon", "x", *_META)
PLAYS: Mapping[Quirk, Play] = {
    Quirk.OTHER_ACCOUNT: Play(_ALL),
    Quirk.MISSING_SCOPE: Play(_ALL),
    Quirk.EXTRA_SCOPE: Play(_ALL),
    Quirk.EXPIRING: Play(_META, TEN_DAYS),  # the tokens of the others do not end
    Quirk.SKEWED: Play(_ALL, TEN_MINUTES),
    Quirk.SMALL_LIMITS: Play(("mastodon",)),  # the others have one set of limits for everybody
    Quirk.OTHER_VERSION: Play(_META),
    Quirk.STAGING_CLOSED: Play(("instagram",)),
}


class Quirks:
    """The quirks of one network, out of the state file."""

    def __init__(self, switches: "Switches", platform: str) -> None:
        self._switches = switches
        self._platform = platform

    @property
    def now(self) -> Mapping[Quirk, float]:
        """Those that are on, with their seconds."""
        kept = self._switches.of(self._platform)
        return {Quirk(switch["quirk"]): switch["seconds"] for switch in kept if "quirk" in switch}

    def set(self, quirk: Quirk, seconds: float | None) -> None:
        """Be like this from now on. Raises `ValueError` for what this network cannot play."""
        play = PLAYS[quirk]
        if self._platform not in play.platforms:
            raise ValueError(f"{quirk} is played by {', '.join(play.platforms)}")
        self._switches.save(
            self._platform, quirk, {"quirk": quirk, "seconds": play.seconds if seconds is None else seconds}
        )

    def heal(self) -> None:
        """Be as usual again."""
        for quirk in self.now:
            self._switches.remove(self._platform, quirk)

    def told(self, granted: Sequence[str], *, writing: str, extra: str) -> list[str]:
        """The scopes that the network tells of a token with `granted`: without `writing`, or with `extra` as well."""
        now = self.now
        scopes = [scope for scope in granted if not (Quirk.MISSING_SCOPE in now and scope == writing)]
        return [*scopes, extra] if Quirk.EXTRA_SCOPE in now else scopes
