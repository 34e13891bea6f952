"""Findings as plain values, for whatever is kept. The file that they are about is kept beside them."""

from typing import Any

from kanal.message_json import message_in, message_out
from kanal.model import Finding, Place, Severity

StoredFinding = tuple[Any, ...]


def finding_out(finding: Finding) -> StoredFinding:
    """The finding as plain values, without its file."""
    return (
        finding.rule,
        str(finding.severity),
        *finding.place,
        finding.field,
        message_out(finding.message),
        finding.fixable,
        finding.width,
        finding.personal,
        finding.lines,
        finding.tail,
    )


def finding_in(file: str, stored: StoredFinding) -> Finding:
    """Back from `finding_out`."""
    rule, severity, line, column, field, message, *rest = stored
    return Finding(rule, Severity(severity), file, Place(line, column), field, message_in(message), *rest)
