"""A broken draft is held by itself; the others, and above all warnings, go out."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from kanal.message import msg
from kanal.model import DeliveryKey, Finding, Outcome, Place, Severity
from kanal.publish.gate import claimed_twice, held_back, unreadable
from kanal.publish.planning import Step
from kanal.publish.wait import Why
from tests.publish.stand_in import step

CHANNELS = "config/channels.yaml"


def finding(rule: str, file: str = "posts/1.yaml", field: str = "text", level: Severity = Severity.ERROR) -> Finding:
    return Finding(rule, level, file, Place(3, 7), field, msg("Not like that."))


def held(steps: Iterable[Step], *findings: Finding) -> list[Step]:
    return held_back([*steps], findings, concerned, lambda one: one.rule == "approval/missing")


def concerned(finding: Finding) -> list[str]:
    return finding.field.split(".")[1:2] if finding.file == CHANNELS else []


def test_a_draft_with_an_error_is_held_with_the_first_finding_and_the_others_go() -> None:
    broken, well = held([step(1), step(2)], finding("privacy/iban"), finding("privacy/email"))
    assert (broken.outcome, broken.why, broken.failed) == (Outcome.HELD, Why.BROKEN, True)
    assert str(broken.reason) == "posts/1.yaml, line 3: Not like that. [privacy/iban]"
    assert well == step(2)


def test_a_missing_approval_alone_is_no_failure() -> None:
    [waiting] = held([step(1)], finding("approval/missing"))
    assert (waiting.outcome, waiting.why, waiting.failed) == (Outcome.HELD, Why.UNAPPROVED, False)
    [broken] = held([step(1)], finding("approval/missing"), finding("privacy/iban"))
    assert (broken.why, broken.failed) == (Why.BROKEN, True)
    assert "[privacy/iban]" in str(broken.reason)


def test_a_warning_about_a_draft_does_not_hold_it() -> None:
    assert held([step(1)], finding("time/weekday", level=Severity.WARNING)) == [step(1)]


def test_what_is_wrong_with_a_channel_holds_what_goes_out_there() -> None:
    there, elsewhere = held(
        [step(1), replace(step(2), key=DeliveryKey("am", "meldung-2"))],
        finding("privacy/channel-duties", CHANNELS, "channels.amt.duties"),
    )
    assert (there.outcome, there.failed) == (Outcome.HELD, True)
    assert elsewhere.outcome is None, "“am” only begins like “amt”"


def test_a_doubt_is_settled_all_the_same_and_not_sent_again() -> None:
    [doubt] = held([step(1, doubt=True)], finding("privacy/iban"))
    assert (doubt.outcome, doubt.failed) == (None, True)
    assert doubt.afterwards
    assert doubt.afterwards.outcome is Outcome.HELD


def test_what_is_decided_already_stays_so() -> None:
    later = replace(step(1), outcome=Outcome.DEFERRED)
    assert held([later], finding("privacy/iban")) == [later]


def test_a_file_that_cannot_be_read_is_a_failure_of_its_own() -> None:
    complaints = [finding("format/yaml", "posts/kaputt.yaml"), finding("format/type", "posts/kaputt.yaml")]
    [one] = unreadable(complaints)
    assert (one.key, one.outcome, one.failed) == (DeliveryKey("", "posts/kaputt.yaml"), Outcome.HELD, True)
    assert str(one.reason) == "posts/kaputt.yaml, line 3: Not like that. [format/yaml]"


@pytest.mark.parametrize("is_out", [False, True])
def test_two_drafts_with_one_id_wait_for_a_person_unless_the_first_is_out(is_out: bool) -> None:
    first = replace(step(1), outcome=Outcome.ALREADY if is_out else None)
    second = replace(first, file="posts/2.yaml")
    other = step(3)
    steps = claimed_twice([first, second, other], [finding("format/unique-id", "posts/2.yaml", "id")])
    assert [one.outcome for one in steps] == [Outcome.ALREADY if is_out else Outcome.HELD, Outcome.HELD, None]
    assert [one.failed for one in steps] == [not is_out, True, False]
