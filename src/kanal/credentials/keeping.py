"""Which store holds a channel's grant, and the lock under which it may be renewed.

A grant is in one store only: whoever saves it in one takes it out of the other, else the older of two logins could win
one day.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import NamedTuple, Protocol

from kanal.credentials import Grant
from kanal.credentials.file_store import FileStore
from kanal.credentials.grant import from_text, to_text
from kanal.credentials.keyring_store import KeyringStore, is_usable
from kanal.credentials.locking import locked
from kanal.credentials.place import VARIABLE, place_of
from kanal.errors import ConfigError
from kanal.message import Message, msg


class CredentialStore(Protocol):
    """A place that keeps texts by name."""

    def place(self) -> Message:
        """Where that is, for people."""
        ...

    def read(self, name: str) -> str | None:
        """The text kept under `name`, if any. Raises `ConfigError`."""
        ...

    def write(self, name: str, text: str) -> None:
        """Keep `text` under `name`, durably. Raises `ConfigError`."""
        ...

    def delete(self, name: str) -> bool:
        """Forget `name`; whether there was anything. Raises `ConfigError`."""
        ...


class Kept(NamedTuple):
    """A grant, and the store that holds it."""

    grant: Grant
    store: CredentialStore


class KeepIn(StrEnum):
    """The kinds of store."""

    KEYRING = "keyring"
    FILE = "file"


def load(name: str, environ: Mapping[str, str]) -> Kept | None:
    """The grant of `name`, if there is one. Raises `ConfigError` for one that cannot be read or must not be used."""
    for store in _stores(environ):
        text = store.read(name)
        if text is not None:
            return Kept(from_text(text, name), store)
    return None


def save(name: str, grant: Grant, store: CredentialStore, environ: Mapping[str, str]) -> None:
    """Keep the grant in `store`, and nowhere else. Raises `ConfigError`."""
    store.write(name, to_text(grant))
    for other in _stores(environ):
        if type(other) is not type(store):
            other.delete(name)


def prove(store: CredentialStore, name: str) -> None:
    """Raise `ConfigError` unless the store can keep something under `name`: nobody should log in for nothing."""
    probe = f"{name}:probe"
    store.write(probe, "probe")
    store.delete(probe)


def delete(name: str, environ: Mapping[str, str]) -> list[CredentialStore]:
    """Forget the grant of `name`; the stores that had one. Raises `ConfigError`."""
    return [store for store in _stores(environ) if store.delete(name)]


def choose(wish: KeepIn | None, environ: Mapping[str, str]) -> CredentialStore:
    """Where a new grant goes: as wished; else into the file that `KANAL_CREDENTIALS` names, or a keyring, or the file.

    Raises `ConfigError` when there is no such place.
    """
    if wish is KeepIn.KEYRING and not is_usable():
        raise ConfigError(
            msg("There is no keyring on this machine that kanal could use."),
            msg("Install kanal[keyring] and log in to your desktop, or keep the credentials in a file: --keep-in file"),
        )
    if wish is KeepIn.KEYRING or (wish is None and not environ.get(VARIABLE, "").strip() and is_usable()):
        return KeyringStore()
    path = place_of(environ)
    if path is None:
        raise ConfigError(
            msg("Nothing says where this user's settings lie, so there is no place for credentials."),
            msg("Name a file for them in {variable}, outside of any repository.", variable=VARIABLE),
        )
    return FileStore(path)


@contextmanager
def renewing(name: str, environ: Mapping[str, str]) -> Iterator[None]:
    """Be the only process that renews the grant of `name`. Raises `ConfigError`."""
    path = place_of(environ)
    if path is None:
        raise ConfigError(
            msg("Nothing says where this user's settings lie, so there is no place for credentials."),
            msg("Name a file for them in {variable}, outside of any repository.", variable=VARIABLE),
        )
    with locked(path.with_name(f"{path.name}-{name}.lock")):
        yield


def _stores(environ: Mapping[str, str]) -> Iterator[CredentialStore]:
    path = place_of(environ)
    if path is not None:
        yield FileStore(path)
    yield KeyringStore()
