"""Names and addresses: registers and consents make them silent, and each is said once, by one rule."""

from pathlib import Path

import pytest

from kanal.model import People, Picture
from kanal.rules.privacy.address import check as address
from kanal.rules.privacy.address_of_a_person import check as both
from kanal.rules.privacy.anniversary import check as anniversary
from kanal.rules.privacy.person_name import check as name
from tests.rules.drafted import found, picture, words
from tests.rules.privacy.office import CONSENT, REGISTERS, REPLY, with_pictures

WINNER = "Der Vorlesewettbewerb ist entschieden. Gewonnen hat Karla Petersen."


def test_a_private_person_is_found_and_not_named_in_the_message() -> None:
    (one,) = found(name, WINNER, registers=REGISTERS)
    assert (one.field, one.words) == ("text", "Karla Petersen")
    assert "Petersen" not in one.said


@pytest.mark.parametrize(
    "text",
    [
        "Landrätin Erika Mustermann eröffnet die Ausstellung.",
        "Lena Beispielhaft aus dem Bürgerbüro hilft.",
        "Ihre Erika Mustermann\nLandrätin",
        "Der Kandidat Jonas Petersen",
        "Lesung aus Werken von Johann Wolfgang von Goethe",
        "Das Bürgerbüro am Markt ist geschlossen.",
    ],
)
def test_office_holders_staff_candidates_and_the_dead_of_history_may_be_named(text: str) -> None:
    assert words(name, text, registers=REGISTERS) == []


def test_consent_of_the_draft_covers_all_names() -> None:
    assert words(name, WINNER, draft=CONSENT, registers=REGISTERS) == []


def test_consent_of_a_picture_covers_the_words_about_that_picture_only() -> None:
    alt = "Karla Petersen hält den Pokal hoch."
    covered, other = picture("a.jpg", alt, people=People(consent="Mappe 3")), picture("b.jpg", alt)
    hits = found(name, WINNER, draft=with_pictures(covered, other), registers=REGISTERS)
    assert [one.field for one in hits] == ["text", "media[1].alt"]


def test_whoever_made_the_picture_has_a_right_to_be_named() -> None:
    draft = with_pictures(Picture(Path("posts/a.jpg"), "Ein Saal", "Katharina Ebeling", "CC0"))
    assert found(name, "Der Kreistag tagt.\nFoto: Katharina Ebeling", draft=draft, registers=REGISTERS) == []
    assert words(name, "(© Katharina Ebeling)", registers=REGISTERS) == []
    assert words(name, "Foto: Katharina Ebeling beim Lauf", registers=REGISTERS) == ["Katharina Ebeling"]


def test_a_reply_may_greet_the_person_it_answers_but_nobody_else() -> None:
    text = "Guten Tag Frau Kaltenbrunner, der Antrag von Herrn Brinkmann liegt im Bauamt."
    assert words(name, text, draft=REPLY, registers=REGISTERS) == ["Herrn Brinkmann"]
    assert words(name, text, registers=REGISTERS) == ["Frau Kaltenbrunner", "Herrn Brinkmann"]


def test_a_congratulation_is_said_once() -> None:
    text = "Wir gratulieren Hannelore Wiesinger zum 90. Geburtstag!"
    assert words(name, text, registers=REGISTERS) == []
    assert len(words(anniversary, text, registers=REGISTERS)) == 1


def test_a_private_address_is_found_and_a_registered_building_is_not() -> None:
    text = "In der Gartenstraße 12 hat es gebrannt. Auskunft: Kreishaus, Am Kreishaus 3, 12345 Musterstadt."
    assert words(address, text, registers=REGISTERS) == ["Gartenstraße 12"]


@pytest.mark.parametrize("text", ["Die Kreisstraße 12 ist gesperrt.", "Die Gartenstraße wird saniert.", "Im Juni 2025"])
def test_roads_and_streets_without_a_number_are_no_addresses(text: str) -> None:
    assert words(address, text, registers=REGISTERS) == []


def test_a_name_with_an_address_is_said_once_and_both_are_marked() -> None:
    text = "Die Beschwerde kam von Hannelore Wiesinger, Gartenstraße 12."
    (one,) = found(both, text, registers=REGISTERS)
    assert one.words == "Hannelore Wiesinger, Gartenstraße 12"
    assert words(name, text, registers=REGISTERS) == []
    assert words(address, text, registers=REGISTERS) == []


def test_a_name_on_another_line_is_not_marked_together_with_the_address() -> None:
    text = "Es liest Hannelore Wiesinger.\nTreffpunkt: Gartenstraße 12"
    assert words(both, text, registers=REGISTERS) == ["Gartenstraße 12"]


def test_a_name_and_an_address_in_different_passages_are_two_matters() -> None:
    draft = with_pictures(picture(alt="Karla Petersen winkt."))
    text = "In der Gartenstraße 12 hat es gebrannt."
    assert words(both, text, draft=draft, registers=REGISTERS) == []
    assert [one.field for one in found(name, text, draft=draft, registers=REGISTERS)] == ["media[0].alt"]
    assert [one.field for one in found(address, text, draft=draft, registers=REGISTERS)] == ["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Landrätin Erika Mustermann besuchte die Gartenstraße 12.",
        "Karla Petersen liest im Kreishaus, Am Kreishaus 3.",
    ],
)
def test_an_office_holder_or_a_public_building_makes_it_one_half_only(text: str) -> None:
    assert words(both, text, registers=REGISTERS) == []
    assert len([*words(name, text, registers=REGISTERS), *words(address, text, registers=REGISTERS)]) == 1


def test_with_consent_only_the_address_is_left() -> None:
    text = "Karla Petersen verkauft Honig in der Gartenstraße 12."
    assert words(both, text, draft=CONSENT, registers=REGISTERS) == []
    assert words(address, text, draft=CONSENT, registers=REGISTERS) == ["Gartenstraße 12"]
