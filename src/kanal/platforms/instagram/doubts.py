"""What became of a delivery: the container tells whether it was published, the account's lists which post that is.

docs/networks.md#instagram-the-container . Imported together with httpx.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from kanal.errors import DeliveryError, Rejected, Unavailable, Uncertain
from kanal.graph import Graph
from kanal.graph.containers import State, state_of
from kanal.graph.posts import Fields, addresses_of, pages_for, receipt_of, said_since, since_parameter
from kanal.message import msg
from kanal.model import Part, Prepared, Receipt

FIELDS = Fields(text="caption", time="timestamp", address="permalink")
PAGES = 10
"""How many lists of 100 posts are read at most to find one."""
_RESOLVE = msg("Look at the account, and tell kanal with “kanal resolve”.")


class Doubts:
    """The doubts of one account."""

    def __init__(self, graph: Graph, account: str) -> None:
        self._graph = graph
        self._account = account

    def repeat(self, prepared: Prepared, publish: Callable[[], Receipt]) -> Receipt:
        """Ask the container what became of it, and `publish` it if it is still waiting."""
        state = self._state_in_doubt(prepared)
        if state.code == "PUBLISHED":
            return self._published(prepared)
        if state.code in ("ERROR", "EXPIRED"):
            message = msg("Instagram did not publish the prepared pictures; they have to be prepared anew.")
            raise Unavailable(message, words=state.words)
        if state.code != "FINISHED":
            raise Uncertain(msg("Instagram is still working on this post."), words=state.words)
        try:
            return publish()
        except (Rejected, Unavailable) as error:
            # The refusal may only mean that an earlier request succeeds right now.
            if self._state_in_doubt(prepared).code == "FINISHED":
                raise
            message = msg("Instagram refused to publish this post, but does not have it waiting any more.")
            raise Uncertain(message, words=error.words) from error

    def find(self, prepared: Prepared, since: datetime) -> Receipt | None:
        """As `Adapter.find`. Of a story nothing is listed but its kind, so it is found only if it must be there."""
        posts = self._same_posts(prepared.part, since)
        if posts and not prepared.part.story:
            return posts[0]
        # The list may be behind, or the post deleted: only the container's word proves that nothing was published.
        state = state_of(self._graph, prepared.handles["container"])
        if state.code == "PUBLISHED" and len(posts) == 1:
            return posts[0]
        if state.code in ("PUBLISHED", "IN_PROGRESS"):
            message = msg("Instagram has published this post, or is about to, but does not list it.")
            raise Unavailable(message, _RESOLVE, words=state.words, needs_person=True)
        return None

    def locate(self, ids: Sequence[str]) -> Mapping[str, str]:
        """As `Adapter.locate`."""
        found = dict(self._located("media", ids))
        missing = [one for one in ids if one not in found]
        return {**found, **(self._located("stories", missing) if missing else {})}

    def _located(self, edge: str, ids: Sequence[str]) -> Mapping[str, str]:
        params, pages = {"fields": "id,permalink"}, pages_for(len(ids))
        return addresses_of(self._graph.listing(f"/{self._account}/{edge}", params, pages=pages), FIELDS, ids)

    def _state_in_doubt(self, prepared: Prepared) -> State:
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
        params = {"since": since_parameter(since), "fields": "id,caption,timestamp,permalink,media_type"}
        edge = "stories" if part.story else "media"
        listed = self._graph.listing(f"/{self._account}/{edge}", params, pages=PAGES)
        expected = _kind(part)
        return [
            receipt_of(entry, FIELDS)
            for entry in said_since(listed, FIELDS, part, since)
            if entry.get("media_type", expected) == expected
        ]


def _kind(part: Part) -> str:
    """What Instagram calls the post in its lists."""
    if len(part.media) > 1:
        return "CAROUSEL_ALBUM"
    return "VIDEO" if any(media.is_video for media in part.media) else "IMAGE"


@contextmanager
def _in_doubt() -> Iterator[None]:
    """For questions about a post that may be out already: whoever cannot tell must not say "not published"."""
    try:
        yield
    except DeliveryError as error:
        raise Uncertain(error.message, error.advice, words=error.words) from error
