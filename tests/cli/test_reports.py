"""Findings for GitHub and GitLab, held against what those say of their formats."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.cli.reports import github, gitlab
from kanal.language import Speech
from kanal.message import msg
from kanal.model import Finding, Place, Severity
from tests.cli.reported import FOUND, SAY, with_message

texts = st.text()


def as_the_runner_reads(line: str) -> tuple[str, Mapping[str, str], str]:
    """Command, properties and message of a line, split and unescaped in the order of GitHub's runner."""
    head, _, message = line.removeprefix("::").partition("::")
    command, _, listed = head.partition(" ")
    pairs = [pair.split("=", 1) for pair in listed.split(",")]
    return command, {name: _unescaped(value, ":,") for name, value in pairs}, _unescaped(message, "")


def _unescaped(text: str, more: str) -> str:
    for sign in f"\r\n{more}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def test_github_gets_one_command_a_finding() -> None:
    hint = FOUND._replace(severity=Severity.INFO, file="posts/a.yaml")
    assert github([FOUND, FOUND._replace(severity=Severity.WARNING), hint], SAY).splitlines() == [
        "::error file=posts/straße.yaml,line=3,col=7,title=kanal privacy/iban::Take it out.",
        "::warning file=posts/straße.yaml,line=3,col=7,title=kanal privacy/iban::Take it out.",
        "::notice file=posts/a.yaml,line=3,col=7,title=kanal privacy/iban::Take it out.",
    ]


def test_github_gets_the_signs_of_its_own_language_escaped() -> None:
    found = with_message("100 %: a,\r\n::error::b")._replace(file="posts/100 %, sicher:.yaml")
    assert github([found], SAY) == (
        "::error file=posts/100 %25%2C sicher%3A.yaml,line=3,col=7,title=kanal privacy/iban"
        "::100 %25: a,%0D%0A::error::b\n"
    )


@given(texts, texts.filter(bool))
def test_github_reads_back_what_was_meant(message: str, file: str) -> None:
    lines = github([with_message(message)._replace(file=file)], SAY).split("\n")
    assert lines.pop() == ""
    command, properties, read = as_the_runner_reads("".join(lines))
    assert (len(lines), command, read, properties["file"]) == (1, "error", message, file)


def test_gitlab_gets_what_its_documentation_asks_for() -> None:
    (row,) = json.loads(gitlab([FOUND], SAY))
    assert len(row.pop("fingerprint")) == 64
    assert row == {
        "description": "Take it out.",
        "check_name": "privacy/iban",
        "severity": "critical",
        "location": {"path": "posts/straße.yaml", "lines": {"begin": 3}},
    }


def test_gitlab_knows_a_warning_and_a_hint_from_an_error() -> None:
    rows = json.loads(gitlab([FOUND._replace(severity=severity) for severity in Severity], SAY))
    assert [row["severity"] for row in rows] == ["critical", "minor", "info"]


def test_a_fingerprint_survives_moved_lines_and_another_language() -> None:
    german = json.loads(gitlab([FOUND._replace(place=Place(40, 1))], Speech("de")))
    assert german[0]["fingerprint"] == json.loads(gitlab([FOUND], SAY))[0]["fingerprint"]


@pytest.mark.parametrize(
    "other",
    [
        FOUND._replace(rule="privacy/phone"),
        FOUND._replace(file="posts/b.yaml"),
        FOUND._replace(field="media[0].alt"),
        FOUND._replace(message=msg("Take them out.")),
        FOUND._replace(place=Place(4, 1)),
    ],
    ids=["rule", "file", "field", "message", "the second of two alike"],
)
def test_different_findings_have_different_fingerprints(other: Finding) -> None:
    first, second = json.loads(gitlab([FOUND, other], SAY))
    assert first["fingerprint"] != second["fingerprint"]


def test_no_findings_make_empty_reports() -> None:
    assert github([], SAY) == ""
    assert json.loads(gitlab([], SAY)) == []


@given(texts, texts)
def test_any_text_makes_a_report_that_can_be_written_and_read(message: str, name: str) -> None:
    report = gitlab([with_message(message)._replace(file=name)], SAY)
    assert len(json.loads(report.encode(errors="replace"))) == 1
