"""The ledger's branch, as one runner works on it: looks at its newest state, and adds to it if nobody was faster.

`git push` is the compare-and-swap. A push without an answer may have arrived, so it is looked for before anything is
pushed again. Among the runs of one clone a file lock decides who is next: cheaper than being rejected.
"""

import random
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kanal.errors import LedgerUnreachable, LedgerUnwritable
from kanal.ledger.chain import Line
from kanal.ledger.git import remote
from kanal.ledger.git.book import Book, read
from kanal.ledger.git.commands import Git, own_folder
from kanal.ledger.git.files import IDENTITY_FILE, README, README_FILE, Identity, event_file, event_path, identity_file
from kanal.ledger.git.objects import commit_files
from kanal.ledger.git.refusals import already_there, missing, refused, went_back
from kanal.ledger.git.remote import LEDGER, SEEN, contains
from kanal.ledger.git.turn import Turn
from kanal.message import msg

TRIES = 20
"""How often others may be faster."""
FAILURES = 3
"""How often a push may be refused, or the server not answer, although nobody else was faster."""
LONGEST_PAUSE = 2.0
SHOWN = 50


class Page(NamedTuple):
    """What is to be added to a book: lines, or another word on which ledger it is."""

    lines: tuple[Line, ...]
    identity: Identity


class Try(NamedTuple):
    """A push that was not accepted for sure: what was pushed, on which state, and git's words."""

    commit: str
    parent: str
    page: Page
    words: str


Propose = Callable[[Book], Page | None]
"""What to add to the newest book, or None for nothing. Asked again when somebody else was faster."""


class Branch:
    """The branch on a remote, and the book that was last read from it. Used by one thread at a time.

    `kept` is the book of an earlier run. While `trusting`, neither a broken chain nor one that went back in time
    stands in the way: for whoever looks into just that, or answers for it.
    """

    def __init__(self, git: Git, name: str, kept: Book, *, trusting: bool = False) -> None:
        self.book = Book()
        self._git = git
        self._remote = name
        self._kept = kept
        self._trusting = trusting
        self._turn = Turn(own_folder(git))

    def look(self) -> None:
        """Get the newest state. Raises `LedgerUnreachable`, and `LedgerRefused` for what cannot be relied on."""
        with self._turn:
            self._fetch()

    def begin(self, identity: Identity) -> None:
        """Make the branch. Raises `LedgerRefused` if there is one."""
        with self._turn:
            remote.fetch(self._git, self._remote)
            if remote.mirrored(self._git):
                raise already_there(self._remote)
            files = {IDENTITY_FILE: identity_file(identity), README_FILE: README}
            commit = commit_files(self._git, None, files, f"Begin the ledger “{identity.name}”")
            pushed = remote.push(self._git, self._remote, commit)
            if not pushed.accepted:
                remote.fetch(self._git, self._remote)
                found = remote.mirrored(self._git).get(LEDGER)
                if found != commit:
                    raise already_there(self._remote) if found else refused(self._remote, pushed.words)
            self._follow()

    def add(self, propose: Propose) -> Page | None:
        """Push what is proposed; what was added, or None if nothing was proposed on the newest state.

        Raises `LedgerUnwritable` if the server did not take it for sure: then nobody may rely on it, though it may
        have arrived.
        """
        tried: list[Try] = []
        silences = 0
        for number in range(TRIES):
            _pause(number)
            try:
                with self._turn:
                    found = self._attempt(propose, tried)
            except LedgerUnreachable:
                silences += 1
                if silences == FAILURES:
                    raise
                continue
            if not isinstance(found, Try):
                return found
            tried.append(found)
        raise LedgerUnwritable(
            msg(
                "Others write into the ledger on “{remote}” all the time; gave up after {count} tries.",
                remote=self._remote,
                count=TRIES,
            ),
            msg("Run the command again."),
        )

    def acknowledge(self) -> None:
        """Let the second branch follow the first, even backwards: somebody answers for what was lost."""
        with self._turn:
            self._fetch()
            pushed = remote.follow(self._git, self._remote, self.book.commit)
            if not pushed.accepted:
                raise refused(self._remote, pushed.words)

    def withdraw(self) -> None:
        """Delete the branch again, unless somebody added to it."""
        with self._turn:
            pushed = remote.withdraw(self._git, self._remote, self.book.commit)
            if not pushed.accepted:
                raise refused(self._remote, pushed.words)

    def _attempt(self, propose: Propose, tried: Sequence[Try]) -> Page | Try | None:
        """What was added by this attempt or an earlier one, None if there is nothing to add, or the try that failed."""
        if tried:
            self._fetch()
            for earlier in tried:
                if contains(self._git, self.book.commit, earlier.commit):
                    return earlier.page
            if sum(earlier.parent == self.book.commit for earlier in tried) >= FAILURES:
                raise refused(self._remote, tried[-1].words)
        else:
            self._follow()
        page = propose(self.book)
        if page is None and not tried:  # what was read some time ago may be out of date
            self._fetch()
            page = propose(self.book)
        return None if page is None else self._push(page)

    def _push(self, page: Page) -> Page | Try:
        before = self.book
        files = {event_path(line.number): event_file(line) for line in page.lines}
        if page.identity != before.identity:
            files[IDENTITY_FILE] = identity_file(page.identity)
        commit = commit_files(self._git, before.commit, files, _subject(page))
        pushed = remote.push(self._git, self._remote, commit, over_seen=self._trusting)
        if not pushed.accepted:
            return Try(commit, before.commit, page, pushed.words)
        self.book = before.grown(commit, page.identity, page.lines)
        return page

    def _fetch(self) -> None:
        remote.fetch(self._git, self._remote)
        self._follow()

    def _follow(self) -> None:
        """Take over what the mirror says. Raises `LedgerRefused`."""
        found = remote.mirrored(self._git)
        newest, seen = found.get(LEDGER), found.get(SEEN)
        if newest is None:
            raise missing(self._remote, seen)
        if newest == self.book.commit and seen == newest:
            return
        before = self.book if self.book.commit else self._kept
        follows = bool(before.commit) and contains(self._git, newest, before.commit)
        if not self._trusting and self.book.commit and not follows:
            raise went_back(self._remote)
        if not self._trusting and seen and not contains(self._git, newest, seen):
            raise went_back(self._remote)
        self.book = read(self._git, newest, before if follows else Book(), trusting=self._trusting)


def _pause(number: int) -> None:
    """Before another try: short and random, so that two that met do not meet again."""
    if number:
        time.sleep(random.uniform(0, min(0.05 * 2**number, LONGEST_PAUSE)))  # noqa: S311 - no secret


def _subject(page: Page) -> str:
    """What `git log` says."""
    if not page.lines:
        return f"Moved to {page.identity.moved_to}" if page.identity.moved_to else "In use again"
    first, *more = (f"{line.kind} {line.key}" for line in page.lines)
    return "\n".join([first if not more else f"{first} and {len(more)} more", "", *more[:SHOWN]]).strip()
