"""Uploads that were interrupted, each in a small file, so that a later run goes on where the network knows the rest.

Keyed by the account, what the file is to become, and its digest: a film that was exported anew begins anew. This
module must not know any network; a file that says something else than expected is as good as none.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Self

MARGIN = timedelta(minutes=10)
"""Before the end of its life an upload is given up: what is left must still be sent, and the post with it."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """How far an upload is: the network's id for it, what is next, and until when the network keeps it (Unix seconds).

    `next` is a segment or a byte, up to `end`, as the network counts. `sealed`: all is there, and the network may still
    be at work on it. `session` is its second id, where it gives one.
    """

    id: str
    next: int
    until: float
    sealed: bool = False
    session: str = ""
    end: int = 0


class Memory:
    """What is kept about one upload; without a folder, nothing is."""

    def __init__(self, folder: Path | None, *key: str) -> None:
        name = sha256("\n".join(key).encode()).hexdigest()[:32]
        self._file = folder / f"{name}.json" if folder else None

    @classmethod
    def of_file(cls, folder: Path | None, file: Path, *key: str) -> Self:
        """What is kept about uploading this file; its digest is taken only where anything is kept."""
        from kanal.media import digest

        return cls(folder, digest(file), *key) if folder else cls(None)

    def recall(self) -> Unfinished | None:
        """The upload to go on with, if there is one that the network still keeps."""
        if self._file is None:
            return None
        with suppress(OSError, ValueError, TypeError):
            found = Unfinished(**json.loads(self._file.read_text(encoding="utf-8")))
            sound = isinstance(found.id, str) and isinstance(found.next, int) and found.next >= 0
            if sound and found.until > (datetime.now(UTC) + MARGIN).timestamp():
                return found
            self.forget()
        return None

    def keep(self, upload: Unfinished) -> None:
        """Remember. A folder that cannot be written costs only the way back, so it does not stop an upload."""
        if self._file is None:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside = self._file.with_suffix(f".{os.getpid()}.part")
            beside.write_text(json.dumps(asdict(upload)), encoding="utf-8")
            beside.replace(self._file)

    def forget(self) -> None:
        """Nothing is left to go on with."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
