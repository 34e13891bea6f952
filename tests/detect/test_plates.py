"""Number plates: by the code of a district and a word nearby, or written in full."""

import pytest

from kanal.detect.plates import plates
from tests.detect.finding import found


@pytest.mark.parametrize(
    "plate", ["HH-AB 1234", "B-XY 999", "FÜ-LK 100E", "LÖ-WE 100H", "DAU-XY 123", "HH\u2011AB\u00a01234"]
)
def test_a_plate_in_full_is_found_without_a_word(plate: str) -> None:
    assert found(plates, f"Zeugen haben sich {plate} gemerkt.") == [plate]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("Der Pkw mit dem Kennzeichen B-XY 12", "B-XY 12"),
        ("Kennzeichen: M XY 999", "M XY 999"),
        ("STD-A 5 – wer kennt den Halter?", "STD-A 5"),
        ("Falschparker K-AB 12", "K-AB 12"),
        ("ein geparktes Auto, HH AB 77", "HH AB 77"),
        ("Unfallwagen DD-K 10", "DD-K 10"),
        ("Dienstfahrzeug (DD–K 10)", "DD–K 10"),
        ("foto_auto_HH-AB1234.jpg", "HH-AB1234"),
        ("falschparker_b-mw-1234.jpg", "b-mw-1234"),
        ("kennzeichen_hh-ab_1234.jpg", "hh-ab_1234"),
        ("Auf dem Nummernschild steht HH:AB 123.", "HH:AB 123"),
    ],
)
def test_a_plate_is_found_beside_a_word_for_a_vehicle(text: str, plate: str) -> None:
    assert found(plates, text) == [plate]


@pytest.mark.parametrize(
    "text",
    [
        "Die K 29 und die L 3139 sind gesperrt",
        "A 7, B 73, E 45",
        "Drucksache RT-AB 12",
        "RT-AB 12",
        "Vorlage BA-MI 1234",
        "Drs. 21-1344",
        "EU-VO 2016",
        "EG-VO 1907",
        "MV-VO 2024",
        "DIN EN 301",
        "DIN A4",
        "EN-AW 6060",
        "ISO 9001",
        "IP 68",
        "GT 350",
        "UN-R 155",
        "TV-L 10",
        "A-B 12",
        "GW-L 2 und HLF 20",
        "CO2, H2O, PM 10",
        "QQ-AB 1234",
        "HH-AB 0123",
        "HH-AB 12345",
        "HH-ABC 123",
        "",
    ],
)
def test_roads_norms_laws_and_papers_are_no_plates(text: str) -> None:
    assert found(plates, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lkw über 7,5 t: B 73 und L 3139 gesperrt",
        "Rettungswagen nach DIN EN 1789",
        "neues Fahrzeug: GW-L 2",
        "Fahrzeuge der Klasse EU-VO 2016",
        "autofreier Sonntag: A-B 12",
        "Haltestelle und Autobahn, Automat: A-B 12",
        "Wagen mit E 10 statt E 5",
        "Pkw ab 3.500 kg",
        "auto_am-ab-2026.jpg",
        "auto-hh-ab-12.jpg",
        "Kennzeichen QQ-AB 12",
        "Kennzeichen HHH-AB 1234",
        "Kennzeichen: in am 12 Uhr",
    ],
)
def test_a_word_for_a_vehicle_makes_no_plate_of_something_else(text: str) -> None:
    assert found(plates, text) == []


def test_a_word_too_far_away_does_not_count() -> None:
    assert found(plates, "Kennzeichen" + " " * 41 + "B-XY 12") == []


def test_the_kind_is_plate() -> None:
    assert [hit.kind for hit in plates("HH-AB 1234")] == ["plate"]
