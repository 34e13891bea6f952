"""What the branch says at one commit, in memory: all lines, and what they add up to.

A book is never changed; a newer commit makes a new one that shares what was there before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kanal.errors import LedgerRefused
from kanal.ledger.chain import NOTHING, Head, Line, verify
from kanal.ledger.folding import Sum, after
from kanal.ledger.git.commands import Git
from kanal.ledger.git.files import IDENTITY_FILE, Identity, event_number, identity_in, line_in
from kanal.ledger.git.objects import Stored, added_between, contents, files_in
from kanal.message import msg
from kanal.model import DeliveryKey


@dataclass(frozen=True, slots=True)
class Book:
    """The ledger at `commit` ("" before there is one)."""

    commit: str = ""
    identity: Identity | None = None
    lines: tuple[Line, ...] = ()
    sums: Mapping[DeliveryKey, Sum] = field(default_factory=dict)

    @property
    def head(self) -> Head:
        """Where it ends."""
        return self.lines[-1].head if self.lines else NOTHING

    def grown(self, commit: str, identity: Identity, lines: Iterable[Line]) -> "Book":
        """The book at a later commit."""
        new = tuple(lines)
        return Book(commit, identity, self.lines + new, {**self.sums, **added_up(self.sums, new)})


def added_up(sums: Mapping[DeliveryKey, Sum], lines: Iterable[Line]) -> Mapping[DeliveryKey, Sum]:
    """What the lines change about the sums."""
    changed: dict[DeliveryKey, Sum] = {}
    for line in lines:
        total = after(changed.get(line.key, sums.get(line.key)), line)
        if total:
            changed[line.key] = total
    return changed


def read(git: Git, commit: str, before: Book, *, trusting: bool = False) -> Book:
    """The book at `commit`; what `before` holds is not read again where `commit` follows on it.

    Raises `LedgerRefused` for files that cannot be read and, unless `trusting`, for a broken chain.
    """
    files = added_between(git, before.commit, commit) if before.commit else None
    if files is None:
        before, files = Book(), files_in(git, commit)
    events, about = _sorted(files)
    found = dict(contents(git, [*about, *events]))
    identity = identity_in(found[IDENTITY_FILE]) if IDENTITY_FILE in found else before.identity
    if identity is None:
        raise LedgerRefused(
            msg("The branch kanal/ledger holds something else than a ledger."),
            msg("Rename that branch on the server, or choose another store: kanal ledger init --store sqlite"),
        )
    lines = [line_in(found[file.path], file.path) for file in events]
    broken = None if trusting else next(verify(lines, before.head), None)
    if broken:
        raise LedgerRefused(
            msg("The ledger's chain is broken at event {number}: {why}", number=broken.number, why=broken.why),
            msg("Nothing is sent with it. See: kanal ledger check"),
        )
    return before.grown(commit, identity, lines)


def _sorted(files: Iterable[Stored]) -> tuple[list[Stored], list[Stored]]:
    """The events in order, and the file that says which ledger it is."""
    numbers = {file: event_number(file.path) for file in files}
    events = sorted((file for file, number in numbers.items() if number), key=lambda file: numbers[file] or 0)
    return events, [file for file in numbers if file.path == IDENTITY_FILE]
