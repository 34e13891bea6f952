"""Instagram: pictures staged at a public address, a container made of them, one request that publishes the container.

Meta fetches the pictures itself (docs/networks.md#instagram-calls). The container is also the network's memory: it can
be published once only, and tells whether it was. This module must not know Facebook, nor how requests fail
(`kanal.graph`).
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.limits import Limits
from kanal.message import msg
from kanal.model import Channel, Part, Prepared, Receipt, Secret, StagingPlace

if TYPE_CHECKING:
    from kanal.graph import Graph
    from kanal.graph.containers import State
    from kanal.graph.posts import Fields

_RESOLVE = msg("Look at the account, and tell kanal with “kanal resolve”.")
_LEFTOVER_AGE = timedelta(hours=25)
"""Longer than a container lives."""
_PAGES = 10
"""How many lists of 100 posts are read at most to find one."""


def _length(text: str) -> int:
    from kanal.text import instagram_length

    return instagram_length(text)


class Adapter:
    """One professional account. `Channel.account` is its Instagram user id (digits)."""

    limits: ClassVar[Limits] = Limits(
        text=2_200,
        count=_length,
        media_min=1,
        media_max=10,
        media_types=frozenset({"image/jpeg"}),
        media_bytes=8_000_000,
        alt=1_000,
        link_clickable=False,
        width_min=320,
        ratio=(4 / 5, 1.91),
        crops_to_first=True,
        hashtags=30,
        # The app shows no more since December 2025 (docs/networks.md#instagram-limits).
        hashtags_advised=5,
        mentions=20,
    )
    needs: ClassVar[tuple[str, ...]] = ("access_token",)
    urls: ClassVar[Mapping[str, str]] = MappingProxyType({"graph": "https://graph.facebook.com/v26.0"})
    # Containers live 24 hours (docs/networks.md#instagram-limits).
    memory: ClassVar[timedelta] = timedelta(hours=23)
    settles_after: ClassVar[timedelta] = timedelta(minutes=10)

    def __init__(
        self, channel: Channel, credentials: Mapping[str, Secret], *, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._base_url = {**self.urls, **channel.urls}["graph"]
        self._token = credentials["access_token"]
        self._account = quote(channel.account, safe="")
        self._limits = self.limits.for_channel(channel)
        self._staging = channel.staging
        self._sleep = sleep
        self._cleared = False

    def prepare(self, part: Part) -> Prepared:
        """Stage the pictures, make the container, and wait until Meta has fetched everything."""
        import json

        from kanal.fits import refuse_misfits
        from kanal.staging import lent

        refuse_misfits(part, self._limits)
        self._remove_leftovers()
        began = self._graph.now().isoformat()
        from kanal.graph.containers import make  # after `_graph`, which loads httpx in turn with the other channels

        with lent(self._place(), [picture.file for picture in part.media]) as staged:
            container = make(self._graph, self._account, part, [file.url for file in staged], self._sleep)
        names = json.dumps([file.name for file in staged])
        return Prepared(part, {"container": container, "staged": names, "began": began})

    def commit(self, prepared: Prepared, key: str) -> Receipt:
        """Publish the container. Instagram tells the public address only afterwards (`locate`)."""
        fields = {"creation_id": prepared.handles["container"]}
        answer = self._graph.publish(f"/{self._account}/media_publish", fields)
        return Receipt(str(answer["id"]), None, self._graph.now())

    def repeat(self, prepared: Prepared, key: str) -> Receipt:
        """Ask the container what became of it, and publish it if it is still waiting."""
        state = self._state_in_doubt(prepared)
        if state.code == "PUBLISHED":
            return self._published(prepared)
        if state.code in ("ERROR", "EXPIRED"):
            message = msg("Instagram did not publish the prepared pictures; they have to be prepared anew.")
            raise Unavailable(message, words=state.words)
        if state.code != "FINISHED":
            raise Uncertain(msg("Instagram is still working on this post."), words=state.words)
        try:
            return self.commit(prepared, key)
        except (Rejected, Unavailable) as error:
            # The refusal may only mean that an earlier request succeeds right now.
            if self._state_in_doubt(prepared).code == "FINISHED":
                raise
            message = msg("Instagram refused to publish this post, but does not have it waiting any more.")
            raise Uncertain(message, words=error.words) from error

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """Search the account's posts for the same caption on one or several pictures; the list tells no more.

        Raises `Unavailable` also when the container says that there must be such a post.
        """
        from kanal.graph.containers import state_of

        posts = self._same_posts(prepared.part, since)
        if posts:
            return posts[0]
        # The list may be behind, or the post deleted: only the container's word proves that nothing was published.
        state = state_of(self._graph, prepared.handles["container"])
        if state.code in ("PUBLISHED", "IN_PROGRESS"):
            message = msg("Instagram has published this post, or is about to, but does not list it.")
            raise Unavailable(message, _RESOLVE, words=state.words, needs_person=True)
        return None

    def locate(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Public addresses out of the list of the account's newest posts."""
        from kanal.graph.posts import addresses_of, pages_for

        params, pages = {"fields": "id,permalink"}, pages_for(len(ids))
        return addresses_of(self._graph.listing(f"/{self._account}/media", params, pages=pages), _fields(), ids)

    def tidy(self, prepared: Prepared) -> None:
        """Remove the staged pictures; Meta has copies of its own since `prepare`."""
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

    def close(self) -> None:
        """Close connections."""
        if "_graph" in self.__dict__:
            self._graph.close()

    @cached_property
    def _graph(self) -> "Graph":
        from kanal.transport import LOADING

        with LOADING:
            from kanal.graph import Graph

        return Graph(self._base_url, self._token, usage_kind="instagram")

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

    def _state_in_doubt(self, prepared: Prepared) -> "State":
        from kanal.graph.containers import state_of

        with _in_doubt():
            return state_of(self._graph, prepared.handles["container"])

    def _published(self, prepared: Prepared) -> Receipt:
        """The post of a container that is PUBLISHED; Instagram does not link the two."""
        with _in_doubt():
            posts = self._same_posts(prepared.part, datetime.fromisoformat(prepared.handles["began"]))
        if len(posts) == 1:
            return posts[0]
        raise Uncertain(msg("Instagram published this post, but its list does not tell which one it is."), _RESOLVE)

    def _same_posts(self, part: Part, since: datetime) -> list[Receipt]:
        from kanal.graph.posts import receipt_of, said_since, since_parameter

        fields = _fields()
        params = {"since": since_parameter(since), "fields": "id,caption,timestamp,permalink,media_type"}
        listed = self._graph.listing(f"/{self._account}/media", params, pages=_PAGES)
        expected = "CAROUSEL_ALBUM" if len(part.media) > 1 else "IMAGE"
        return [
            receipt_of(entry, fields)
            for entry in said_since(listed, fields, part, since)
            if entry.get("media_type", expected) == expected
        ]


@contextmanager
def _in_doubt() -> Iterator[None]:
    """For questions about a post that may be out already: whoever cannot tell must not say "not published"."""
    try:
        yield
    except DeliveryError as error:
        raise Uncertain(error.message, error.advice, words=error.words) from error


def _fields() -> "Fields":
    from kanal.graph.posts import Fields

    return Fields(text="caption", time="timestamp", address="permalink")
