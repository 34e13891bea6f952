"""What is known about the drafts of a folder, in columns: one entry per file in each.

Ten thousand drafts are a second and many megabytes as objects; as columns of text and numbers they are read, compared
and written in a moment. It must not know what a draft says, nor what a rule is.
"""

from array import array
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from typing import Any, NamedTuple

from kanal.stored_findings import StoredFinding

FIELD = "\x1e"
ITEM = "\x1f"
"""Between the facts of a draft, and between items of one: signs that no draft holds (`kanal.yaml_document.CONTROL`)."""


UNKNOWN = -1
"""Time and size of a file of which nothing is known; the first day of 1970 was long before anybody wrote a draft."""
AFTER = ">"
"""Before the last day on which a draft could go out: afterwards nothing about it changes."""
_AT_ONCE = 100
"""Rows that are compared at once: mostly they are all as they were."""


class Row(NamedTuple):
    """What is known about one file, valid while `mtime` (nanoseconds) and `size` stay the same.

    `facts` is a line about the draft; `findings` are those of the rules. `day` is the day that these hold for, `AFTER`
    and a day where they hold on each later one, or None where the rules did not look yet; `needs` are the files besides
    that they depend on.
    """

    mtime: int
    size: int
    facts: str
    findings: tuple[StoredFinding, ...] = ()
    day: str | None = None
    needs: tuple[str, ...] = ()


class Table:
    """The rows of `names`, in their order, each of which is there once. At first nothing is known of any."""

    def __init__(self, names: Sequence[str] = ()) -> None:
        self.names = list(names)
        self.mtimes = array("q", [UNKNOWN]) * len(names)
        self.sizes = array("q", [UNKNOWN]) * len(names)
        self.facts = [""] * len(names)
        self.days: list[str | None] = [None] * len(names)
        self.findings: dict[str, tuple[StoredFinding, ...]] = {}
        self.needs: dict[str, tuple[str, ...]] = {}
        self._shared: dict[object, Any] = {}

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

    def of_names(self, names: list[str]) -> "Table":
        """The rows of `names`, in their order; of those that are not here, nothing is known."""
        if names == self.names:
            return self
        table = Table(names)
        at = dict(zip(self.names, range(len(self.names)), strict=True))
        for index, name in enumerate(names):
            if name in at:
                table.put(index, self.row(at[name]))
        return table

    def changed(self, mtimes: "array[int]", sizes: "array[int]") -> Iterator[int]:
        """Which rows are not valid for files of those times and sizes, and those of which nothing is known."""
        for start in range(0, len(self.names), _AT_ONCE):
            some = slice(start, start + _AT_ONCE)
            if self.mtimes[some] != mtimes[some] or self.sizes[some] != sizes[some]:
                for index in range(start, min(some.stop, len(self.names))):
                    if (self.mtimes[index], self.sizes[index]) != (mtimes[index], sizes[index]):
                        yield index

    def not_holding_on(self, today: str) -> Iterator[int]:
        """Rows that nobody looked at, or with findings of another day: a clock that ran ahead may be set right."""
        other = {day for day in set(self.days) if not _holds_on(day, today)}
        if other:
            yield from (index for index, day in enumerate(self.days) if day in other)

    def with_other_needs(
        self, is_as_before: Callable[[str], bool], only: Collection[str] | None = None
    ) -> Iterator[int]:
        """Rows that depend on a file that is not as before; with `only`, those of these names.

        Many depend on the same ones; each is asked for once.
        """
        needed = set(self.needs.values() if only is None else map(self.needs.get, only)) - {None}
        other = {needs for needs in needed if needs and not all(map(is_as_before, needs))}
        if other:
            yield from (index for index, name in enumerate(self.names) if self.needs.get(name) in other)

    def older_than(self, mtime: int) -> "Table":
        """The rows of files that have not changed since `mtime`."""
        if not self.names or max(self.mtimes) < mtime:
            return self
        return self.without({index for index, changed in enumerate(self.mtimes) if changed >= mtime})

    def without(self, indexes: Container[int]) -> "Table":
        """The rows but those."""
        return self.of_names([name for index, name in enumerate(self.names) if index not in indexes])

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


def _holds_on(day: str | None, today: str) -> bool:
    return day[1:] < today if day and day[0] == AFTER else day == today
