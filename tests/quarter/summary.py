"""The quarter in figures, printed at the end of a test run."""

from collections.abc import Mapping
from typing import NamedTuple

import pytest

from tests.recorded import recorded

RECORD = "quarter"
_TITLES = {
    "ledger": 9, "drafts": 7, "deliveries": 11, "on time": 8, "later": 6, "held": 5, "doubled": 8, "lost": 5,
    "uncertain": 10, "by a person": 12, "killed": 7, "runs": 6, "seconds": 8,
}  # fmt: skip


class Row(NamedTuple):
    """One quarter. `later`, `held` and `faults` count by reason or kind; plain values, since they go to pytest's tables
    from another process.
    """

    store: str
    seed: int
    drafts: int
    deliveries: int
    on_time: int
    later: dict[str, int]
    held: dict[str, int]
    doubled: int
    lost: int
    uncertain: int
    resolved: int
    killed: int
    faults: dict[str, int]
    runs: int
    left_out: int


def show_quarter(terminalreporter: pytest.TerminalReporter) -> None:
    rows = sorted((Row(*value), seconds) for value, seconds in recorded(terminalreporter, RECORD))
    if not rows:
        return
    write = terminalreporter.write_line
    terminalreporter.section("a quarter: two CI systems, every 15 minutes, with faults")
    write("".join(f"{title:>{width + 1}}" for title, width in _TITLES.items()))
    for row, seconds in rows:
        figures = (
            row.store, row.drafts, row.deliveries, row.on_time, sum(row.later.values()), sum(row.held.values()),
            row.doubled, row.lost, row.uncertain, row.resolved, row.killed, row.runs, round(seconds),
        )  # fmt: skip
        pairs = zip(figures, _TITLES.values(), strict=True)
        write("".join(f"{figure:>{width + 1}}" for figure, width in pairs))
        write(f"{'':10}later: {_listed(row.later)}; held: {_listed(row.held)}")
        write(f"{'':10}faults: {_listed(row.faults)}; ticks left out: {row.left_out}; seed: {row.seed}")


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {counts[name]}" for name in sorted(counts)) or "none"
