"""Uploading a video into an Instagram container: one request with all bytes, or with those that are missing.

https://developers.facebook.com/docs/instagram-platform/content-publishing/resumable-uploads ; for accounts over
Facebook Login. The container tells how many bytes it has, so that an interrupted upload goes on there. The address that
Meta names for it is not used: the token goes only to the host that the channel names. This module publishes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from kanal.errors import DeliveryError, Unavailable
from kanal.graph import Graph
from kanal.message import msg
from kanal.model import Picture
from kanal.transport.streaming import Body, Stretch
from kanal.transport.unfinished import Memory, Unfinished

LIFE = timedelta(hours=20)
"""A container lives for 24 hours, and has to be published within them."""
FIELDS = "status_code,video_status"


class Route(NamedTuple):
    """Where videos are going: to containers of `path`, made by `graph`, with bytes over `bytes_`."""

    graph: Graph
    bytes_: Graph
    path: str
    folder: Path | None
    key: tuple[str, ...]


def upload(route: Route, fields: Mapping[str, str], video: Picture, tell: Callable[[int, int], None]) -> str:
    """The id of a container with these fields that has all of the video. Raises `Rejected` or `Unavailable`."""
    size = video.file.stat().st_size
    memory = Memory.of_file(route.folder, video.file, *route.key, *map("=".join, sorted(fields.items())))
    known = memory.recall()
    if known is not None:
        try:
            if (there := _there(route.graph, known.id, size)) is not None:
                return _filled(route, known.id, video, there, memory, tell)
        except DeliveryError as error:
            if isinstance(error, Unavailable) and error.channel_wide:
                raise
        memory.forget()  # published, expired, or it does not take what is missing
    container = route.graph.upload(route.path, {**fields, "upload_type": "resumable"})
    memory.keep(Unfinished(container, 0, (datetime.now(UTC) + LIFE).timestamp()))
    return _filled(route, container, video, 0, memory, tell)


def _there(graph: Graph, container: str, size: int) -> int | None:
    """How many bytes the container has; `None` for one that is of no use any more. Raises `Unavailable`."""
    answer = graph.read(f"/{container}", {"fields": FIELDS})
    if answer.get("status_code") == "FINISHED":
        return size
    if answer.get("status_code") != "IN_PROGRESS":
        return None
    status = answer.get("video_status")
    phase = status.get("uploading_phase") if isinstance(status, dict) else None
    if not isinstance(phase, dict):
        return None
    if phase.get("status") == "complete":
        return size
    # The documentation leaves out an r.
    found = phase.get("bytes_transferred", phase.get("bytes_transfered", 0))
    return found if isinstance(found, int) and 0 <= found <= size else None


def _filled(
    route: Route, container: str, video: Picture, there: int, memory: Memory, tell: Callable[[int, int], None]
) -> str:
    size = video.file.stat().st_size
    if there < size:
        body = Body(Stretch(video.file, there, size - there), tell=lambda sent: tell(there + sent, size))
        with body:
            headers = {"offset": str(there), "file_size": str(size), "Content-Type": "application/octet-stream"}
            answer = route.bytes_.hand_in(f"/{container}", body=body, **headers)
        if answer.get("success") is not True:
            raise Unavailable(msg("Instagram did not say that it has all of the video."))
    memory.forget()
    return container
