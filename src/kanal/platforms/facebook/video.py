"""A page's videos: uploaded, published with one request, completed with captions, found by their id.

docs/networks.md#facebook-videos . Imported together with httpx.
"""

from collections.abc import Callable
from pathlib import Path

from kanal.abilities.sending import Tell
from kanal.errors import Unavailable
from kanal.graph import Graph
from kanal.graph.answers import Missing
from kanal.message import msg
from kanal.model import Part, Prepared, Receipt
from kanal.platforms.facebook.feed import message_of
from kanal.platforms.facebook.naming import captions_mark
from kanal.platforms.facebook.video_captions import add_captions, await_processed, subrip_of
from kanal.platforms.facebook.video_state import Stage, state_of
from kanal.platforms.facebook.video_upload import Route, VideoUpload


class Videos:
    """The videos of one page: `base_url` tells this network from others, `web` is where its videos are shown."""

    def __init__(self, graph: Graph, page: str, base_url: str, web: str, sleep: Callable[[float], object]) -> None:
        self._graph = graph
        self._page = page
        self._key = (base_url, page)
        self._web = web
        self._sleep = sleep

    def prepare(self, part: Part, folder: Path | None, tell: Tell) -> Prepared:
        """Upload the video. Captions that Facebook would not take are refused before."""
        (video,) = part.media
        if video.captions:
            subrip_of(video.captions)
        route = Route(self._graph, f"/{self._page}/videos", folder, self._key)
        name = video.file.name
        upload = VideoUpload(route, video, message_of(part), lambda sent, total: tell(name, sent, total))
        done = upload.upload()
        return Prepared(part, {"video": done.id, "session": done.session, "captions": captions_mark(part)})

    def publish(self, prepared: Prepared) -> Receipt:
        """End the upload, with the text: the request that publishes. Raises all three delivery errors."""
        video = prepared.handles["video"]
        fields = {
            "upload_phase": "finish",
            "upload_session_id": prepared.handles["session"],
            "description": message_of(prepared.part),
        }
        self._graph.finish(f"/{self._page}/videos", fields)
        return Receipt(video, self._address(video), self._graph.now())

    def complete(self, receipt: Receipt, part: Part) -> None:
        """Wait for the processing, and add the captions. Raises `Unavailable`."""
        (video,) = part.media
        await_processed(self._graph, receipt.id, self._sleep)
        if video.captions:
            add_captions(self._graph, receipt.id, video.captions, part.language, self._sleep)

    def find(self, prepared: Prepared) -> Receipt | None:
        """Whether the video is out: Facebook tells that of each one. Raises `Unavailable`."""
        video = prepared.handles["video"]
        try:
            state = state_of(self._graph, video)
        except Missing:
            # It may be gone, or the token may not see it: whoever may not read the page must not say "not there".
            self._graph.read(f"/{self._page}/published_posts", {"fields": "id", "limit": "1"})
            return None
        if state.stage is Stage.WORKING:
            raise Unavailable(msg("Facebook is still working on this video."))
        if state.stage is Stage.OUT:
            return Receipt(video, self._address(video), state.at or self._graph.now())
        return None

    def _address(self, video: str) -> str:
        return f"{self._web}/{video}"
