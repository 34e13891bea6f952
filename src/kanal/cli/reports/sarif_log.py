"""Findings as SARIF 2.1.0, the exchange format of checking tools (OASIS, with errata 01).

Code scanning services and editors read it. The numbers of sections below are those of the specification. It quotes no
line of a file: what a finding is about may be personal data, and logs are kept.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import quote

from kanal import __version__
from kanal.cli.reports.fingerprints import fingerprints
from kanal.cli.reports.manual import as_markdown, prose, summary
from kanal.language import Speech
from kanal.model import Finding, Severity
from kanal.rules.manual import Manual

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
NO_PAGE = Manual((), {}, (), ())
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# Not “primaryLocationLineHash”: GitHub works that one out from the line, and complains about any other value.
FINGERPRINT = "kanal/v1"


class Described(Protocol):
    """What the report says of a rule."""

    @property
    def id(self) -> str:
        """As findings name it."""

    @property
    def severity(self) -> Severity:
        """The rule's own, whatever the policy made of it."""

    @property
    def page(self) -> Manual:
        """Its manual page, not yet translated."""


def sarif(findings: Sequence[Finding], say: Speech, rules: Sequence[Described]) -> str:
    """The whole log: one run with all of `rules`, and those that only findings name."""
    known = {rule.id for rule in rules}
    unknown = {finding.rule: finding for finding in findings if finding.rule not in known}
    described = [_rule(rule.id, rule.severity, rule.page, say) for rule in rules]
    described += [_rule(name, finding.severity, NO_PAGE, say) for name, finding in sorted(unknown.items())]
    numbers = {str(rule["id"]): number for number, rule in enumerate(described)}
    run = {
        "tool": {"driver": {"name": "kanal", "version": __version__, "rules": described}},
        "language": say.language,
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, sign, numbers, say) for finding, sign in zip(findings, fingerprints(findings), strict=True)
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(name: str, severity: Severity, page: Manual, say: Speech) -> dict[str, object]:
    whole = as_markdown(page, say) or name
    return {
        "id": name,
        "shortDescription": {"text": summary(page, say) or name},
        "fullDescription": {"text": prose(page, say) or name},
        "help": {"text": whole, "markdown": whole},
        "defaultConfiguration": {"level": LEVELS[severity]},
    }


def _result(finding: Finding, sign: str, numbers: Mapping[str, int], say: Speech) -> dict[str, object]:
    place = finding.place
    return {
        "ruleId": finding.rule,
        "ruleIndex": numbers[finding.rule],
        "level": LEVELS[finding.severity],
        "message": {"text": _literal(say(finding.message))},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.file, errors="replace"), "uriBaseId": "%SRCROOT%"},
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endColumn": place.column + finding.width,
                    },
                }
            }
        ],
        "partialFingerprints": {FINGERPRINT: sign},
    }


def _literal(text: str) -> str:
    """`text` with no placeholder (3.11.5) and no link (3.11.6) in it, whatever it quotes from a draft."""
    text = text.replace("{", "{{").replace("}", "}}")
    if "](" in text:
        text = text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return text
