"""What a network tells of a channel's credentials: whose account, what they may do, how long, and of the server itself.

Plain values, so that an adapter can fill them in without knowing what is made of them (`kanal.doctor`).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kanal.message import NOTHING, Message


class Scopes(NamedTuple):
    """What a token should be allowed to do, in the network's own words.

    Of each group in `needed` one is enough; `useful` ones are named with what does not work without them; `harmless`
    ones may be there. A scope covers those that go on after it with a colon (`write` covers `write:media`).
    """

    needed: tuple[tuple[str, ...], ...]
    useful: Mapping[str, Message] = NOTHING
    harmless: frozenset[str] = frozenset()

    def missing(self, granted: frozenset[str]) -> list[str]:
        """The needed ones that are not granted, each by its first name."""
        return [group[0] for group in self.needed if not any(_covered(scope, granted) for scope in group)]

    def lacking(self, granted: frozenset[str]) -> Mapping[str, Message]:
        """The useful ones that are not granted, and what they are for."""
        return {scope: use for scope, use in self.useful.items() if not _covered(scope, granted)}

    def spare(self, granted: frozenset[str]) -> list[str]:
        """What is granted, and of no use; also what goes further than is needed."""
        known = {scope for group in self.needed for scope in group} | {*self.useful} | self.harmless
        return sorted(granted - known)


def _covered(scope: str, granted: frozenset[str]) -> bool:
    return scope in granted or any(scope.startswith(f"{wide}:") for wide in granted)


class Validity(NamedTuple):
    """Until when (UTC) a token holds; None where it has no end.

    `reading_until` is when an app loses sight of the account's data although the token still holds (Meta).
    """

    until: datetime | None = None
    reading_until: datetime | None = None


ENDLESS = Validity()


class ApiVersion(NamedTuple):
    """A version of a network's interface: its name, and the last day on which it is answered.

    `until` is None where no end is announced; `known` is false where kanal has never heard of the version.
    """

    name: str
    until: date | None = None
    known: bool = True


class Allowance(NamedTuple):
    """How many posts of `total` were made in the last 24 hours."""

    used: int
    total: int


class Verification(NamedTuple):
    """What the network told. None stands for what it does not tell.

    `account` is its own name or number for the account, `name` the one for people, `is_right` whether it is the
    channel's. `granted` are the token's scopes, `wanted` those that it should have. `page` is the public address.
    `limits` are the server's own, by the names that `Limits.with_numbers` uses; empty where everybody has the same.
    `clock_off` is how far the network's clock is ahead of this machine's. `version` is the one that answered, in the
    words of `ApiVersion.name`.
    """

    account: str | None
    name: str
    is_right: bool
    wanted: Scopes
    granted: frozenset[str] | None = None
    validity: Validity | None = ENDLESS
    page: str | None = None
    limits: Mapping[str, int] = NOTHING
    allowance: Allowance | None = None
    clock_off: timedelta | None = None
    version: str | None = None
