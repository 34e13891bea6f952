"""What was looked at, how it is, and what to do about it."""

from enum import StrEnum
from typing import NamedTuple

from kanal.errors import KanalError
from kanal.message import Message


class State(StrEnum):
    """How something is. `unknown`: nobody looked, or nobody tells; that is no fault."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    UNKNOWN = "unknown"


class Check(StrEnum):
    """What can be looked at, in the order of the table; first what is about this computer (docs/json.md#doctor)."""

    KANAL = "kanal"
    TIME_ZONE = "time-zone"
    CERTIFICATES = "certificates"
    PROXY = "proxy"
    GIT = "git"
    HOOKS = "hooks"
    LEDGER = "ledger"
    CREDENTIALS = "credentials"
    VERSION = "version"
    NETWORK = "network"
    ACCOUNT = "account"
    PAGE = "page"
    SCOPES = "scopes"
    VALIDITY = "validity"
    LIMITS = "limits"
    ALLOWANCE = "allowance"
    CLOCK = "clock"
    STAGING = "staging"


class Observation(NamedTuple):
    """One row. `channel` is None for what is about this computer."""

    check: Check
    state: State
    message: Message
    advice: Message | None = None
    channel: str | None = None


def ok(check: Check, message: Message) -> Observation:
    """All is well."""
    return Observation(check, State.OK, message)


def warning(check: Check, message: Message, advice: Message | None = None) -> Observation:
    """Posts go out, but somebody should do something."""
    return Observation(check, State.WARNING, message, advice)


def error(check: Check, message: Message, advice: Message | None = None) -> Observation:
    """Posts do not go out, or in the wrong place."""
    return Observation(check, State.ERROR, message, advice)


def unknown(check: Check, message: Message, advice: Message | None = None) -> Observation:
    """Nobody can tell."""
    return Observation(check, State.UNKNOWN, message, advice)


def failed(check: Check, trouble: KanalError) -> Observation:
    """What an error of ours says."""
    return Observation(check, State.ERROR, trouble.message, trouble.advice)
