"""The distance between two posts on one channel: when something last went out there, in the ledger and in this run.

It must not know networks, nor wait: what comes too early is left to the next run.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from kanal.ledger import EventKind, Ledger
from kanal.ledger.chain import Line
from kanal.ledger.record import load
from kanal.message_json import moment
from kanal.model import DeliveryKey
from kanal.publish.planning import Step
from kanal.publish.timing import Terms, too_close
from kanal.publish.wait import Wait

CLOCKS_AGREE = timedelta(minutes=5)
"""Two machines' clocks may differ that much before anybody is told."""


class Past:
    """When something was published, by the ledger's own clocks (UTC); each channel is asked about once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._times: dict[str, tuple[datetime, ...]] = {}

    def read(self, ledger: Ledger, channel: str) -> tuple[datetime, ...]:
        """Every time at which something was published on `channel`, in the order of the record."""
        if channel not in self._times:
            lines = ledger.lines(channel=channel)  # as stored: a long record need not be understood for its times
            self._times[channel] = tuple(_published(lines))
        return self._times[channel]

    def last(self, ledger: Ledger, channel: str) -> datetime | None:
        """The last one. What a wrong clock dated later than now is left out, lest nothing goes out until then."""
        known = (at for at in self.read(ledger, channel) if at <= self._now + CLOCKS_AGREE)
        return max(known, default=None)

    def ahead(self, ledger: Ledger, channel: str) -> datetime | None:
        """The latest one that is later than now: somebody's clock is wrong."""
        return max((at for at in self.read(ledger, channel) if at > self._now + CLOCKS_AGREE), default=None)


def _published(lines: Iterable[Line]) -> Iterator[datetime]:
    """When things came out; what a network published by itself may have been looked up days later."""
    handed_over = set()
    for line in lines:
        if line.kind == EventKind.HANDED_OVER:
            handed_over.add(line.key)
        elif line.kind == EventKind.PUBLISHED:
            receipt = load(line.detail).receipt if line.key in handed_over else None
            yield receipt.at if receipt else moment(line.at)


class Pace:
    """One channel's distance between posts, in one run. Used by one thread."""

    def __init__(self, terms: Terms, last: datetime | None) -> None:
        self._terms = terms
        self._last = last

    def wait(self, step: Step, now: datetime) -> Wait | None:
        """Why the step's post is not to go out yet, if so. The further parts of a thread follow at once."""
        if step.post is None or self._last is None or step.key.part > 1:
            return None
        return too_close(step.post.draft, self._last, now, self._terms)

    def published(self, at: datetime) -> None:
        """Something went out then."""
        self._last = max(at, self._last or at)


def spread(steps: Iterable[Step], terms: Terms, now: datetime) -> list[Step]:
    """The steps as a run will treat them if every post is taken: of those that are due, one on each channel."""
    paces: dict[str, Pace] = {}
    waiting: dict[DeliveryKey, Wait | None] = {}
    found = []
    for step in steps:
        if step.outcome is None and step.post and not step.doubt:
            pace = paces.setdefault(step.key.channel, Pace(terms, None))
            first = step.key._replace(part=1)
            wait = waiting.setdefault(first, pace.wait(step, now))
            found.append(step.waiting(wait) if wait else step)
            if wait is None:
                pace.published(now)
        else:
            found.append(step)
    return found
