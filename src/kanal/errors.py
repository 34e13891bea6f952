"""The one tree of errors: what kanal raises when something is not as it must be.

Each error carries a `Message` that says what is wrong and, where there is something to do, an `advice`. Neither may
hold a token or a citizen's personal data. Which exit code follows is decided in one place, `kanal.cli.main`.
"""

from collections.abc import Sequence
from datetime import datetime

from kanal.message import Message
from kanal.model import Finding


class KanalError(Exception):
    """Anything kanal raises on purpose. `str()` gives English; the command line translates `message`."""

    def __init__(self, message: Message, advice: Message | None = None) -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}" if self.advice else str(self.message)


class UsageError(KanalError):
    """The command line asks for something that cannot be meant (exit 2)."""


class InvalidFiles(KanalError):
    """Files that a person wrote cannot be read; `findings` holds every problem of every file."""

    def __init__(self, message: Message, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class ConfigError(KanalError):
    """The configuration is missing something or contradicts itself (exit 2)."""


class LoginRefused(KanalError):
    """A network, or whoever was asked there, does not let kanal in (exit 2).

    `code` is the network's word for it (RFC 6749 §5.2, `invalid_grant`), `words` are its own sentence, without tokens.
    """

    def __init__(self, message: Message, advice: Message | None = None, *, code: str = "", words: str = "") -> None:
        super().__init__(message, advice)
        self.code = code
        self.words = words


class LedgerRefused(KanalError):
    """The ledger is missing, foreign, broken or not vouched for: it could make kanal repeat the archive (exit 2)."""


class LedgerWentBack(LedgerRefused):
    """The ledger does not hold what was seen in it earlier: a backup was restored, or a branch set back (exit 2)."""


class LedgerUnwritable(KanalError):
    """The ledger cannot be written right now (disk full, rights, locked): what it does not hold must not be sent."""


class LedgerUnreachable(LedgerUnwritable):
    """The server that keeps the ledger does not answer (exit 2)."""


class DeliveryError(KanalError):
    """What `prepare` and `commit` may raise; the subclass says what is known about the world.

    `words` are the network's own, quoted in its language, without tokens.
    """

    def __init__(self, message: Message, advice: Message | None = None, *, words: str = "") -> None:
        super().__init__(message, advice)
        self.words = words


class Rejected(DeliveryError):
    """Nothing was published, and repeating the same content is useless.

    `duplicate`: the network says that it has this very content already. After a doubt that is evidence that the first
    attempt went out.
    """

    def __init__(
        self, message: Message, advice: Message | None = None, *, words: str = "", duplicate: bool = False
    ) -> None:
        super().__init__(message, advice, words=words)
        self.duplicate = duplicate


class Unavailable(DeliveryError):
    """Nothing was published; try again later.

    `retry_at` (aware, UTC) is the network's word on when, if it gave one. With `channel_wide` the trouble is the
    channel's (network down, rate limit, token expired), so that trying the next draft there is pointless; with
    `needs_person` waiting will not help either.
    """

    def __init__(
        self,
        message: Message,
        advice: Message | None = None,
        *,
        words: str = "",
        retry_at: datetime | None = None,
        channel_wide: bool = False,
        needs_person: bool = False,
    ) -> None:
        super().__init__(message, advice, words=words)
        self.retry_at = retry_at
        self.channel_wide = channel_wide
        self.needs_person = needs_person


class Uncertain(DeliveryError):
    """The request may or may not have published; nobody knows yet. Never re-sent blindly."""
