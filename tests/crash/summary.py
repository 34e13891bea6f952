"""The promises in figures, printed at the end of a test run: what was done to kanal, and what came of it."""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

import pytest

from tests.recorded import recorded

PROPERTY = "fault matrix"
RecordProperty = Callable[[str, object], None]


class Case(NamedTuple):
    """A draft that was published, or changed once it was out, under a fault; after all that could be done."""

    store: str
    fault: str
    posts: int
    """On the network; there should be as many as are `wanted`."""
    settled: bool
    """Whether kanal says in the end that it is as it was wanted."""
    told: bool
    """Whether each run that did not say so gave a reason."""
    doubted: bool
    """Whether a run did not know."""
    wanted: int = 1
    """None of what was taken down, two where a reply corrects the other."""

    @property
    def is_lost(self) -> bool:
        """A run said nothing of it; or it is said to be out and is not; or it is out, and nobody even doubts that."""
        forgotten = self.posts > 0 and not self.settled and not self.doubted
        return not self.told or forgotten or (self.settled and self.posts < self.wanted)

    @property
    def is_doubled(self) -> bool:
        """There is more than there should be."""
        return self.posts > self.wanted

    @property
    def is_left_to_a_person(self) -> bool:
        return self.doubted and not self.settled

    def record(self, record_property: RecordProperty) -> None:
        record_property(PROPERTY, list(self))


def show_fault_matrix(terminalreporter: pytest.TerminalReporter) -> None:
    rows: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for value, _ in recorded(terminalreporter, PROPERTY):
        case = Case(*value)
        rows[case.fault, case.store].append(case)
    if not rows:
        return
    terminalreporter.section("fault matrix: something goes wrong, then the next runs come")
    width = max(len(fault) for fault, _ in rows) + 2
    heads = f"{'cases':>7}{'posts':>7}{'doubled':>9}{'lost':>6}{'uncertain':>11}{'settled':>9}{'to a person':>13}"
    terminalreporter.write_line(f"{'fault':<{width}}{'ledger':<10}{heads}")
    for (fault, store), cases in sorted(rows.items()):
        terminalreporter.write_line(f"{fault:<{width}}{store:<10}{_figures(cases)}")
    every = [case for cases in rows.values() for case in cases]
    terminalreporter.write_line(f"{'all':<{width}}{'':<10}{_figures(every)}")


def _figures(cases: list[Case]) -> str:
    posts, doubled = sum(case.posts for case in cases), sum(case.is_doubled for case in cases)
    lost, doubted = sum(case.is_lost for case in cases), sum(case.doubted for case in cases)
    left = sum(case.is_left_to_a_person for case in cases)
    return f"{len(cases):>7}{posts:>7}{doubled:>9}{lost:>6}{doubted:>11}{doubted - left:>9}{left:>13}"
