"""Instagram's containers: made of pictures' addresses, fetched and checked by Meta, published at most once.

Source: docs/networks.md#instagram-calls and #instagram-errors, after
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-container. This module must
not know where pictures are staged, and publishes nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from kanal.errors import DeliveryError, Unavailable
from kanal.graph import Graph
from kanal.graph.answers import verdict_error
from kanal.graph.subcodes import SUBCODES
from kanal.message import msg
from kanal.model import Part

Sleep = Callable[[float], object]

WAITS = (1, 2, 5, 10, 30, *repeat(60, 4))
"""Seconds between looks. Meta advises to look once a minute, for at most five; pictures are ready sooner."""


@dataclass(frozen=True, slots=True)
class State:
    """`code` is FINISHED, IN_PROGRESS, PUBLISHED, ERROR or EXPIRED; `words` say more about an error."""

    code: str
    words: str = ""


def make(graph: Graph, account: str, part: Part, addresses: Sequence[str], sleep: Sleep) -> str:
    """A container that is ready to be published, with one picture or a carousel of several; its id.

    All looks together take five minutes at most. Raises `Rejected` or `Unavailable`.
    """
    waits = iter(WAITS)
    pictures = [
        {"image_url": address, "alt_text": picture.alt} for address, picture in zip(addresses, part.media, strict=True)
    ]
    if len(pictures) == 1:
        fields = {**pictures[0], "caption": part.text}
    else:
        children = [graph.upload(f"/{account}/media", {**one, "is_carousel_item": "true"}) for one in pictures]
        # A carousel of pictures that are not ready fails at publishing (exileum/meta-mcp#138).
        for child in children:
            _await_finished(graph, child, waits, sleep)
        fields = {"media_type": "CAROUSEL", "children": ",".join(children), "caption": part.text}
    container = graph.upload(f"/{account}/media", fields)
    _await_finished(graph, container, waits, sleep)
    return container


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
                msg("Instagram has been working on the pictures for five minutes and is not ready."),
                words=state.words,
            )
        sleep(wait)


def _failure(state: State, graph: Graph) -> DeliveryError:
    """With ERROR, `status` holds the subcode, bare or in a sentence."""
    subcode = re.search(r"\b2207\d{3}\b", state.words)
    verdict = SUBCODES.get(int(subcode[0])) if subcode else None
    if verdict is not None:
        return verdict_error(verdict, state.words, now=graph.now())
    return Unavailable(msg("Instagram could not prepare the pictures."), words=state.words)
