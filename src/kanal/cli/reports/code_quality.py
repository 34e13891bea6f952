"""Findings as a Code Quality report, which GitLab shows in a merge request.

Documented under “Code Quality report format”; the job hands it over as `artifacts: reports: codequality:`.
"""

import json
from collections.abc import Sequence

from kanal.cli.reports.fingerprints import fingerprints
from kanal.language import Speech
from kanal.model import Finding, Severity

# An error keeps a post from going out, so it stands above whatever other tools call major. “blocker” would say that
# GitLab stops the merge; the exit code of the job does that, not the report.
SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(findings: Sequence[Finding], say: Speech) -> str:
    """A JSON array with one object for each finding."""
    rows = [_row(*pair, say) for pair in zip(findings, fingerprints(findings), strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _row(finding: Finding, fingerprint: str, say: Speech) -> dict[str, object]:
    return {
        "description": say(finding.message),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": finding.file, "lines": {"begin": finding.place.line}},
    }
