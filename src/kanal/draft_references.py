"""Which drafts a draft answers or quotes, in a few signs: so that no draft is read again to hold them together.

`kanal.compose` makes the posts; a test holds the two against each other. It must not know whether a draft exists.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from kanal.folder_table import ITEM
from kanal.model import Channel, Draft, Extra


class Refers(NamedTuple):
    """The id of another draft, under which key, and the variants that say whether it is left out there."""

    key: Extra
    id: str
    left_out: Mapping[str, bool]

    def holds_on(self, channel: Channel) -> bool:
        """Whether the post on `channel` refers to it; the channel's own variant counts before its platform's."""
        said = (self.left_out[name] for name in (channel.name, channel.platform) if name in self.left_out)
        return not next(said, False)


def references_of(draft: Draft) -> str:
    """What is kept of a draft; nothing for one that refers to none."""
    return ITEM.join(
        " ".join((key, name, *(f"{variant}={int(left)}" for variant, left in _left_out(draft, key))))
        for key, name in ((Extra.REPLY_TO, draft.reply_to), (Extra.QUOTE, draft.quote))
        if name
    )


def _left_out(draft: Draft, key: Extra) -> Iterator[tuple[str, bool]]:
    for name, variant in draft.variants.items():
        if variant.leave_out is not None:
            yield name, key in variant.leave_out


@lru_cache(maxsize=256)
def references_in(kept: str) -> tuple[Refers, ...]:
    """Back from `references_of`."""
    return tuple(_refers(*item.split(" ")) for item in kept.split(ITEM) if item)


def _refers(key: str, name: str, *variants: str) -> Refers:
    said = (variant.rpartition("=") for variant in variants)
    return Refers(Extra(key), name, {variant: left == "1" for variant, _, left in said})
