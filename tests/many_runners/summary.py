"""Many runners in figures, printed at the end of a test run."""

import pytest

RECORD = "many runners"


def show_many_runners(terminalreporter: pytest.TerminalReporter) -> None:
    rows = [
        (value, report.duration)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in (getattr(report, "user_properties", ()) if getattr(report, "when", "") == "call" else ())
        if name == RECORD
    ]
    if not rows:
        return
    terminalreporter.section("many runners: killed at random, started again, until everything was published once")
    terminalreporter.write_line(
        f"{'ledger':<10}{'at once':>9}{'started':>9}{'killed':>8}{'published':>11}{'doubts settled':>16}{'seconds':>9}"
    )
    for (store, at_once, started, killed, published, doubts), seconds in sorted(rows):
        terminalreporter.write_line(
            f"{store:<10}{at_once:>9}{started:>9}{killed:>8}{published:>11}{doubts:>16}{seconds:>9.0f}"
        )
