"""What to do with the hits of several searches in one text.

This module must not know what was searched for.
"""

from collections.abc import Iterable, Iterator

from kanal.detect import Hit


def apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits in order, without those that overlap with an earlier or a longer one."""
    end = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= end:
            yield hit
            end = hit.end
