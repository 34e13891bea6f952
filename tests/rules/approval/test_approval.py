"""Who agreed, and whether somebody is there to answer."""

from datetime import time
from typing import Any

import pytest

from kanal import rules
from kanal.config.policy import PACKS, policy_from
from kanal.config.registers import Registers, Span
from kanal.model import Approval, Variant
from kanal.rules.approval.missing import check as missing
from kanal.rules.approval.staffed_hours import check as staffed_hours
from tests.rules.drafted import found, words
from tests.rules.moments import at, fields, subject_of

EARLIER = at("2026-11-20 10:00")
WEEK = Registers(hours={day: (Span(time(9), time(16)),) for day in range(5)})
ASKS = "Der Lindenplatz wird umgebaut. Was wünschen Sie sich?"
EVENING = {"publish_at": at("2026-11-24 19:00")}


def test_without_approval_nothing_goes_out() -> None:
    assert fields(missing, subject_of()) == ["approval"]
    assert fields(missing, subject_of(approval=Approval("Toni Probe", EARLIER))) == []
    assert missing.before_publishing


def test_an_approval_of_tomorrow_is_none() -> None:
    subject = subject_of(approval=Approval("Toni Probe", at("2026-11-23 09:01")))
    assert fields(missing, subject) == ["approval.at"]


def test_the_message_shows_what_to_call() -> None:
    (problem,) = missing.check(subject_of())
    assert "kanal approve example" in str(problem.message)


def test_the_pack_for_one_person_allows_it() -> None:
    policy, mistakes = policy_from(PACKS / "solo-office.yaml", "solo-office", rules)
    assert mistakes == []
    assert policy is not None
    assert policy.options_of("approval/own-draft") == {"solo": True}
    assert policy.registers.parties


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (ASKS, "Was wünschen Sie sich?"),
        ("Was meinen Sie?", "Was meinen Sie?"),
        ("Wie finden Sie den neuen Platz?", "Wie finden Sie den neuen Platz?"),
        ("Welches Buch würden Sie mitbringen?", "Welches Buch würden Sie mitbringen?"),
        ("Was ist Ihr Lieblingsort?", "Was ist Ihr Lieblingsort?"),
        ("Schreiben Sie uns Ihre Meinung!", "Schreiben Sie uns"),
        ("Erzählt uns davon in den Kommentaren.", "Erzählt uns"),
        ("Stellen Sie hier Ihre Fragen.", "Stellen Sie hier Ihre Fragen"),
        ("Was ist dein Lieblingsort?", "Was ist dein Lieblingsort?"),
        ("Was wünschst du dir für den Platz?", "Was wünschst du dir für den Platz?"),
        ("Verrate es uns!", "Verrate es uns"),
        ("Schreib uns deine Idee.", "Schreib uns"),
    ],
)
def test_who_asks_in_the_evening_must_be_there(text: str, word: str) -> None:
    assert words(staffed_hours, text, draft=EVENING, registers=WEEK) == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Ist Ihr Impfschutz noch aktuell? Kommen Sie vorbei.",
        "Sie möchten per Brief wählen? So geht es.",
        "Was können Sie tun? Bleiben Sie im Haus.",
        "Was finden Sie im Serviceportal? 42 Leistungen.",
        "Wann haben Sie zuletzt in Ihren Impfpass geschaut?",
        "Fragen? Telefon 030 23125 530",
        "Fragen beantwortet das Umweltamt.",
    ],
)
def test_rhetorical_questions_invite_nobody(text: str) -> None:
    assert words(staffed_hours, text, draft=EVENING, registers=WEEK) == []


@pytest.mark.parametrize(
    ("moment", "silent"),
    [
        ("2026-11-24 09:00", True),
        ("2026-11-24 15:59", True),
        ("2026-11-24 16:00", False),
        ("2026-11-28 10:00", False),
    ],
)
def test_hours_begin_and_end_on_time_and_weekends_have_none(moment: str, *, silent: bool) -> None:
    assert (words(staffed_hours, ASKS, draft={"publish_at": at(moment)}, registers=WEEK) == []) is silent


def test_on_a_public_holiday_of_the_land_nobody_is_there() -> None:
    friday: dict[str, Any] = {"publish_at": at("2026-12-25 10:00"), "registers": WEEK}
    assert fields(staffed_hours, subject_of(ASKS, **friday, state="BB")) == ["text"]
    assert fields(staffed_hours, subject_of(ASKS, **friday)) == []
    repentance: dict[str, Any] = {"publish_at": at("2026-11-18 10:00"), "registers": WEEK}
    assert fields(staffed_hours, subject_of(ASKS, **repentance, state="SN")) == ["text"]
    assert fields(staffed_hours, subject_of(ASKS, **repentance, state="BB")) == []


def test_without_hours_or_time_nobody_can_tell() -> None:
    assert words(staffed_hours, ASKS, draft=EVENING) == []
    assert words(staffed_hours, ASKS, registers=WEEK) == []


def test_a_variant_may_ask_as_well() -> None:
    (one,) = found(staffed_hours, draft={**EVENING, "variants": {"x": Variant(text=ASKS)}}, registers=WEEK)
    assert one.field == "variants.x.text"
