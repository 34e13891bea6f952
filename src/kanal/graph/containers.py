"""Instagram's containers: filled with pictures and videos, worked on and checked by Meta, published at most once.

Source: docs/networks.md#instagram-calls and #instagram-errors, after
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container. This module must
not know where files are staged, and publishes nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple, Protocol

from kanal.errors import DeliveryError, Unavailable
from kanal.graph import Graph
from kanal.graph.answers import verdict_error
from kanal.graph.subcodes import SUBCODES
from kanal.message import msg
from kanal.model import Part, Picture

Sleep = Callable[[float], object]

WAITS = (1, 2, 5, 10, 30, *repeat(60, 4))
"""Seconds between looks. Meta advises to look once a minute, for at most five; pictures are ready sooner."""


@dataclass(frozen=True, slots=True)
class State:
    """`code` is FINISHED, IN_PROGRESS, PUBLISHED, ERROR or EXPIRED; `words` say more about an error."""

    code: str
    words: str = ""


class Medium(NamedTuple):
    """A picture or video, and the public address where Meta fetches it; without one, it is uploaded."""

    file: Picture
    address: str | None = None


class Uploads(Protocol):
    """Brings videos into containers."""

    def fill(self, fields: Mapping[str, str], video: Picture) -> str:
        """Make a container with these fields and upload the video; its id. Raises `Rejected` or `Unavailable`."""
        ...

    def finished(self, container: str) -> None:
        """Be told that the container is ready."""
        ...


def make(  # noqa: PLR0917 - whose, what, how
    graph: Graph, account: str, part: Part, media: Sequence[Medium], uploads: Uploads, sleep: Sleep
) -> str:
    """A container that is ready to be published, with one picture or video, or a carousel of several; its id.

    All looks together take five minutes at most. Raises `Rejected` or `Unavailable`.
    """
    waits = iter(WAITS)

    def one(medium: Medium, fields: Mapping[str, str]) -> str:
        if medium.address is None:
            return uploads.fill(fields, medium.file)
        where = "video_url" if medium.file.is_video else "image_url"
        return graph.upload(f"/{account}/media", {where: medium.address, **fields})

    if len(media) == 1:
        container = one(media[0], _alone(media[0].file, part))
    else:
        children = [one(medium, _in_carousel(medium.file)) for medium in media]
        # A carousel of pictures that are not ready fails at publishing (exileum/meta-mcp#138).
        for child in children:
            _await_finished(graph, child, waits, sleep)
            uploads.finished(child)
        fields = {"media_type": "CAROUSEL", "children": ",".join(children), "caption": part.text}
        container = graph.upload(f"/{account}/media", fields)
    _await_finished(graph, container, waits, sleep)
    uploads.finished(container)
    return container


def _alone(medium: Picture, part: Part) -> Mapping[str, str]:
    if part.story:
        return {"media_type": "STORIES"}
    if medium.is_video:
        return {"media_type": "REELS", "caption": part.text, "share_to_feed": "true"}
    return {"alt_text": medium.alt, "caption": part.text}


def _in_carousel(medium: Picture) -> Mapping[str, str]:
    kind = {"media_type": "VIDEO"} if medium.is_video else {"alt_text": medium.alt}
    return {**kind, "is_carousel_item": "true"}


def state_of(graph: Graph, container: str) -> State:
    """What became of a container. Raises `Unavailable` when the network does not tell."""
    answer = graph.read(f"/{container}", {"fields": "status_code,status"})
    return State(str(answer.get("status_code") or ""), str(answer.get("status") or ""))


def _await_finished(graph: Graph, container: str, waits: Iterator[int], sleep: Sleep) -> None:
    while (state := state_of(graph, container)).code != "FINISHED":
        if state.code in ("ERROR", "EXPIRED"):
            raise _failure(state, graph)
        wait = next(waits, None)
        if wait is None:
            raise Unavailable(
                msg("Instagram has been working on the pictures or videos for five minutes and is not ready."),
                words=state.words,
            )
        sleep(wait)


def _failure(state: State, graph: Graph) -> DeliveryError:
    """With ERROR, `status` holds the subcode, bare or in a sentence."""
    subcode = re.search(r"\b2207\d{3}\b", state.words)
    verdict = SUBCODES.get(int(subcode[0])) if subcode else None
    if verdict is not None:
        return verdict_error(verdict, state.words, now=graph.now())
    return Unavailable(msg("Instagram could not prepare the pictures or videos."), words=state.words)
