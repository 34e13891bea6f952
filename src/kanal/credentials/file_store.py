"""Grants in one file of the user's settings, readable by its owner only.

A change is a new file that takes the old one's place once the disk has it: whoever reads sees the one or the other,
and after a power cut there is one of them, whole.
"""

import json
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import IO

from kanal.credentials.locking import locked
from kanal.credentials.place import refuse_readable_by_others, refuse_repository
from kanal.errors import ConfigError
from kanal.message import Message, msg

FORM = 1
_PAUSES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
"""Seconds."""


class FileStore:
    """The file at `path`, which is made with the first grant. Raises `ConfigError` for a place that is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def place(self) -> Message:
        """Where that is, for people."""
        return msg("the file {path}", path=self.path)

    def read(self, name: str) -> str | None:
        """The text kept under `name`."""
        return self._entries().get(name)

    def write(self, name: str, text: str) -> None:
        """Keep `text` under `name`; when this returns, it is on the disk."""
        with self._changing():
            self._replace({**self._entries(), name: text})

    def delete(self, name: str) -> bool:
        """Forget `name`; whether there was anything."""
        if not self.path.exists():
            return False
        with self._changing():
            entries = self._entries()
            if name not in entries:
                return False
            self._replace({kept: text for kept, text in entries.items() if kept != name})
            return True

    def _entries(self) -> Mapping[str, str]:
        with self._no_system_errors():
            try:
                refuse_readable_by_others(self.path)
                text = self.path.read_text(encoding="utf-8")
            except FileNotFoundError:
                return {}
        refuse_repository(self.path)
        try:
            found = json.loads(text)
            if found["form"] == FORM and all(isinstance(one, str) for one in found["grants"].values()):
                return dict(found["grants"])
        except (ValueError, TypeError, KeyError, AttributeError):
            pass  # said below, without the cause, which would quote the file
        raise ConfigError(
            msg("The file of credentials, {path}, cannot be read as one.", path=self.path),
            msg("Move it away, and log in again: kanal login CHANNEL"),
        )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """No other process changes the file meanwhile."""
        refuse_repository(self.path)
        with self._no_system_errors():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self.path.with_name(f"{self.path.name}.lock")):
            yield

    def _replace(self, entries: Mapping[str, str]) -> None:
        target = self.path.resolve()  # a symbolic link stays one
        new = target.with_name(f"{target.name}-{secrets.token_hex(6)}")
        with self._no_system_errors():
            try:
                with _private(new) as file:
                    file.write(json.dumps({"form": FORM, "grants": dict(entries)}, ensure_ascii=False, indent=1))
                    file.flush()
                    os.fsync(file.fileno())
                _take_place(new, target)
                _settle(target.parent)
            finally:
                with suppress(FileNotFoundError):
                    new.unlink()

    @contextmanager
    def _no_system_errors(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except OSError as error:
            raise ConfigError(
                msg(
                    "The file of credentials, {path}, cannot be used: {reason}.",
                    path=self.path,
                    reason=error.strerror or type(error).__name__,
                ),
                msg("Check the rights of its folder, and that the disk is not full."),
            ) from error


def _private(path: Path) -> IO[str]:
    """A new file that nobody else could read even for a moment."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="\n")


def _take_place(new: Path, old: Path) -> None:
    """Windows refuses that while somebody reads the old one, which takes a moment."""
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            new.replace(old)
        except PermissionError:
            sleep(pause)
        else:
            return
    new.replace(old)


def _settle(folder: Path) -> None:
    """Let the new name be on the disk, too. Windows has no such call for folders, and writes names in order."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
