"""The two kinds of staging place: a plain folder, and whatever fsspec has a driver for.

fsspec is optional, and imported only for places that need it. This module must not know which files are ours.
"""

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

from kanal.errors import ConfigError
from kanal.message import msg

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:://|::)")
"""At least two letters before the colon: `C:\\` and `C:/` are drives and no schemes."""
_AGE_KEYS = ("mtime", "LastModified", "last_modified", "modified", "updated", "created")
"""What fsspec's drivers call the time of the last change; there is no common name."""


class Store(Protocol):
    """A flat place for files."""

    def write(self, name: str, source: Path) -> None:
        """Write a copy of a file, complete or not at all, and make the place if it is not there yet."""
        ...

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""
        ...

    def entries(self) -> Iterator[tuple[str, datetime | None]]:
        """Every name with the time of its last change (UTC), as far as that is known."""
        ...


def open_store(path: str) -> Store:
    """The store at a folder or fsspec target. Raises `ConfigError` when it needs a package that is not installed."""
    if path.startswith("file://"):
        return _Folder(Path(url2pathname(urlsplit(path).path)))
    return _Remote(path) if _REMOTE.match(path) else _Folder(Path(path))


def shown(path: str) -> str:
    """The place without user name and password."""
    return re.sub(r"//[^/@]*@", "//", path)


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, source: Path) -> None:
        """Write under a temporary name first, so that the web server never shows half a picture."""
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / f"{name}.{secrets.token_hex(4)}.part"
        try:
            # Not `tempfile`: nobody but their owner may read its files, and that shuts out the web server.
            with source.open("rb") as content, temporary.open("xb") as file:
                shutil.copyfileobj(content, file)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(self._folder / name)
        finally:
            temporary.unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    def entries(self) -> Iterator[tuple[str, datetime | None]]:
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            try:
                changed = file.stat().st_mtime
            except FileNotFoundError:  # somebody else tidied up in between
                continue
            yield file.name, datetime.fromtimestamp(changed, UTC)


class _Remote:
    def __init__(self, path: str) -> None:
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise ConfigError(
                msg("The staging place “{place}” needs an additional package.", place=shown(path)),
                msg("Install it with: pip install 'kanal[staging]'"),
            ) from error
        try:
            filesystem, root = url_to_fs(path)
        except (ImportError, ValueError) as error:
            raise ConfigError(
                msg("The staging place “{place}” cannot be used.", place=shown(path)),
                # fsspec names the driver's package ("Install s3fs …"), or the protocol that it does not know.
                msg("fsspec says: {reason}", reason=str(error)),
            ) from error
        self._filesystem: Any = filesystem
        self._root = str(root).rstrip("/")

    def write(self, name: str, source: Path) -> None:
        """From a file: s3fs and others derive the content type from its name, and do not read it all at once."""
        self._filesystem.put_file(str(source), f"{self._root}/{name}")

    def delete(self, name: str) -> None:
        try:
            self._filesystem.rm_file(f"{self._root}/{name}")
        except FileNotFoundError:
            return

    def entries(self) -> Iterator[tuple[str, datetime | None]]:
        self._filesystem.invalidate_cache()
        if self._filesystem.exists(self._root):
            for entry in self._filesystem.ls(self._root, detail=True):
                yield str(entry["name"]).rpartition("/")[2], _changed(entry)


def _changed(entry: dict[str, Any]) -> datetime | None:
    value = next((entry[key] for key in _AGE_KEYS if entry.get(key)), None)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)
