"""The crash matrix in figures, printed at the end of a test run."""

from collections import defaultdict

import pytest


def show_crash_matrix(terminalreporter: pytest.TerminalReporter) -> None:
    rows: dict[tuple[str, str], list[list[object]]] = defaultdict(list)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()) if getattr(report, "when", "") == "call" else ():
                if name == "crash":
                    rows[value[0], value[1]].append(value[1:])
    if not rows:
        return
    terminalreporter.section("crash matrix: killed at every step, under every fault, then published again")
    terminalreporter.write_line(
        f"{'ledger':<10}{'network':<12}{'cases':>7}{'posts':>7}{'doubled':>9}{'lost':>6}{'doubts settled':>16}"
    )
    for (store, platform), cases in sorted(rows.items()):
        posts = [int(str(case[1])) for case in cases]
        lost = sum(bool(case[2]) and case[1] == 0 for case in cases)
        doubts = sum(bool(case[3]) for case in cases)
        doubled = sum(count > 1 for count in posts)
        figures = f"{len(cases):>7}{sum(posts):>7}{doubled:>9}{lost:>6}{doubts:>16}"
        terminalreporter.write_line(f"{store:<10}{platform:<12}{figures}")
