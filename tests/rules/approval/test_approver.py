"""Who may approve is the office's list, if there is one."""

import pytest

from kanal.config.registers import Registers
from kanal.model import Approval
from kanal.rules.approval.approver import check
from tests.rules.drafted import found
from tests.rules.moments import at

LISTED = Registers(approvers=("Eva Müßig", "Toni Probe"))


def approved(name: str, day: str = "2026-11-20 10:00") -> dict[str, Approval]:
    return {"approval": Approval(name, at(day))}


@pytest.mark.parametrize("name", ["Toni Probe", "toni  probe", "EVA MÜSSIG", "Eva Mu\u0308ßig"])
def test_whoever_stands_in_the_list_may_however_the_name_is_typed(name: str) -> None:
    assert found(check, draft=approved(name), registers=LISTED) == []


def test_somebody_else_may_not_and_the_others_are_named() -> None:
    [one] = found(check, draft=approved("Max Beispiel"), registers=LISTED)
    assert (one.field, "Eva Müßig, Toni Probe" in one.said) == ("approval.name", True)


def test_without_a_list_everybody_may() -> None:
    assert found(check, draft=approved("Max Beispiel")) == []


def test_what_went_out_long_ago_stays_approved_when_the_list_changes() -> None:
    assert found(check, draft=approved("Max Beispiel", "2026-01-20 10:00"), registers=LISTED) == []


def test_a_draft_that_nobody_approved_yet_is_left_to_other_rules() -> None:
    assert found(check, registers=LISTED) == []
