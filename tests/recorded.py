"""What tests recorded with `record_property`, for the tables at the end of a test run; what it means, others know."""

from collections.abc import Iterator
from typing import Any

import pytest


def recorded(terminalreporter: pytest.TerminalReporter, name: str) -> Iterator[tuple[Any, float]]:
    """Each value that was recorded under `name`, with the seconds that its test took."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for key, value in report.user_properties:
                    if key == name:
                        yield value, report.duration
