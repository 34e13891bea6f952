"""Candidates and people in office: names, pictures, praise."""

from datetime import date

import pytest

from kanal.config.registers import Election
from kanal.model import DraftType
from kanal.rules.election.achievements import check as achievements
from kanal.rules.election.candidate import check as candidate
from tests.rules.drafted import found, picture, words
from tests.rules.election.office import AFTER, BEFORE, REGISTERS, WITHIN


@pytest.mark.parametrize(
    "name", ["Max Beispiel", "Herr Beispiel", "@max_beispiel", "Erika Mustermann", "Landrätin Mustermann"]
)
def test_whoever_stands_is_found_and_an_office_does_not_help(name: str) -> None:
    assert words(candidate, f"Mit dabei: {name}.", draft=WITHIN, registers=REGISTERS) == [name]


@pytest.mark.parametrize("moment", [BEFORE, AFTER, {}])
def test_at_other_times_candidates_may_be_named(moment: dict[str, object]) -> None:
    assert words(candidate, "Mit dabei: Max Beispiel.", draft=moment, registers=REGISTERS) == []


def test_who_stood_for_another_election_is_no_candidate_of_this_one() -> None:
    earlier = Election("Bundestagswahl", date(2025, 2, 23), date(2024, 11, 23), ("Kim Muster",))
    registers = REGISTERS._replace(elections=(earlier, *REGISTERS.elections))
    assert words(candidate, "Mit dabei: Kim Muster und Max Beispiel.", draft=WITHIN, registers=registers) == [
        "Max Beispiel"
    ]


def test_others_in_office_and_ordinary_words_are_no_candidates() -> None:
    text = "Dezernent Jonas Probe nennt zum Beispiel die Muster der Landrätin."
    assert words(candidate, text, draft=WITHIN, registers=REGISTERS) == []


def test_a_picture_of_a_candidate_is_a_finding_of_its_own_kind() -> None:
    media = (picture(alt="Max Beispiel lacht"),)
    (one,) = found(candidate, draft={**WITHIN, "media": media}, registers=REGISTERS)
    assert (one.field, one.words) == ("media[0].alt", "Max Beispiel")
    assert "another picture" in one.said
    assert "Beispiel" not in one.said


def test_information_about_the_vote_may_name_whom_it_must() -> None:
    draft = {**WITHIN, "type": DraftType.ELECTION_INFO}
    assert words(candidate, "Wahlleiterin: Erika Mustermann", draft=draft, registers=REGISTERS) == []
    assert words(achievements, "Wir haben viel erreicht.", draft=draft, registers=REGISTERS) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Dank der Landrätin Erika Mustermann fährt der Bus wieder.", "Dank"),
        ("Erika Mustermann hat sich für die Schule eingesetzt.", "eingesetzt"),
        ("Jonas Probe zieht Bilanz.", "Bilanz"),
        ("Ein großer Erfolg für Landrätin Mustermann", "Erfolg"),
        ("Wir haben in fünf Jahren viel erreicht.", "Wir haben in fünf Jahren viel erreicht"),
        ("Unsere Erfolgsbilanz", "Erfolgsbilanz"),
        ("In ihrer Amtszeit sind drei Schulen gebaut worden.", "ihrer Amtszeit"),
    ],
)
def test_praise_and_records_of_success_wait_until_after_the_election(text: str, word: str) -> None:
    said = words(achievements, text, draft=WITHIN, registers=REGISTERS)
    assert any(word in one for one in said)
    assert words(achievements, text, draft=AFTER, registers=REGISTERS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Der Winterdienst zieht Bilanz: 30 Einsätze.",
        "Vielen Dank, Erika Mustermann!",
        "Das Hochwasser hat den Pegel von fünf Metern erreicht.",
        "Die Amtszeit der Schöffen dauert fünf Jahre.",
        "Die Prüfung war ein Erfolg.",
        "Dank an alle Helferinnen und Helfer",
    ],
)
def test_ordinary_words_of_success_may_stay(text: str) -> None:
    assert words(achievements, text, draft=WITHIN, registers=REGISTERS) == []


def test_praise_far_from_anybody_in_office_is_nobodys() -> None:
    text = f"Erika Mustermann eröffnet die Schau. {'Es gibt viel zu sehen. ' * 8}Der Erfolg ist groß."
    assert words(achievements, text, draft=WITHIN, registers=REGISTERS) == []
