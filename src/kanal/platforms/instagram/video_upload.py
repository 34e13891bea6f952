"""Uploading a video into an Instagram container: one request with all bytes, or with those that are missing.

https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads ; for accounts over
Facebook Login. The container tells how many bytes it has, so that an interrupted upload goes on there. The address that
Meta names for it is not used: the token goes only to the host that the channel names. This module publishes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from kanal.abilities.sending import Tell
from kanal.errors import DeliveryError, Unavailable
from kanal.graph import Graph
from kanal.graph.answers import is_everywhere
from kanal.message import msg
from kanal.model import Picture
from kanal.transport.streaming import Body, Stretch
from kanal.transport.unfinished import Memory, Unfinished

LIFE = timedelta(hours=20)
"""A container lives for 24 hours, and has to be published within them."""
FIELDS = "status_code,video_status"


class Keeping(NamedTuple):
    """Where unfinished uploads are kept, and what tells those of this account from others."""

    folder: Path | None
    key: tuple[str, ...]


class VideoUploads:
    """Videos on their way into containers that are made at `path`; their bytes go over what `bytes_` opens."""

    def __init__(self, graph: Graph, bytes_: Callable[[], Graph], path: str, keeping: Keeping, tell: Tell) -> None:
        self._graph = graph
        self._bytes = bytes_
        self._path = path
        self._keeping = keeping
        self._tell = tell
        self._memories: dict[str, Memory] = {}

    def fill(self, fields: Mapping[str, str], video: Picture) -> str:
        """The id of a container with these fields that has all of the video. Raises `Rejected` or `Unavailable`."""
        pairs = map("=".join, sorted(fields.items()))
        memory = Memory.of_file(self._keeping.folder, video.file, *self._keeping.key, *pairs)
        known = memory.recall()
        if known is not None:
            try:
                if (there := self._there(known.id, video)) is not None:
                    return self._filled(known.id, video, there, memory)
            except DeliveryError as error:
                if is_everywhere(error):
                    raise
            memory.forget()  # published, expired, or it does not take what is missing
        container = self._graph.upload(self._path, {**fields, "upload_type": "resumable"})
        memory.keep(Unfinished(container, 0, (datetime.now(UTC) + LIFE).timestamp()))
        return self._filled(container, video, 0, memory)

    def finished(self, container: str) -> None:
        """Instagram has worked on it: nothing is to be gone on with any more."""
        if container in self._memories:
            self._memories.pop(container).forget()

    def _there(self, container: str, video: Picture) -> int | None:
        """How many bytes the container has; `None` for one that is of no use any more. Raises `Unavailable`."""
        size = video.file.stat().st_size
        answer = self._graph.read(f"/{container}", {"fields": FIELDS})
        if answer.get("status_code") == "FINISHED":
            return size
        status = answer.get("video_status")
        phase = status.get("uploading_phase") if isinstance(status, dict) else None
        if answer.get("status_code") != "IN_PROGRESS" or not isinstance(phase, dict):
            return None
        if phase.get("status") == "complete":
            return size
        # The documentation leaves out an r.
        found = phase.get("bytes_transferred", phase.get("bytes_transfered", 0))
        return found if isinstance(found, int) and 0 <= found <= size else None

    def _filled(self, container: str, video: Picture, there: int, memory: Memory) -> str:
        name, size = video.file.name, video.file.stat().st_size
        if there < size:
            stretch = Stretch(video.file, there, size - there)
            with Body(stretch, tell=lambda sent: self._tell(name, there + sent, size)) as body:
                headers = {"offset": str(there), "file_size": str(size), "Content-Type": "application/octet-stream"}
                answer = self._bytes().hand_in(f"/{container}", body=body, headers=headers)
            if answer.get("success") is not True:
                raise Unavailable(msg("Instagram did not say that it has all of the video."))
        self._memories[container] = memory
        return container
