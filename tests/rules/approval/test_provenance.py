"""What git's history says against an approval."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kanal.approval.digest import digest_of
from kanal.approval.history import Change, Gap, History
from kanal.approval.people import Person
from kanal.model import Approval, Draft
from kanal.rules import Rule, Subject
from kanal.rules.approval.forged import check as forged
from kanal.rules.approval.own_draft import check as own_draft
from kanal.rules.approval.unproved import check as unproved
from kanal.rules.approval.void import check as void
from tests.rules.drafted import NOW
from tests.rules.moments import at, problems, subject_of

KIM, TONI, EVA = (Person(name, f"{name[:3].lower()}@a.example") for name in ("Kim Muster", "Toni Probe", "Eva Muster"))
APPROVED = Approval("Toni Probe", at("2026-11-20 10:00"))


def change(author: Person, committer: Person | None = None) -> Change:
    return Change("0123456789abcdef", author, committer or author)


def history(
    writer: Person = KIM, approver: Person = TONI, committer: Person | None = None, gap: Gap | None = None
) -> History:
    return History((change(writer),), change(approver, committer), gap)


def said(rule: Rule, told: History, approval: Approval = APPROVED, *, publishing: bool = False, **more: Any) -> str:
    """The sentences of a rule, in one line."""
    fields: dict[str, Any] = {"written_by": more.pop("written_by")} if "written_by" in more else {}
    subject = subject_of(approval=approval, publishing=publishing, **fields)
    return " ".join(str(problem.message) for problem in rule.check(subject, told, **more))


def test_what_one_wrote_and_another_committed_as_approver_is_fine() -> None:
    assert [said(rule, history()) for rule in (own_draft, forged, unproved)] == ["", "", ""]


@pytest.mark.parametrize(
    "writer", [TONI, Person("T. Probe", TONI.email), Person("toni  PROBE", "other@a.example")], ids=str
)
def test_nobody_approves_what_he_or_she_changed_last(writer: Person) -> None:
    assert "also made the last change" in said(own_draft, history(writer))
    assert said(own_draft, history(writer), solo=True) == ""


def test_one_of_several_who_changed_it_last_is_enough() -> None:
    assert said(own_draft, History((change(KIM), change(TONI)), change(TONI)))


def test_written_by_counts_whatever_git_says() -> None:
    assert "Toni Probe wrote this draft" in said(own_draft, history(), written_by="toni  probe")
    assert "Toni Probe wrote this draft" in said(own_draft, History(gap=Gap.NO_REPOSITORY), written_by="Toni Probe")
    assert said(own_draft, history(), written_by="Toni Probe", solo=True) == ""


def test_another_persons_name_cannot_be_written_there() -> None:
    found = said(forged, history(approver=KIM))
    assert "Kim Muster, not Toni Probe, put this approval into git (commit 0123456789)" in found


def test_the_writer_cannot_commit_in_the_name_of_the_approver() -> None:
    assert "Kim Muster, who wrote this, committed the approval" in said(forged, history(committer=KIM))
    assert said(forged, history(committer=EVA)) == ""  # a colleague, or the forge, put it into the history
    assert said(forged, history(TONI, TONI, TONI)) == ""  # one person alone: own-draft's business


@pytest.mark.parametrize("gap", [Gap.SHALLOW, Gap.FAILED])
def test_where_the_history_does_not_tell_lint_refuses(gap: Gap) -> None:
    assert said(forged, History(gap=gap))
    assert said(unproved, History(gap=gap), publishing=True)


def test_what_is_not_proved_yet_may_be_written_but_not_sent() -> None:
    for gap in (Gap.UNCOMMITTED, Gap.NO_REPOSITORY):
        assert said(forged, History(gap=gap)) == ""
        assert said(unproved, History(gap=gap), publishing=True)
    assert unproved.before_publishing


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (None, "carries no valid signature"),
        ("kim@a.example", "kim@a.example, not Toni Probe, has signed"),
        ("ton@a.example", ""),
        ("Toni Probe <other@a.example>", ""),
    ],
)
def test_where_signatures_are_asked_for_it_must_be_the_approvers(signer: str | None, words: str) -> None:
    found = said(forged, history()._replace(signer=lambda _: signer), signed=True)
    assert (words in found) if words else not found
    assert said(forged, history()._replace(signer=lambda _: signer)) == ""


def with_digest(**fields: Any) -> Subject:
    subject = subject_of(approval=APPROVED, **fields)
    digest = digest_of(subject.draft, Path("posts"))
    return subject_of(approval=APPROVED._replace(digest=digest), **fields)


def objections(subject: Subject) -> list[str]:
    return [problem.field for problem in problems(void, subject)]


def test_an_approval_holds_for_the_very_content() -> None:
    approval = with_digest().draft.approval
    assert objections(with_digest()) == []
    assert objections(subject_of("Das Bürgerbüro öffnet am Dienstag.", approval=approval)) == ["approval.digest"]
    assert objections(subject_of(approval=APPROVED)) == ["approval"]


def test_an_approval_of_former_times_needs_no_digest_once_its_time_is_over() -> None:
    yesterday, tomorrow = NOW - timedelta(days=1), NOW + timedelta(days=1)
    assert objections(subject_of(approval=APPROVED, publish_at=yesterday)) == []
    assert objections(subject_of(approval=APPROVED, publish_at=NOW)) == ["approval"]
    assert objections(subject_of(approval=APPROVED, publish_at=yesterday, embargo=tomorrow)) == ["approval"]
    assert objections(subject_of(approval=APPROVED, publish_at=yesterday, publishing=True)) == ["approval"]
    assert objections(subject_of(approval=APPROVED._replace(at=at("2026-10-01 10:00")))) == []
    assert objections(subject_of(approval=APPROVED._replace(at=at("2026-10-01 10:00")), publishing=True)) == [
        "approval"
    ]


def test_a_draft_without_approval_is_nobodys_forgery() -> None:
    assert isinstance(subject_of().draft, Draft)
    for rule in (own_draft, forged, unproved):
        assert list(rule.check(subject_of(), History(gap=Gap.SHALLOW))) == []
