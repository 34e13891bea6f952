"""Uploading a video to a page: start, pieces as Facebook asks for them, and all but the end, which publishes.

Graph's `/{page}/videos` in phases (docs/networks.md#facebook-videos). The other way, with a handle of the Resumable
Upload API, wants an app's id and a person's token beside the page's, and tells the video's id only when it is out. An
upload that was interrupted goes on with the piece that Facebook wants next. This module publishes nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kanal.errors import DeliveryError, Unavailable
from kanal.fits import media_type
from kanal.graph import Answer, Graph
from kanal.graph.answers import Misplaced, is_everywhere
from kanal.message import msg
from kanal.model import Picture
from kanal.transport.multipart import FormWithFile
from kanal.transport.streaming import Stretch
from kanal.transport.unfinished import Memory, Unfinished

LIFE = timedelta(hours=12)
"""How long an upload is believed to be kept; Meta does not say. One that is gone begins anew."""


CORRECTIONS = 3
"""How often Facebook may want another piece than the one that it got."""


class Route(NamedTuple):
    """Where a video is going: the page's edge for videos, and what tells this upload from any other."""

    graph: Graph
    path: str
    folder: Path | None
    key: tuple[str, ...]


class VideoUpload:
    """One video on its way to a page; `tell` hears of bytes sent."""

    def __init__(self, route: Route, video: Picture, text: str, tell: Callable[[int, int], None]) -> None:
        self._graph = route.graph
        self._path = route.path
        self._video = video
        self._kind = media_type(video)
        self._tell = tell
        self._size = video.file.stat().st_size
        # With the text, so that the same film in another post never goes on with an upload that publishes this one.
        self._memory = Memory.of_file(route.folder, video.file, *route.key, sha256(text.encode()).hexdigest())

    def upload(self) -> Unfinished:
        """All of it, up to the request that publishes. Raises `Rejected` or `Unavailable`."""
        known = self._memory.recall()
        if known is not None:
            try:
                return self._go_on(known)
            except DeliveryError as error:
                if is_everywhere(error):
                    raise
                self._memory.forget()  # Facebook does not know it any more, or knows it otherwise
        return self._go_on(self._start())

    def _start(self) -> Unfinished:
        answer = self._graph.hand_in(self._path, {"upload_phase": "start", "file_size": str(self._size)})
        start, end = _offsets(answer)
        video, session = answer.get("video_id"), answer.get("upload_session_id")
        if not video or not session:
            raise Unavailable(msg("Facebook began an upload without giving it an id."))
        until = (datetime.now(UTC) + LIFE).timestamp()
        begun = Unfinished(str(video), start, until, session=str(session), end=end)
        self._memory.keep(begun)
        return begun

    def _go_on(self, upload: Unfinished) -> Unfinished:
        """Send pieces until Facebook wants none. It may correct the place, but not without end."""
        corrections = 0
        while upload.next < upload.end:
            try:
                start, end = _offsets(self._transfer(upload))
                is_further = start > upload.next or start == end
            except Misplaced as error:
                start, end, corrections = error.start, error.end, corrections + 1
                is_further = start != upload.next and corrections <= CORRECTIONS
            if not is_further:
                raise Unavailable(msg("Facebook wants the same piece of the video again and again."))
            upload = replace(upload, next=start, end=end)
            self._memory.keep(upload)
        self._memory.forget()
        return upload

    def _transfer(self, upload: Unfinished) -> Answer:
        before = upload.next
        fields = {"upload_phase": "transfer", "upload_session_id": upload.session, "start_offset": str(before)}
        body = FormWithFile(
            fields,
            "video_file_chunk",
            Stretch(self._video.file, before, min(upload.end, self._size) - before),
            file_name=f"video.{self._kind.partition('/')[2]}",
            kind=self._kind,
            tell=lambda sent: self._tell(before + sent, self._size),
        )
        with body:
            return self._graph.hand_in(self._path, body=body, headers={"Content-Type": body.content_type})


def _offsets(answer: Answer) -> tuple[int, int]:
    """From where to where the next piece goes; equal when there is none."""
    try:
        return int(answer["start_offset"]), int(answer["end_offset"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unavailable(msg("Facebook does not say which piece of the video it wants.")) from error
