"""Tokens that are renewed while they are used: in time, by one process only, and on the disk before anybody sees them.

A token for renewing may work once (X), so two runs that renew the same grant would lose it: the second one waits, reads
what the first one stored, and uses that. Before the network is asked, the store must prove that it can write; what it
did not keep is never used. This module must not know any network, nor which store it is.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from kanal.credentials import Grant
from kanal.credentials.keeping import Kept, load, renewing, save
from kanal.errors import ConfigError, LoginRefused, Unavailable
from kanal.login import CanRenew
from kanal.message import Message, msg
from kanal.model import Secret

Tell = Callable[[Message], None]


def utc_now() -> datetime:
    """The present by this machine's clock."""
    return datetime.now(UTC)


class Keeper:
    """The grant of one channel, kept valid. Threads may share it.

    `tell` hears of a renewal that failed while the old token still holds; without it that is an error, too.
    """

    def __init__(
        self,
        channel: str,
        kept: Kept,
        login: CanRenew,
        environ: Mapping[str, str],
        *,
        tell: Tell | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._channel = channel
        self._kept = kept
        self._login = login
        self._environ = environ
        self._tell = tell
        self._now = now
        self._lock = threading.Lock()
        self._is_told = False

    def secret(self, name: str) -> Secret:
        """A credential of the grant that is valid whenever it is revealed."""
        return _Renewed(self, name)

    def current(self) -> Grant:
        """The grant, renewed first when that is due. Raises `Unavailable`, before anything was sent."""
        with self._lock:
            if self._login.is_due(self._kept.grant, self._now()) and not self._is_told:
                self._renew_or_go_on()
            return self._kept.grant

    def refused(self, name: str, shown: str) -> bool:
        """Hear that the network did not accept the credential `name`, which was `shown`; whether there is another now.

        Somebody else may have renewed it meanwhile. Raises `Unavailable`.
        """
        with self._lock:
            if self._kept.grant.credentials[name].reveal() == shown:
                self._renew(lambda latest: latest.credentials[name].reveal() == shown)
            return self._kept.grant.credentials[name].reveal() != shown

    def _renew_or_go_on(self) -> None:
        """A renewal may fail as long as the old token holds: the next request or run tries again."""
        try:
            self._renew(lambda latest: self._login.is_due(latest, self._now()))
        except Unavailable as error:
            ends = self._kept.grant.expires_at
            if self._tell is None or error.needs_person or ends is None or ends <= self._now():
                raise
            self._is_told = True
            self._tell(
                msg(
                    "The login of “{channel}” could not be renewed, and holds until {time}: {reason}",
                    channel=self._channel,
                    time=ends,
                    reason=error.message,
                )
            )

    def _renew(self, is_needed: Callable[[Grant], bool]) -> None:
        """Replace what is kept, unless another process did."""
        try:
            with renewing(self._channel, self._environ):
                latest = load(self._channel, self._environ)
                if latest is None:
                    raise _unusable(msg("Somebody has logged “{channel}” out.", channel=self._channel), self._channel)
                if latest.grant.issuer != self._kept.grant.issuer:
                    raise _unusable(
                        msg("Somebody has logged “{channel}” in elsewhere.", channel=self._channel), self._channel
                    )
                if is_needed(latest.grant):
                    latest = self._renewed(latest)
                self._kept = latest
        except ConfigError as error:
            raise Unavailable(error.message, error.advice, channel_wide=True, needs_person=True) from error

    def _renewed(self, latest: Kept) -> Kept:
        # A disk that is full or read-only must show before the network has taken the old token back.
        save(self._channel, latest.grant, latest.store, self._environ)
        try:
            grant = self._login.renew(latest.grant, self._now())
        except LoginRefused as error:
            message = msg("{address} does not renew the login any more.", address=latest.grant.issuer)
            raise _unusable(message, self._channel, error.words) from error
        try:
            save(self._channel, grant, latest.store, self._environ)
        except ConfigError as error:
            message = msg("The login was renewed, but could not be kept: {reason}", reason=error.message)
            raise _unusable(message, self._channel) from error
        return Kept(grant, latest.store)


class _Renewed(Secret):
    """Asks the keeper whenever it is needed."""

    __slots__ = ("_keeper", "_name")

    def __init__(self, keeper: Keeper, name: str) -> None:
        super().__init__("")
        self._keeper = keeper
        self._name = name

    def reveal(self) -> str:
        self._value = self._keeper.current().credentials[self._name].reveal()
        return self._value

    def refused(self) -> bool:
        return self._keeper.refused(self._name, self._value)


def _unusable(message: Message, channel: str, words: str = "") -> Unavailable:
    return Unavailable(
        message,
        msg("Log in again: kanal login {channel}", channel=channel),
        words=words,
        channel_wide=True,
        needs_person=True,
    )
