"""Grants in the system's keyring: service `kanal`, user `<channel>/login`, one entry each.

Beside them stand credentials that a person put there by hand (`kanal.config.secrets`). The package `keyring` is
optional, and a keyring may be missing, locked, or none at all; only a real one is used.
"""

from contextlib import suppress
from typing import Any

from kanal.errors import ConfigError
from kanal.message import Message, msg

SERVICE = "kanal"
USABLE = 1
"""keyring's own priorities: below it are backends that keep nothing, or keep it in the clear."""


class KeyringStore:
    """The keyring of whoever runs kanal."""

    def place(self) -> Message:
        """Where that is, for people."""
        return msg("the system's keyring")

    def read(self, name: str) -> str | None:
        """The text kept under `name`; None also from a keyring that is locked."""
        keyring = _library()
        if keyring is None:
            return None
        with suppress(keyring.errors.KeyringError):
            found: str | None = keyring.get_password(SERVICE, _user(name))
            return found
        return None

    def write(self, name: str, text: str) -> None:
        """Keep `text` under `name`. Raises `ConfigError` when the keyring does not take it."""
        keyring = _library()
        if keyring is None:
            raise _refused(None)
        try:
            keyring.set_password(SERVICE, _user(name), text)
        except (keyring.errors.KeyringError, OSError) as error:
            # Windows limits an entry to 2560 bytes, and says so with an OSError of its own.
            raise _refused(type(error).__name__) from None

    def delete(self, name: str) -> bool:
        """Forget `name`; whether there was anything. Raises `ConfigError` when the keyring refuses."""
        return forget(_user(name))


def is_usable() -> bool:
    """Whether there is a keyring that keeps secrets on this machine, for this session."""
    keyring = _library()
    if keyring is None:
        return False
    backend = keyring.get_keyring()
    inner = getattr(backend, "backends", None)
    return bool(float(backend.priority) >= USABLE and (inner is None or len(inner) > 0))


def forget(user: str) -> bool:
    """Delete the entry of `user` (`<channel>/<name>`); whether there was one. Raises `ConfigError`."""
    keyring = _library()
    if keyring is None:
        return False
    with suppress(keyring.errors.KeyringError):
        if keyring.get_password(SERVICE, user) is None:
            return False
        try:
            keyring.delete_password(SERVICE, user)
        except keyring.errors.KeyringError as error:
            raise _refused(type(error).__name__) from None
        return True
    return False


def _user(name: str) -> str:
    return f"{name}/login"


def _library() -> Any:
    """The package, or None where the extra `kanal[keyring]` is not installed."""
    try:
        import keyring
        import keyring.errors
    except ImportError:
        return None
    return keyring


def _refused(reason: str | None) -> ConfigError:
    return ConfigError(
        msg("The system's keyring does not take the credentials ({reason}).", reason=reason or "kanal[keyring]"),
        msg("Unlock it, or keep them in a file: --keep-in file"),
    )
