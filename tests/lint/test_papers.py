"""Concept and netiquette: left alone while channels practise, looked at once one is real."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kanal.lint import lint
from tests.config.test_concept import CONCEPT, DECISION
from tests.conftest import LoadProject, WriteFile

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
Found = list[tuple[str, str, int, int]]
Lint = Callable[..., Found]
REAL = """\
channels:
  mastodon:
    platform: mastodon
    account: a@b.example
    status: active
    live: true
  x: {platform: x, account: lk_musterland, status: active}
  facebook: {platform: facebook, account: "1", status: active}
  instagram: {platform: instagram, account: "2", status: active}
  jugendamt-mastodon: {platform: mastodon, account: c@b.example, status: active}
"""


@pytest.fixture
def found(write_file: WriteFile, load_project: LoadProject) -> Lint:
    """What lint finds about papers: file, rule, line, column."""
    write_file("config/netiquette.md", "# Netiquette\n\nKritik ist willkommen.\n")
    write_file("config/channels.yaml", REAL)
    write_file(
        "config/policy.yaml",
        "extends: plain.yaml\nrules:\n  privacy/channel-duties: error\n  privacy/channel-review: warning\n",
    )

    def run(concept: str | None, only: list[str] | None = None) -> Found:
        if concept is not None:
            write_file("config/concept.yaml", concept)
        findings = lint(load_project(), NOW, None, only).findings
        return [
            (one.file, one.rule, one.place.line, one.place.column)
            for one in findings
            if one.file.startswith("config/") and not one.field.endswith((".imprint", ".privacy", ".contact"))
        ]

    return run


def test_a_finished_and_decided_concept_draws_no_finding(found: Lint) -> None:
    assert found(CONCEPT + DECISION + "next_review: 2027-03-12\n") == []


def test_a_real_channel_without_a_concept_is_an_error(found: Lint) -> None:
    assert ("config/channels.yaml", "privacy/channel-duties", 2, 3) in found(None)


def test_a_concept_that_nobody_decided_on_is_none(found: Lint) -> None:
    assert ("config/channels.yaml", "privacy/channel-duties", 2, 3) in found(CONCEPT)


def test_a_real_channel_that_the_concept_does_not_cover_has_none(found: Lint) -> None:
    other = CONCEPT.replace("  mastodon:", "  x:")
    assert ("config/channels.yaml", "privacy/channel-duties", 2, 3) in found(other + DECISION)


def test_a_placeholder_is_found_in_its_line(found: Lint) -> None:
    open_ended = CONCEPT.replace("Art. 6 Abs. 1 Buchst. e DSGVO", '"[eintragen: die Rechtsgrundlage]"')
    assert found(open_ended + DECISION) == [("config/concept.yaml", "office/unfinished-paper", 5, 16)]


def test_a_placeholder_in_the_netiquette_is_found_at_its_sign(found: Lint, write_file: WriteFile) -> None:
    write_file("config/netiquette.md", "# Netiquette\n\nFragen an: [eintragen: Adresse]. Danke!\n")
    assert found(CONCEPT + DECISION) == [("config/netiquette.md", "office/unfinished-paper", 3, 12)]
    assert found(None, ["config/netiquette.md"]) == [("config/netiquette.md", "office/unfinished-paper", 3, 12)]
    assert found(None, ["posts/baustelle.yaml"]) == []


def test_a_netiquette_that_is_not_there_is_missed(found: Lint) -> None:
    missing = CONCEPT.replace("config/netiquette.md", "config/regeln.md")
    assert found(missing + DECISION) == [("config/concept.yaml", "office/unfinished-paper", 13, 46)]


def test_a_netiquette_on_the_web_is_not_looked_for(found: Lint) -> None:
    assert found(CONCEPT.replace("config/netiquette.md", "https://www.b.example/n") + DECISION) == []


def test_more_channels_than_hours_are_a_warning(found: Lint) -> None:
    crowded = CONCEPT.replace("hours_per_week: 4", "hours_per_week: 7")
    assert found(crowded + DECISION) == [("config/concept.yaml", "office/capacity", 11, 19)]


def test_hours_that_nobody_names_are_asked_for(found: Lint) -> None:
    assert found(CONCEPT.replace(", hours_per_week: 4", "") + DECISION) == [
        ("config/concept.yaml", "office/capacity", 3, 13)
    ]
    assert found(CONCEPT.replace("  hours_per_week: 6\n", "") + DECISION) == [
        ("config/concept.yaml", "office/capacity", 9, 3)
    ]


@pytest.mark.parametrize(("day", "late"), [("2026-11-22", True), ("2026-11-23", False)])
def test_a_review_that_is_due_is_a_warning_from_the_next_day_on(found: Lint, day: str, late: bool) -> None:
    said = found(f"{CONCEPT}{DECISION}next_review: {day}\n")
    assert said == ([("config/channels.yaml", "privacy/channel-review", 2, 3)] if late else [])


@pytest.mark.parametrize(
    "but", [("live: true", "live: false"), ("status: active\n    live", "status: ended\n    live")]
)
def test_what_only_practises_or_has_ended_owes_nothing(
    found: Lint, write_file: WriteFile, but: tuple[str, str]
) -> None:
    write_file("config/channels.yaml", REAL.replace(*but))
    assert found(CONCEPT.replace("werktags", '"[eintragen: wann?]"')) == []
