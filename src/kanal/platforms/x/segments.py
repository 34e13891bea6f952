"""Uploading to X in segments: initialize, append, finalize, and asking until X has worked on it.

https://docs.x.com/x-api/media/quickstart/media-upload-chunked ; docs/networks.md#x-calls. An upload that was
interrupted goes on with the next segment. This module must not decide what an error status means; `answers` does.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

import requests

from kanal.errors import Rejected, Unavailable
from kanal.message import msg
from kanal.platforms.x.answers import read_object
from kanal.transport import Answered
from kanal.transport.multipart import FormWithFile
from kanal.transport.streaming import Stretch
from kanal.transport.unfinished import Memory, Unfinished

SEGMENT = 4_000_000
"""Bytes. X takes segments 0 to 999 and does not say how large; the older interface took 5 MB."""
WAIT_MAX = 600.0
"""Seconds to wait for X to work on a video; what is not ready then is asked for again by the next try."""
PAUSE_MAX = 15.0
LIFE_SECONDS = 3600
"""Assumed where X does not say how long it keeps an upload."""
_GONE = frozenset({requests.codes.bad_request, requests.codes.not_found, requests.codes.gone})

Call = Callable[..., requests.Response]
"""`call(method, path, **more)`: one signed request to X. Raises what requests and the session raise."""


class Film(NamedTuple):
    """What is uploaded: the file, its media type and X's category for it."""

    file: Path
    kind: str
    category: str


class Segments:
    """One file on its way to X: `call` makes requests, `address` is X's for messages, `tell` hears of bytes sent."""

    def __init__(self, call: Call, address: str, film: Film, memory: Memory, tell: Callable[[int, int], None]) -> None:
        self._call = call
        self._address = address
        self._film = film
        self._memory = memory
        self._tell = tell
        self._size = film.file.stat().st_size
        self._count = -(-self._size // SEGMENT)

    def upload(self) -> str:
        """The id of the finished upload. Raises the delivery errors, and what `call` raises."""
        known = self._memory.recall()
        if known is not None:
            try:
                return self._finish(known)
            except Answered as error:
                if error.status not in _GONE:
                    raise
                self._memory.forget()  # X does not know it any more, or knows it otherwise
        return self._finish(self._initialize())

    def _initialize(self) -> Unfinished:
        asked = {"media_type": self._film.kind, "total_bytes": self._size, "media_category": self._film.category}
        media = self._read(self._call("POST", "/2/media/upload/initialize", json=asked))
        life = media.get("expires_after_secs")
        seconds = life if isinstance(life, int) and life > 0 else LIFE_SECONDS
        begun = Unfinished(str(media["id"]), 0, datetime.now(UTC).timestamp() + seconds)
        self._memory.keep(begun)
        return begun

    def _finish(self, upload: Unfinished) -> str:
        path = f"/2/media/upload/{upload.id}"
        if upload.sealed:
            media = self._status(upload.id)
        else:
            for index in range(upload.next, self._count):
                self._append(path, index)
                self._memory.keep(Unfinished(upload.id, index + 1, upload.until))
            media = self._read(self._call("POST", f"{path}/finalize"))
            self._memory.keep(Unfinished(upload.id, self._count, upload.until, sealed=True))
        self._await_processing(upload.id, media)
        self._memory.forget()
        return upload.id

    def _append(self, path: str, index: int) -> None:
        before = index * SEGMENT
        body = FormWithFile(
            {"segment_index": str(index)},
            "media",
            Stretch(self._film.file, before, min(SEGMENT, self._size - before)),
            file_name="segment",
            kind="application/octet-stream",
            tell=lambda sent: self._tell(before + sent, self._size),
        )
        with body:
            self._call("POST", f"{path}/append", data=body, headers={"Content-Type": body.content_type})

    def _await_processing(self, identity: str, media: Mapping[str, Any]) -> None:
        """Ask as often as X says until it has worked on the upload."""
        waited = 0.0
        while True:
            state, pause = _processing(media)
            if state == "failed":
                self._memory.forget()
                raise Rejected(
                    msg("X cannot process the file “{file}”.", file=self._film.file.name), words=_reason(media)
                )
            if state in ("", "succeeded"):
                return
            if waited >= WAIT_MAX:
                raise Unavailable(msg("X is still processing the file “{file}”.", file=self._film.file.name))
            sleep(pause)
            waited += pause
            media = self._status(identity)

    def _status(self, identity: str) -> Mapping[str, Any]:
        asked = {"command": "STATUS", "media_id": identity}
        return self._read(self._call("GET", "/2/media/upload", params=asked))

    def _read(self, answer: requests.Response) -> Mapping[str, Any]:
        return read_object(answer, self._address)


def _processing(media: Mapping[str, Any]) -> tuple[str, float]:
    """X's state of the upload, and after how many seconds to ask again."""
    info = media.get("processing_info")
    if not isinstance(info, dict):
        return "", 0.0
    after = info.get("check_after_secs")
    return str(info.get("state", "")), min(float(after), PAUSE_MAX) if isinstance(after, int) and after > 0 else 1.0


def _reason(media: Mapping[str, Any]) -> str:
    """X's own words about a failure, which its specification does not have and its documentation shows."""
    error = media["processing_info"].get("error")
    return str(error.get("message") or error.get("name") or "") if isinstance(error, dict) else ""
