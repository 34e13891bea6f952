import pytest

from kanal.rules.privacy.coordinates import check
from tests.rules.drafted import found, words

PLACE = "52.51627, 13.37770"


def test_coordinates_are_found_in_text_and_link() -> None:
    draft = {"link": "https://www.landkreis-musterland.example/karte?lat=52.51627&lon=13.37770"}
    hits = found(check, f"Der Hund wurde hier gefunden: {PLACE}", draft=draft)
    assert [one.field for one in hits] == ["text", "link"]
    assert hits[0].words == PLACE


def test_a_public_place_is_silent() -> None:
    assert words(check, f"Treffpunkt: {PLACE}", draft={"public_place": True}) == []


@pytest.mark.parametrize("text", ["52.516 Haushalte, 13.377 Autos", "3,5 Prozent, 4,25 Euro", "Version 1.2.3, 4.5.6"])
def test_other_figures_are_no_place(text: str) -> None:
    assert words(check, text) == []
