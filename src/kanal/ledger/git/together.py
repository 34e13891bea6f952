"""Several threads write at once: one of them pushes what all that wait want, so that four channels cost one push.

It must not know git; it gets a function that makes a batch of changes.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from kanal.errors import KanalError
from kanal.ledger.chain import Head, Line
from kanal.ledger.changes import Change, chained
from kanal.ledger.folding import Sum
from kanal.ledger.git.book import added_up
from kanal.model import DeliveryKey


@dataclass(slots=True, eq=False)
class Wish:
    """One thread's change, and what became of it."""

    change: Change
    lines: list[Line] = field(default_factory=list)
    error: BaseException | None = None
    done: bool = False


class Together:
    """Gathers wishes; whoever's turn it is fulfils all that are there."""

    def __init__(self, fulfil: Callable[[Sequence[Wish]], None]) -> None:
        self._fulfil = fulfil
        self._gathering = threading.Lock()
        self._waiting: list[Wish] = []
        self._turn = threading.Lock()

    def write(self, change: Change) -> list[Line]:
        """The lines that the change added. Raises what went wrong with it."""
        wish = Wish(change)
        with self._gathering:
            self._waiting.append(wish)
        with self._turn:
            if not wish.done:
                self._serve()
        if wish.error:
            raise wish.error
        return wish.lines

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While nobody writes."""
        with self._turn:
            yield

    def _serve(self) -> None:
        with self._gathering:
            batch, self._waiting = self._waiting, []
        try:
            self._fulfil(batch)
        except BaseException as error:
            for wish in batch:
                wish.error = error
            raise
        finally:
            for wish in batch:
                wish.done = True


def decide(batch: Sequence[Wish], head: Head, sums: Mapping[DeliveryKey, Sum], at: str) -> list[Line]:
    """What all wishes write; what one does, the next sees. A wish that cannot be meant fails alone."""
    now = dict(sums)
    lines: list[Line] = []
    for wish in batch:
        wish.lines, wish.error = [], None
        try:
            wish.lines = chained(wish.change.decide(now), head, at)
        except KanalError as error:
            wish.error = error
        now.update(added_up(now, wish.lines))
        lines += wish.lines
        head = wish.lines[-1].head if wish.lines else head
    return lines
