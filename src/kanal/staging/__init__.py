"""Pictures put where a network can fetch them, since Instagram takes none by upload (docs/networks.md#instagram-calls).

A staging place is a folder that a web server shows, or anything that fsspec writes to (`s3://`, `sftp://` …), plus the
public address of the same place. What lies there can be read by everybody who knows its name, hence names that nobody
guesses. This module must not know any network, and touches only files that it made itself.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote, urlsplit, urlunsplit

from kanal.errors import ConfigError, KanalError, Unavailable, UsageError
from kanal.message import msg
from kanal.model import StagingPlace
from kanal.staging.stores import open_store, shown

_OURS = re.compile(r"kanal-[0-9a-f]{40}(?:\.[a-z0-9]{1,5})?(?:\.[0-9a-f]{8}\.part)?")
"""A staged picture, or one whose writing was interrupted."""


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A picture in the staging place: the name there, and the public address."""

    name: str
    url: str


def put(place: StagingPlace, picture: Path, *, owner: str = "") -> StagedFile:
    """Copy `picture` to the staging place, complete or not at all.

    The name follows from content and `owner` alone. Who passes an `owner` of their own can remove the file again
    without taking it away from somebody who staged the same picture. Raises `Unavailable`, or `ConfigError` when the
    place needs a package that is not installed.
    """
    try:
        name = _name(picture, owner)
    except OSError as error:
        raise Unavailable(
            msg("The picture “{file}” cannot be read: {reason}.", file=picture.name, reason=error.strerror or ""),
            needs_person=True,
        ) from error
    with _translated(place):
        open_store(place.path).write(name, picture)
    return StagedFile(name, _url(place, name))


def remove(place: StagingPlace, name: str) -> None:
    """Remove a staged file; one that is gone already is fine.

    Raises `Unavailable`, `ConfigError`, or `UsageError` for a name that `put` cannot have given.
    """
    if not _OURS.fullmatch(name):
        raise UsageError(msg("“{name}” is not the name of a file that kanal staged.", name=name))
    with _translated(place):
        open_store(place.path).delete(name)


def prune(place: StagingPlace, older_than: timedelta) -> list[str]:
    """Remove what crashed runs left behind, and return the names. Other files in the place stay untouched.

    A file whose age the place does not tell is kept. Raises `Unavailable` or `ConfigError`.
    """
    # The places date their files themselves, by clocks like this machine's.
    limit = datetime.now(UTC) - older_than
    with _translated(place):
        store = open_store(place.path)
        old = sorted(
            name
            for name, changed in store.entries()
            if _OURS.fullmatch(name) and changed is not None and changed < limit
        )
        for name in old:
            store.delete(name)
    return old


@contextmanager
def lent(place: StagingPlace, pictures: Sequence[Path]) -> Iterator[list[StagedFile]]:
    """All `pictures` staged; removed again if the block fails, else left for the caller to `remove`.

    Under names of their own each time, so that of two runs with the same draft neither takes away the other's files.
    """
    owner = token_hex(16)
    staged: list[StagedFile] = []
    try:
        for picture in pictures:
            staged.append(put(place, picture, owner=owner))  # noqa: PERF401 - a failure must not lose the earlier ones
        yield staged
    except KanalError:
        # What cannot be removed now, `prune` finds later; the reason for the failure matters more.
        with suppress(Unavailable):
            for file in staged:
                remove(place, file.name)
        raise


def _name(picture: Path, owner: str) -> str:
    """160 bits of SHA-256. With a secret `owner`, not even somebody who has the picture can guess it."""
    with picture.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").digest()
    digest = hashlib.sha256(owner.encode() + b"\0" + content).hexdigest()[:40]
    ending = picture.suffix.lower()
    return f"kanal-{digest}{ending}" if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else f"kanal-{digest}"


def _url(place: StagingPlace, name: str) -> str:
    parts = urlsplit(place.url)
    # "%" stays, so that an address which is quoted already is not quoted twice.
    path = quote(f"{parts.path.rstrip('/')}/{name}", safe="/%~!$&'()*+,;=:@-._")
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


@contextmanager
def _translated(place: StagingPlace) -> Iterator[None]:
    """Foreign errors turned into ours; drivers raise whatever their SDKs raise."""
    try:
        yield
    except ConfigError:
        raise
    except Exception as error:
        # Words of an SDK may quote credentials; those of the operating system do not.
        reason = error.strerror if isinstance(error, OSError) else None
        raise Unavailable(
            msg("The staging place “{place}” cannot be used right now.", place=shown(place.path)),
            msg("Check that it can be reached, has room, and may be written to by the account that runs kanal."),
            words=reason or type(error).__name__,
            channel_wide=True,
        ) from error
