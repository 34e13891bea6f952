"""Approvals and git: asked once, only where something is approved, and never answered from the cache."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kanal.lint import lint
from tests.conftest import LoadProject
from tests.four_eyes import APPROVER, WRITER, FourEyes, alone

UMZUG = "posts/umzug.yaml"
DRAFT = "id: umzug\nchannels: [mastodon]\ntext: Das Bürgerbüro ist umgezogen.\n"
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def office(office_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FourEyes:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in alone(tmp_path).items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)
    found = FourEyes(office_folder).begin()
    found.write(UMZUG, DRAFT)
    found.commit(WRITER)
    return found


@pytest.fixture
def rules_in(load_project: LoadProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Rules":
    return Rules(load_project, tmp_path, monkeypatch)


class Rules:
    """Runs lint with a cache, and counts how often git is asked about history."""

    def __init__(self, load_project: LoadProject, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._load, self._folder = load_project, folder
        self._trace = folder / "trace"
        monkeypatch.setenv("GIT_TRACE", str(self._trace))

    def __call__(self, only: set[str] | None = None) -> list[str]:
        self._trace.write_text("", encoding="utf-8")
        found = lint(self._load(), NOW, self._folder / "cache.json", only).findings
        return [finding.rule for finding in found if finding.rule.startswith("approval/")]

    @property
    def asked(self) -> int:
        return self._trace.read_text(encoding="utf-8").count(" git log --topo-order")


def aged(office: FourEyes) -> None:
    """Let the files be old enough for the cache."""
    for path in (office.root / "posts").rglob("*.yaml"):
        os.utime(path, (1_000_000_000, 1_000_000_000))


def test_git_is_asked_only_where_something_is_approved(office: FourEyes, rules_in: Rules) -> None:
    assert (rules_in(), rules_in.asked) == ([], 0)
    office.approve(UMZUG)
    office.write("posts/baustelle.yaml", DRAFT.replace("umzug", "baustelle"))
    office.approve("posts/baustelle.yaml")
    office.commit(APPROVER)
    assert (rules_in({"posts/verkehr/linden.yaml"}), rules_in.asked) == ([], 0)
    rules_in()
    assert rules_in.asked == 1


def test_git_is_not_asked_about_what_is_over(office: FourEyes, rules_in: Rules) -> None:
    office.write(UMZUG, f"{DRAFT}publish_at: 2026-11-20 10:00\n")
    office.approve(UMZUG, WRITER)
    office.commit(WRITER)
    assert (rules_in(), rules_in.asked) == ([], 0)
    office.write(UMZUG, DRAFT)
    office.approve(UMZUG, WRITER, at="2026-10-01 10:00")
    office.commit(WRITER)
    assert (rules_in(), rules_in.asked) == ([], 0)


def test_an_answer_is_as_old_as_the_history_not_as_the_file(office: FourEyes, rules_in: Rules) -> None:
    office.approve(UMZUG)
    aged(office)
    assert rules_in() == []  # not committed yet
    office.commit(WRITER)
    assert rules_in() == ["approval/forged"]
    office.git("commit", "-q", "--amend", "--no-edit", "--reset-author", by=APPROVER)
    assert rules_in() == []
    assert rules_in() == []


def test_a_changed_picture_voids_the_approval_though_the_draft_is_the_same(office: FourEyes, rules_in: Rules) -> None:
    office.write(UMZUG, f"{DRAFT}media:\n  - {{file: good.jpg, alt: Linden, credit: Landkreis, licence: CC0}}\n")
    office.commit(WRITER)
    office.approve(UMZUG)
    office.commit(APPROVER)
    aged(office)
    assert rules_in() == []
    picture = office.root / "posts" / "good.jpg"
    picture.write_bytes((office.root / "posts" / "banner.jpg").read_bytes())
    assert rules_in() == ["approval/void"]


def test_the_writers_own_approval_is_found_before_it_is_committed(office: FourEyes, rules_in: Rules) -> None:
    office.approve(UMZUG, WRITER)
    assert rules_in() == ["approval/own-draft"]


def test_somebody_may_answer_for_an_approval_with_a_waiver(office: FourEyes, rules_in: Rules) -> None:
    waiver = "waivers:\n  - {rule: approval/own-draft, reason: Feiertag, name: Eva Muster}\n"
    office.write(UMZUG, DRAFT + waiver)
    office.approve(UMZUG, WRITER)
    office.commit(WRITER)
    assert rules_in() == []
