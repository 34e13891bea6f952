"""A keyring in memory, so that no test ever meets the one of whoever runs it."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError


class Ring(KeyringBackend):
    """With `locked` it answers as one that nobody opened; `full` takes nothing."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring types only some
        self.entries: dict[tuple[str, str], str] = {}
        self.locked = False
        self.full = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise KeyringLocked
        if self.full:
            raise PasswordSetError(password)
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.entries:
            raise PasswordDeleteError
        del self.entries[service, username]


@contextmanager
def in_use(ring: KeyringBackend) -> Iterator[None]:
    """Let `ring` be the system's keyring."""
    before = keyring.core._keyring_backend
    keyring.set_keyring(ring)
    try:
        yield
    finally:
        keyring.core._keyring_backend = before
