"""Instagram: a container made of pictures and videos, and one request that publishes the container.

Meta fetches pictures itself from the staging place, and takes the bytes of videos (docs/networks.md#instagram-calls).
The container is also the network's memory: it can be published once only, and tells whether it was. This module must
not know Facebook, nor how requests fail (`kanal.graph`).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from kanal.errors import Unavailable
from kanal.limits import Limits
from kanal.message import msg
from kanal.model import Channel, Part, Prepared, Receipt, Secret, StagingPlace
from kanal.platforms.instagram.limits import LIMITS

if TYPE_CHECKING:
    from kanal.abilities.sending import Tell
    from kanal.graph import Graph
    from kanal.platforms.instagram.doubts import Doubts
    from kanal.platforms.instagram.video_upload import VideoUploads
    from kanal.verification import ApiVersion, Verification

_LEFTOVER_AGE = timedelta(hours=25)
"""Longer than a container lives."""


class Adapter:
    """One professional account. `Channel.account` is its Instagram user id (digits)."""

    limits: ClassVar[Limits] = LIMITS
    needs: ClassVar[tuple[str, ...]] = ("access_token",)
    # https://developers.facebook.com/docs/instagram-platform/content-publishing
    fetched_by: ClassVar[str] = "facebookexternalhit"
    urls: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "graph": "https://graph.facebook.com/v26.0",
            "rupload": "https://rupload.facebook.com/ig-api-upload/v26.0",
            "login": "https://developers.facebook.com",
        }
    )
    # Containers live 24 hours (docs/networks.md#instagram-limits).
    memory: ClassVar[timedelta] = timedelta(hours=23)
    settles_after: ClassVar[timedelta] = timedelta(minutes=10)

    def __init__(
        self, channel: Channel, credentials: Mapping[str, Secret], *, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._base_url = {**self.urls, **channel.urls}["graph"]
        self._bytes_url = _host_for_bytes(channel.urls, self.urls)
        self._token = credentials["access_token"]
        self._account = quote(channel.account, safe="")
        self._limits = self.limits.for_channel(channel)
        self._staging = channel.staging
        self._sleep = sleep
        self._cleared = False
        self._tell: Tell = lambda _file, _sent, _total: None
        self._uploads: Path | None = None

    def tell_progress(self, tell: "Tell") -> None:
        """`tell` hears of uploading videos."""
        self._tell = tell

    def continue_uploads(self, folder: Path) -> None:
        """`folder` keeps which container a video was on its way to; the container knows how much it has."""
        self._uploads = folder

    def prepare(self, part: Part) -> Prepared:
        """Stage the pictures, upload the videos, make the container, and wait until Meta has worked on everything."""
        import json

        from kanal.fits import refuse_misfits
        from kanal.staging import StagedFile, lent

        refuse_misfits(part, self._limits)
        fetched = [media for media in part.media if not media.is_video or self._bytes_url is None]
        if fetched:
            self._remove_leftovers()
        began = self._graph.now().isoformat()
        from kanal.graph.containers import Medium, make  # after `_graph`, which loads httpx in turn with the others

        files = [media.file for media in fetched]
        with lent(self._place(), files) if files else nullcontext(list[StagedFile]()) as staged:
            addresses = dict(zip(files, (file.url for file in staged), strict=True))
            media = [Medium(one, addresses.get(one.file)) for one in part.media]
            container = make(self._graph, self._account, part, media, self._video_uploads(), self._sleep)
        names = json.dumps([file.name for file in staged])
        return Prepared(part, {"container": container, "staged": names, "began": began})

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        """Publish the container. Instagram tells the public address only afterwards (`locate`)."""
        fields = {"creation_id": prepared.handles["container"]}
        answer = self._graph.publish(f"/{self._account}/media_publish", fields)
        return Receipt(str(answer["id"]), None, self._graph.now())

    def repeat(self, prepared: Prepared, key: str) -> Receipt:
        """Ask the container what became of it, and publish it if it is still waiting."""
        return self._doubts.repeat(prepared, lambda: self.commit(prepared, key))

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """Search the account's posts for the same caption on one or several pictures; the list tells no more.

        Raises `Unavailable` also when the container says that there must be such a post.
        """
        return self._doubts.find(prepared, since)

    def locate(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Public addresses out of the list of the account's newest posts, and of its stories."""
        return self._doubts.locate(ids)

    def tidy(self, prepared: Prepared) -> None:
        """Remove the staged files; Meta has copies of its own since `prepare`."""
        import json

        from kanal.staging import remove

        for name in json.loads(prepared.handles.get("staged", "[]")):
            remove(self._place(), name)

    def retract(self, receipt: Receipt) -> None:
        """DELETE the post; the token needs the permission instagram_manage_contents."""
        from kanal.graph.taking_down import take_down

        take_down(self._graph, receipt)

    def is_gone(self, receipt: Receipt) -> bool:
        """GET the post: it is gone where Meta finds none, although the account may be read."""
        from kanal.graph.taking_down import is_gone

        return is_gone(self._graph, receipt, f"/{self._account}/media")

    @staticmethod
    def api_version(channel: Channel) -> "ApiVersion":
        """The version in the base address."""
        from kanal.graph.versions import version_in

        return version_in({**Adapter.urls, **channel.urls}["graph"])

    def verify(self) -> "Verification":
        """GET the account and what Meta tells of the token."""
        graph = self._graph
        from kanal.graph.verifying import verify_account

        return verify_account(graph, self._account)

    def close(self) -> None:
        """Close connections."""
        for name in ("_graph", "_bytes"):
            if name in self.__dict__:
                self.__dict__[name].close()

    @cached_property
    def _graph(self) -> "Graph":
        from kanal.transport import LOADING

        with LOADING:
            from kanal.graph import Graph

        return Graph(self._base_url, self._token, usage_kind="instagram")

    @cached_property
    def _bytes(self) -> "Graph":
        """The host that takes bytes, and that wants the token under another name."""
        from kanal.graph import Graph

        return Graph(self._bytes_url or "", self._token, usage_kind="instagram", scheme="OAuth")

    @cached_property
    def _doubts(self) -> "Doubts":
        graph = self._graph  # which loads httpx in turn with the other channels
        from kanal.platforms.instagram.doubts import Doubts

        return Doubts(graph, self._account)

    def _video_uploads(self) -> "VideoUploads":
        from kanal.platforms.instagram.video_upload import Keeping, VideoUploads

        keeping = Keeping(self._uploads, (self._base_url, self._account))
        return VideoUploads(self._graph, lambda: self._bytes, f"/{self._account}/media", keeping, self._tell)

    def _remove_leftovers(self) -> None:
        """What runs that were killed left in the staging place; by now Meta has copies or the containers are dead."""
        from kanal.staging import prune

        if not self._cleared:
            prune(self._place(), _LEFTOVER_AGE)
            self._cleared = True

    def _place(self) -> StagingPlace:
        if self._staging is None:
            raise Unavailable(
                msg("There is no staging place, so that Instagram cannot fetch the pictures."),
                msg("Set “staging” in config/kanal.yaml to a folder and the public address that shows it."),
                channel_wide=True,
                needs_person=True,
            )
        return self._staging


def _host_for_bytes(own: Mapping[str, str], usual: Mapping[str, str]) -> str | None:
    """Where videos are uploaded; `None`: Meta fetches them as it does pictures.

    Only Facebook Login has such a host. A channel that names another `graph`, such as https://graph.instagram.com, has
    one only if it names that, too.
    """
    return own.get("rupload") or (None if "graph" in own else usual["rupload"])
