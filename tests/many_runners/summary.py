"""Many runners in figures, printed at the end of a test run."""

import pytest

from tests.recorded import recorded

RECORD = "many runners"


def show_many_runners(terminalreporter: pytest.TerminalReporter) -> None:
    rows = sorted(recorded(terminalreporter, RECORD))
    if not rows:
        return
    terminalreporter.section("many runners: killed at random, started again, until everything was published once")
    terminalreporter.write_line(
        f"{'ledger':<10}{'at once':>9}{'started':>9}{'killed':>8}{'published':>11}{'doubts settled':>16}{'seconds':>9}"
    )
    for (store, at_once, started, killed, published, doubts), seconds in rows:
        terminalreporter.write_line(
            f"{store:<10}{at_once:>9}{started:>9}{killed:>8}{published:>11}{doubts:>16}{seconds:>9.0f}"
        )
