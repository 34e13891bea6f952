"""The crash matrix in figures, printed at the end of a test run."""

from collections import defaultdict

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows: dict[str, list[list[object]]] = defaultdict(list)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()) if getattr(report, "when", "") == "call" else ():
                if name == "crash":
                    rows[value[0]].append(value)
    if not rows:
        return
    terminalreporter.section("crash matrix: killed at every step, under every fault, then published again")
    terminalreporter.write_line(
        f"{'network':<12}{'cases':>7}{'posts':>7}{'doubled':>9}{'lost':>6}{'doubts settled':>16}"
    )
    for platform, cases in sorted(rows.items()):
        posts = [int(str(case[1])) for case in cases]
        lost = sum(bool(case[2]) and case[1] == 0 for case in cases)
        doubts = sum(bool(case[3]) for case in cases)
        doubled = sum(count > 1 for count in posts)
        terminalreporter.write_line(f"{platform:<12}{len(cases):>7}{sum(posts):>7}{doubled:>9}{lost:>6}{doubts:>16}")
