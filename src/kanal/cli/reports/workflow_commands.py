"""Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request.

Documented under “Workflow commands for GitHub Actions”. GitHub shows ten errors, ten warnings and ten notices of a
step; the others stand in its log only.
"""

from collections.abc import Iterable

from kanal.language import Speech
from kanal.model import Finding, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(findings: Iterable[Finding], say: Speech) -> str:
    """One command a line; nothing for no findings."""
    return "".join(f"{_command(finding, say)}\n" for finding in findings)


def _command(finding: Finding, say: Speech) -> str:
    properties = {
        "file": finding.file,
        "line": finding.place.line,
        "col": finding.place.column,
        "title": f"kanal {finding.rule}",
    }
    listed = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{COMMANDS[finding.severity]} {listed}::{_escape_message(say(finding.message))}"


# GitHub documents no escaping; these are the rules of its own toolkit (actions/toolkit, packages/core/src/command.ts)
# and of the program that reads the lines (actions/runner, src/Runner.Common/ActionCommand.cs). “%” comes first there.
def _escape_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_message(text).replace(":", "%3A").replace(",", "%2C")
