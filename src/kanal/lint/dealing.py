"""Deals files out to several readers, and puts what they read back into order.

To look into a picture takes as long as to read a hundred drafts, and many drafts may show the same one. So a reader
puts a draft aside whose pictures nobody has looked into; one reader is asked to look, the others go on, and what was
put aside is read when the answer is there. It must not know processes, nor what is read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import NamedTuple

from kanal.folder import BATCH, Read, Work
from kanal.media.gallery import Seen

AHEAD = 2
"""Jobs for each reader that are dealt out: one that it does, and one that waits for it."""
HELD = 200
"""Files for each reader that may be read before an earlier one is; what nobody takes over would pile up."""
REMEMBERED = 100
"""Media files that were met last: every reader hears about them, so that it need not put drafts aside for them."""

Submit = Callable[[Work, Mapping[str, Seen], bool], "Future[list[Read]]"]
"""Has files read by somebody who hears the news, and who may or may not look into unseen media files."""


class _Job(NamedTuple):
    """Indexes of files, and the media files that somebody looks into for the first of them."""

    indexes: Sequence[int]
    looks_into: tuple[str, ...]


class Dealer:
    """What became of each file, in order, as soon as all before it are there. Raises what a reader raises."""

    def __init__(self, work: Work, submit: Submit, readers: int) -> None:
        self._work = work
        self._submit = submit
        self._readers = readers
        self._dealt = 0
        self._jobs: dict[Future[list[Read]], _Job] = {}
        self._read: dict[int, Read] = {}
        self._aside: dict[str, list[int]] = {}
        self._met: dict[str, Seen] = {}

    def __iter__(self) -> Iterator[Read]:
        """Give each to whoever asks, and deal out more meanwhile."""
        for index in range(len(self._work)):
            while index not in self._read:
                self._deal(index)
                self._collect()
            yield self._read.pop(index)

    def _deal(self, index: int) -> None:
        last = min(len(self._work), index + self._readers * HELD)
        while self._dealt < last and len(self._jobs) < self._readers * AHEAD:
            end = min(self._dealt + BATCH, last)
            self._ask(range(self._dealt, end), look=False)
            self._dealt = end

    def _collect(self) -> None:
        for future in wait(self._jobs, return_when=FIRST_COMPLETED).done:
            job = self._jobs.pop(future)
            for index, read in zip(job.indexes, future.result(), strict=True):
                if read.unseen:
                    self._put_aside(index, read.unseen)
                else:
                    self._read[index] = read
                    self._note(read.media)
            self._go_on_without(job.looks_into)

    def _put_aside(self, index: int, unseen: tuple[str, ...]) -> None:
        somebody_looks = next((path for path in unseen if path in self._aside), None)
        if somebody_looks is not None:
            self._aside[somebody_looks].append(index)
            return
        self._aside.update((path, []) for path in unseen)
        self._ask([index], look=True, looks_into=unseen)

    def _go_on_without(self, looked_into: tuple[str, ...]) -> None:
        for path in looked_into:
            waiting = self._aside.pop(path)
            for start in range(0, len(waiting), BATCH):
                self._ask(waiting[start : start + BATCH], look=True)

    def _ask(self, indexes: Sequence[int], *, look: bool, looks_into: tuple[str, ...] = ()) -> None:
        batch = [self._work[index] for index in indexes]
        self._jobs[self._submit(batch, dict(self._met), look)] = _Job(indexes, looks_into)

    def _note(self, media: Mapping[str, Seen]) -> None:
        for path, seen in media.items():
            self._met.pop(path, None)
            self._met[path] = seen
        while len(self._met) > REMEMBERED:
            del self._met[next(iter(self._met))]
