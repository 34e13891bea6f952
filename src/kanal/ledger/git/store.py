"""The git ledger: a claim counts once the server took the commit that holds it.

Reads come from memory and are `fresh_for` some seconds: whatever is written is decided on the newest state anyway.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kanal import __version__
from kanal.ledger import OPEN, Event, Standing, State
from kanal.ledger.chain import Head, Line
from kanal.ledger.changes import Change
from kanal.ledger.events import event_of
from kanal.ledger.folding import Sum, standing_of
from kanal.ledger.git import cache
from kanal.ledger.git.book import Book
from kanal.ledger.git.branch import Branch, Page
from kanal.ledger.git.commands import Git
from kanal.ledger.git.files import FORM, Identity
from kanal.ledger.git.together import Together, Wish, decide
from kanal.ledger.stored import StoredLedger, missing_lines, refuse_moved, utc_now
from kanal.message_json import instant
from kanal.model import DeliveryKey

FRESH = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class GitPlace:
    """Where a git ledger lies: a folder inside a clone, the remote's name, and a file to keep what was read."""

    root: Path
    remote: str
    cache: Path | None = None
    environ: Mapping[str, str] | None = None


class GitLedger(StoredLedger):
    """The ledger in the branch `kanal/ledger` of a remote, which `create` made.

    Raises `LedgerUnreachable`, `LedgerRefused` for a missing or broken one, `LedgerWentBack` for one that was set back.
    With `trusting`, what is broken or was set back can be looked at.
    """

    def __init__(
        self,
        place: GitPlace,
        now: Callable[[], datetime] = utc_now,
        fresh_for: timedelta = FRESH,
        *,
        trusting: bool = False,
    ) -> None:
        self._now = now
        self._fresh_for = fresh_for.total_seconds()
        self._cache = None if trusting else place.cache  # what is only looked at must not be believed later
        kept = cache.load(self._cache)
        self._branch = Branch(Git(place.root, place.environ), place.remote, kept, trusting=trusting)
        self._together = Together(self._fulfil)
        self._looked = 0.0
        self._look()
        identity = _identity(self._branch.book)
        self.name, self.id = identity.name, identity.id

    @classmethod
    def create(
        cls,
        place: GitPlace,
        name: str,
        identity: str,
        now: Callable[[], datetime] = utc_now,
        fresh_for: timedelta = FRESH,
    ) -> "GitLedger":
        """A new, empty ledger. Raises `LedgerRefused` if there is one, `LedgerUnwritable` if the server refuses."""
        begun = Identity(name, identity, instant(now()), __version__)
        Branch(Git(place.root, place.environ), place.remote, Book()).begin(begun)
        return cls(place, now, fresh_for)

    @property
    def moved_to(self) -> str | None:
        """See `kanal.ledger.Ledger.moved_to`."""
        return _identity(self._book()).moved_to

    def write(self, change: Change) -> list[Line]:
        """See `StoredLedger.write`."""
        return self._together.write(change)

    def replay(self, lines: Iterable[Line]) -> Head:
        """See `kanal.ledger.Ledger.replay`."""
        every = list(lines)

        def propose(book: Book) -> Page | None:
            identity = _identity(book)
            missing = tuple(missing_lines(every, book.lines))
            used = identity._replace(moved_to=None, form=FORM)
            return Page(missing, used) if missing or used != identity else None

        with self._together.alone():
            self._branch.add(propose)
            return self._branch.book.head

    def retire(self, head: Head, moved_to: str) -> bool:
        """See `kanal.ledger.Ledger.retire`."""

        def propose(book: Book) -> Page | None:
            return Page((), _identity(book)._replace(moved_to=moved_to)) if book.head == head else None

        with self._together.alone():
            return self._branch.add(propose) is not None

    def acknowledge(self) -> None:
        """See `StoredLedger.acknowledge`."""
        with self._together.alone():
            self._branch.acknowledge()

    def discard(self) -> None:
        """See `StoredLedger.discard`."""
        with self._together.alone():
            self._branch.withdraw()

    def head(self) -> Head:
        """See `kanal.ledger.Ledger.head`."""
        return self._book().head

    def mark_of(self, number: int) -> str | None:
        """See `kanal.ledger.Ledger.mark_of`."""
        lines = self._book().lines
        return lines[number - 1].mark if 0 < number <= len(lines) else None

    def lines(self, *, draft: str | None = None, channel: str | None = None) -> Iterator[Line]:
        """See `kanal.ledger.Ledger.lines`."""
        every = self._book().lines
        return (line for line in every if draft in {None, line.draft} and channel in {None, line.channel})

    def states(self) -> Mapping[DeliveryKey, tuple[State, str]]:
        """See `kanal.ledger.Ledger.states`."""
        return {key: (total.state, total.digest) for key, total in self._book().sums.items()}

    def standing(self, key: DeliveryKey) -> Standing | None:
        """See `kanal.ledger.Ledger.standing`."""
        book = self._book()
        total = book.sums.get(key)
        return _standing(total, book) if total else None

    def open_claims(self) -> list[Standing]:
        """See `kanal.ledger.Ledger.open_claims`."""
        book = self._book()
        totals = sorted((total for total in book.sums.values() if total.state in OPEN), key=lambda total: total.last)
        return [_standing(total, book) for total in totals]

    def close(self) -> None:
        """See `kanal.ledger.Ledger.close`."""
        cache.save(self._cache, self._branch.book)

    def _book(self) -> Book:
        """What is known, and looked up again when it is not fresh any more."""
        if time.monotonic() - self._looked >= self._fresh_for:
            with self._together.alone():
                self._look()
        return self._branch.book

    def _look(self) -> None:
        self._branch.look()
        self._looked = time.monotonic()

    def _fulfil(self, batch: Sequence[Wish]) -> None:
        """Write what all threads of a batch want, in one push; with the first one, the branch gets the newest form."""

        def propose(book: Book) -> Page | None:
            identity = _identity(book)
            refuse_moved(identity.name, identity.moved_to)
            lines = decide(batch, book.head, book.sums, instant(self._now()))
            return Page(tuple(lines), identity._replace(form=FORM)) if lines else None

        self._branch.add(propose)
        self._looked = time.monotonic()


def _identity(book: Book) -> Identity:
    if book.identity is None:  # `Branch.look` raises before that can be
        raise AssertionError
    return book.identity


def _standing(total: Sum, book: Book) -> Standing:
    def event(number: int) -> Event:
        return event_of(book.lines[number - 1])

    return standing_of(total, event)
