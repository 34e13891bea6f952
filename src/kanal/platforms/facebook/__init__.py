"""Facebook Pages: what is shown is uploaded unpublished, then one request publishes (docs/networks.md#facebook-pages).

A link preview and attached photos exclude one another, so the link of a part with pictures becomes the last paragraph
of the message, where it counts against the limit. Meta's API keeps no memory of requests: doubts are settled by
searching the page's own posts, and for a video, whose id is known before it is out, by asking for it. This module must
not know Instagram, nor how requests fail (`kanal.graph`).
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from kanal.errors import Rejected
from kanal.limits import Limits, SchedulingLimits, VideoLimits
from kanal.message import Message, msg
from kanal.model import Channel, Edition, Part, Prepared, Receipt, Secret

if TYPE_CHECKING:
    from kanal.abilities.sending import Tell
    from kanal.graph import Graph
    from kanal.platforms.facebook.video import Videos
    from kanal.verification import ApiVersion, Verification


def _length(text: str) -> int:
    from kanal.text import facebook_length

    return facebook_length(text)


class Adapter:
    """One Facebook page. `Channel.account` is its id (digits)."""

    limits: ClassVar[Limits] = Limits(
        # Not in Meta's documentation; third-party tools agree on the number (docs/networks.md#unverified).
        text=63_206,
        count=_length,
        # Meta names no limit for attached_media; the publishing services that we read all stop at 10.
        media_max=10,
        media_types=frozenset({"image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"}),
        media_bytes=4_000_000,
        # Unverified for alt_text_custom: Instagram's number, which is what other publishing tools allow here too.
        alt=1_000,
        link_field=True,
        # Meta names no limits for a page's videos; publishing services say 2 GB and four hours
        # (docs/networks.md#unverified). It converts what comes.
        video=VideoLimits(
            kinds=frozenset({"video/mp4", "video/quicktime"}),
            bytes=2_000_000_000,
            alt=0,
            seconds=(1.0, 14_400.0),
            # As SubRip; kanal makes that of WebVTT.
            captions=frozenset({"text/vtt", "text/srt"}),
        ),
    )
    needs: ClassVar[tuple[str, ...]] = ("page_access_token",)
    urls: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "graph": "https://graph.facebook.com/v26.0",
            "web": "https://www.facebook.com",
            "login": "https://developers.facebook.com",
        }
    )
    settles_after: ClassVar[timedelta] = timedelta(minutes=10)
    # https://developers.facebook.com/docs/pages-api/posts ; the reference of the feed says 75 days.
    scheduling: ClassVar[SchedulingLimits] = SchedulingLimits(timedelta(minutes=10), timedelta(days=30))

    def __init__(
        self, channel: Channel, credentials: Mapping[str, Secret], *, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        urls = {**self.urls, **channel.urls}
        self._base_url = urls["graph"]
        self._token = credentials["page_access_token"]
        self._page = quote(channel.account, safe="")
        self._web = f"{urls['web'].rstrip('/')}/{self._page}/videos"
        self._limits = self.limits.for_channel(channel)
        self._sleep = sleep
        self._tell: Tell = lambda _file, _sent, _total: None
        self._uploads: Path | None = None

    def tell_progress(self, tell: "Tell") -> None:
        """`tell` hears of uploading videos."""
        self._tell = tell

    def continue_uploads(self, folder: Path) -> None:
        """`folder` keeps which piece of a video Facebook wants next."""
        self._uploads = folder

    def prepare(self, part: Part) -> Prepared:
        """Upload the video, or the pictures as unpublished photos, which Meta drops when no post claims them."""
        if _is_film(part):
            self._refuse_misfits(part)
            return self._videos.prepare(part, self._uploads, self._tell)
        return self._upload(part, {"published": "false"})

    def prepare_scheduled(self, part: Part) -> Prepared:
        """The same, with photos that Meta keeps until the post comes out; not for videos."""
        if _is_film(part):
            raise Rejected(msg("kanal cannot hand a video over to Facebook. It goes out with kanal publish, in time."))
        return self._upload(part, {"published": "false", "temporary": "true"})

    def _refuse_misfits(self, part: Part) -> None:
        from kanal.fits import refuse_misfits
        from kanal.platforms.facebook.feed import as_sent

        refuse_misfits(as_sent(part), self._limits)

    def _upload(self, part: Part, how: Mapping[str, str]) -> Prepared:
        self._refuse_misfits(part)
        handles = {}
        for number, picture in enumerate(part.media):
            fields = {**how, "alt_text_custom": picture.alt}
            handles[f"photo{number:02}"] = self._graph.upload(f"/{self._page}/photos", fields, picture.file)
        return Prepared(part, handles)

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        """Post to the feed, and read the public address with the same request; or end the upload of the video."""
        from kanal.graph.posts import address_of
        from kanal.platforms.facebook.feed import FIELDS, feed_fields

        if _is_film(prepared.part):
            return self._videos.publish(prepared)
        answer = self._graph.publish(
            f"/{self._page}/feed", feed_fields(prepared), params={"fields": "id,permalink_url"}
        )
        return Receipt(str(answer["id"]), address_of(answer, FIELDS), self._graph.now())

    def complete(self, receipt: Receipt, part: Part) -> None:
        """Wait until a video is processed, and give it its captions, which Facebook takes only then."""
        if _is_film(part):
            self._videos.complete(receipt, part)

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """Search the page's posts for the same text, pictures and link; ask for a video by its id.

        Raises `Unavailable` with `needs_person` when only the text agrees: Meta may have replaced the link by the
        address that the page behind it calls its own, so that nobody but a person can tell.
        """
        from kanal.platforms.facebook.search import find_post

        if _is_film(prepared.part):
            return self._videos.find(prepared)
        return find_post(self._graph, f"/{self._page}/published_posts", prepared.part, since)

    def locate(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Public addresses out of the list of the page's newest posts."""
        from kanal.graph.posts import addresses_of, pages_for
        from kanal.platforms.facebook.feed import FIELDS

        listed = self._graph.listing(
            f"/{self._page}/published_posts", {"fields": "id,permalink_url"}, pages=pages_for(len(ids))
        )
        return addresses_of(listed, FIELDS, ids)

    def retract(self, receipt: Receipt) -> None:
        """DELETE the post, or the video."""
        from kanal.graph.taking_down import take_down

        take_down(self._graph, receipt)

    def is_gone(self, receipt: Receipt) -> bool:
        """GET the post or video: it is gone where Meta finds none, although the page may be read."""
        from kanal.graph.taking_down import is_gone
        from kanal.platforms.facebook.naming import page_of

        return is_gone(self._graph, receipt, f"/{self._page}/published_posts", page_of(receipt))

    @staticmethod
    def unchangeable(before: Edition, part: Part) -> Message | None:
        """Pictures, their alternative texts, a video's captions and the link stay as they are."""
        from kanal.editions import same_pictures
        from kanal.platforms.facebook.naming import captions_mark

        if not same_pictures(part, before):
            return msg("The network cannot change the pictures of a post, nor their alternative texts.")
        if _is_film(part) and captions_mark(part) != before.prepared.handles.get("captions", ""):
            return msg("kanal cannot change the captions of a video that is out. Do it on the page.")
        if part.link != before.part.link and not part.media:
            return msg("The network cannot change the link of a post.")
        return None

    def revise(self, receipt: Receipt, part: Part, before: Edition) -> Prepared:
        """Nothing has to be uploaded: only the text can change."""
        from kanal.fits import refuse_misfits
        from kanal.platforms.facebook.feed import as_sent

        if reason := self.unchangeable(before, part):
            raise Rejected(reason)
        refuse_misfits(as_sent(part), self._limits)
        return Prepared(part, before.prepared.handles if _is_film(part) else {})

    def correct(self, receipt: Receipt, prepared: Prepared) -> Receipt:
        """POST the new message to the post, or the new description to the video."""
        from kanal.graph.editing import change_text
        from kanal.platforms.facebook.feed import message_of
        from kanal.platforms.facebook.naming import text_field

        return change_text(self._graph, receipt, text_field(receipt), message_of(prepared.part))

    def says(self, receipt: Receipt, prepared: Prepared) -> bool:
        """GET the post's message or the video's description; nothing else can have changed."""
        from kanal.graph.editing import text_of
        from kanal.platforms.facebook.feed import message_of
        from kanal.platforms.facebook.naming import text_field

        return text_of(self._graph, receipt, text_field(receipt)) == message_of(prepared.part).strip()

    def schedule(self, prepared: Prepared, at: datetime) -> Receipt:
        """Post to the feed, unpublished and with a time."""
        from kanal.graph.scheduled import schedule
        from kanal.platforms.facebook.feed import feed_fields

        return schedule(self._graph, f"/{self._page}/feed", feed_fields(prepared), at)

    def waiting(self, receipt: Receipt) -> Receipt | None:
        """GET the post, which says whether it is published."""
        from kanal.graph.scheduled import waiting

        return waiting(self._graph, receipt, f"/{self._page}/published_posts")

    def find_waiting(self, prepared: Prepared, at: datetime) -> Receipt | None:
        """Search the page's scheduled posts for the same text, pictures and link. As `find`."""
        from kanal.platforms.facebook.search import find_waiting

        return find_waiting(self._graph, f"/{self._page}/scheduled_posts", prepared.part, at)

    def cancel(self, receipt: Receipt) -> None:
        """DELETE the waiting post."""
        from kanal.graph.scheduled import cancel

        cancel(self._graph, receipt)

    def came_out(self, receipt: Receipt, prepared: Prepared) -> Receipt | None:
        """GET the post, which keeps its id when it comes out."""
        from kanal.graph.scheduled import came_out
        from kanal.platforms.facebook.feed import FIELDS

        return came_out(self._graph, receipt, f"/{self._page}/published_posts", FIELDS)

    @staticmethod
    def api_version(channel: Channel) -> "ApiVersion":
        """The version in the base address."""
        from kanal.graph.versions import version_in

        return version_in({**Adapter.urls, **channel.urls}["graph"])

    def verify(self) -> "Verification":
        """GET the page and what Meta tells of the token."""
        graph = self._graph
        from kanal.graph.verifying import verify_page

        return verify_page(graph, self._page)

    def close(self) -> None:
        """Close connections."""
        if "_graph" in self.__dict__:
            self._graph.close()

    @cached_property
    def _graph(self) -> "Graph":
        from kanal.transport import LOADING

        with LOADING:
            from kanal.graph import Graph

        return Graph(self._base_url, self._token, usage_kind="pages")

    @cached_property
    def _videos(self) -> "Videos":
        graph = self._graph  # which loads httpx in turn with the other channels
        from kanal.platforms.facebook.video import Videos

        return Videos(graph, self._page, self._base_url, self._web, self._sleep)


def _is_film(part: Part) -> bool:
    return any(media.is_video for media in part.media)
