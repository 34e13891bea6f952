"""How many parts the posts of a draft have, in a few signs: so that a published thread need not be read again.

`kanal.compose` makes the parts; a test holds the two against each other for arbitrary drafts. It must not know limits.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from kanal.folder_table import ITEM
from kanal.model import Channel, Draft, Extra


class Follows(NamedTuple):
    """What a draft or variant says about further parts: how many, and whether they are left out; None: nothing."""

    further: int | None
    left_out: bool | None


@lru_cache(maxsize=256)
def threads_in(threads: str) -> Mapping[str, Follows]:
    """Back from `_threads_of`."""
    counts = (item.split("=") for item in threads.split(ITEM) if item)
    return {
        name: Follows(int(further) if further else None, bool(int(left)) if left else None)
        for name, further, left in counts
    }


def threads_of(draft: Draft) -> str:
    """What is said about further parts by the draft ("") and its variants; nothing at all where there are none."""
    if not draft.thread and not any(variant.thread for variant in draft.variants.values()):
        return ""
    said = {"": Follows(len(draft.thread), None)}
    for name, variant in draft.variants.items():
        left_out = None if variant.leave_out is None else Extra.THREAD in variant.leave_out
        said[name] = Follows(None if variant.thread is None else len(variant.thread), left_out)
    return ITEM.join(
        f"{name}={'' if one.further is None else one.further}={'' if one.left_out is None else int(one.left_out)}"
        for name, one in said.items()
    )


def parts_on(channel: Channel, threads: Mapping[str, Follows]) -> int:
    """How many parts the post has on `channel`."""
    if not threads:
        return 1
    said = [threads[name] for name in (channel.name, channel.platform, "") if name in threads]
    if next((one.left_out for one in said if one.left_out is not None), False):
        return 1
    return 1 + next((one.further for one in said if one.further is not None), 0)
