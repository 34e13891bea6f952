"""Events as they are stored, each holding the digest of its predecessor: what was changed or taken out later shows.

Works on the strings that a store keeps, not on what they mean: an event that another version of kanal wrote, with
details that this one does not know, must verify all the same.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kanal.message import Message, msg
from kanal.model import DeliveryKey

START = "0" * 64
"""What the first event holds in place of a predecessor's mark."""


class Head(NamedTuple):
    """Where a ledger ends: the number of its newest event, and that event's mark."""

    number: int
    mark: str


NOTHING = Head(0, START)
"""The head of an empty ledger."""


class Line(NamedTuple):
    """One event as it is stored. `at` is written by `message_json.instant`, `detail` by `record.dump`."""

    number: int
    at: str
    kind: str
    channel: str
    draft: str
    part: int
    revision: int
    digest: str
    by: str
    version: str
    detail: str
    previous: str = START
    mark: str = ""

    @property
    def key(self) -> DeliveryKey:
        """Which delivery it is about."""
        return DeliveryKey(self.channel, self.draft, self.part, self.revision)

    @property
    def head(self) -> Head:
        """Where the ledger ended when this was written."""
        return Head(self.number, self.mark)


class Break(NamedTuple):
    """Where a chain is broken: at the event with this number, and why."""

    number: int
    why: Message


def mark(line: Line) -> str:
    """The mark that the line ought to have: SHA-256, in hex, over a JSON array of its predecessor's and all else."""
    text = json.dumps([line.previous, *line[:-2]], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(lines: Iterable[Line], head: Head = NOTHING) -> Iterator[Break]:
    """Every place where the chain of `lines`, which follow on `head`, is broken. Each is told once."""
    for line in lines:
        if line.number != head.number + 1:
            yield Break(line.number, _gap(head.number + 1, line.number - 1))
        if line.previous != head.mark:
            yield Break(line.number, msg("It does not follow on the event before it: one was changed or exchanged."))
        if line.mark != mark(line):
            yield Break(line.number, msg("It is not what was written: somebody changed it."))
        head = line.head


def _gap(first: int, last: int) -> Message:
    if first > last:
        return msg("Its number was there before.")
    if first == last:
        return msg("The event {first} before it is missing.", first=first)
    return msg("The events {first} to {last} before it are missing.", first=first, last=last)
