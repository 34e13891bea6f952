"""What is known about the drafts of a folder, in columns: one entry per file in each.

Ten thousand drafts are a second and many megabytes as objects; as columns of text and numbers they are read, compared
and written in a moment. It must not know what a draft says, nor what a rule is.
"""

from array import array
from collections.abc import Container, Iterator, Sequence
from typing import Any, NamedTuple

from kanal.stored_findings import StoredFinding

FIELD = "\x1e"
ITEM = "\x1f"
"""Between the facts of a draft, and between items of one: signs that no draft holds (`kanal.yaml_document.CONTROL`)."""


class Row(NamedTuple):
    """What is known about one file, valid while `mtime` (nanoseconds) and `size` stay the same.

    `facts` is a line about the draft; `findings` are those of the rules. `day` is the day that these hold for, "" for
    any, or None where the rules did not look yet; `needs` are the files besides that they depend on.
    """

    mtime: int
    size: int
    facts: str
    findings: tuple[StoredFinding, ...] = ()
    day: str | None = None
    needs: tuple[str, ...] = ()


class Table:
    """The rows by name, in the order in which they were added. A name is there once."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.mtimes = array("q")
        self.sizes = array("q")
        self.facts: list[str] = []
        self.days: list[str | None] = []
        self.findings: dict[str, tuple[StoredFinding, ...]] = {}
        self.needs: dict[str, tuple[str, ...]] = {}
        self._shared: dict[object, Any] = {}

    def add(self, name: str, row: Row) -> None:
        """Add a row at the end."""
        self.names.append(name)
        self.mtimes.append(0)
        self.sizes.append(0)
        self.facts.append("")
        self.days.append(None)
        self.put(len(self.names) - 1, row)

    def put(self, index: int, row: Row) -> None:
        """Replace the row at `index`."""
        name = self.names[index]
        self.mtimes[index] = row.mtime
        self.sizes[index] = row.size
        self.facts[index] = row.facts
        # Many drafts show the same picture, and were looked at on the same day.
        self.days[index] = self._shared.setdefault(row.day, row.day)
        self.findings.pop(name, None)
        self.needs.pop(name, None)
        if row.findings:
            self.findings[name] = row.findings
        if row.needs:
            self.needs[name] = self._shared.setdefault(row.needs, row.needs)

    def row(self, index: int) -> Row:
        """The row at `index`."""
        name = self.names[index]
        findings, needs = self.findings.get(name, ()), self.needs.get(name, ())
        return Row(self.mtimes[index], self.sizes[index], self.facts[index], findings, self.days[index], needs)

    def places_of(self, names: Sequence[str]) -> Iterator[int | None]:
        """For each of `names` the index of its row, or None."""
        if names == self.names:
            yield from range(len(names))
        else:
            at = dict(zip(self.names, range(len(self.names)), strict=True))
            yield from map(at.get, names)

    def older_than(self, mtime: int) -> "Table":
        """The rows of files that have not changed since `mtime`."""
        if not self.names or max(self.mtimes) < mtime:
            return self
        return self.without({index for index, changed in enumerate(self.mtimes) if changed >= mtime})

    def without(self, indexes: Container[int]) -> "Table":
        """The rows but those."""
        table = Table()
        for index, name in enumerate(self.names):
            if index not in indexes:
                table.add(name, self.row(index))
        return table

    def forget_findings(self) -> None:
        """Let the rules look at every draft again."""
        self.days = [None] * len(self.names)
        self.findings = {}
        self.needs = {}

    def columns(self) -> tuple[Any, ...]:
        """All of it as plain values."""
        numbers = (self.mtimes.tobytes(), self.sizes.tobytes())
        return (self.names, *numbers, self.facts, self.days, self.findings, self.needs)

    @classmethod
    def of(cls, columns: Sequence[Any]) -> "Table":
        """Back from `columns`, on the same machine."""
        table = cls()
        table.names, mtimes, sizes, table.facts, table.days, table.findings, table.needs = columns
        table.mtimes.frombytes(mtimes)
        table.sizes.frombytes(sizes)
        return table
