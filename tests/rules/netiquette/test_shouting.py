import pytest

from kanal.rules.netiquette.shouting import check
from tests.rules.drafted import words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("WICHTIGE INFORMATION FÜR ALLE! Am Montag ist zu.", "WICHTIGE INFORMATION FÜR ALLE"),
        ("ACHTUNG! LESEN! SOFORT! TEILEN!", "ACHTUNG! LESEN! SOFORT! TEILEN!"),
        ("HEUTE KEIN WASSER IN MUSTERBACH", "HEUTE KEIN WASSER IN MUSTERBACH"),
        ("NINA UND KATWARN WARNEN UNS ALLE JETZT", "NINA UND KATWARN WARNEN UNS ALLE JETZT"),
        ("DAS IST ALLES SEHR WICHTIG HIER", "DAS IST ALLES SEHR WICHTIG HIER"),
        ("Das ist zu!!", "!!"),
        ("Kommt alle!!! Bald.", "!!!"),
        ("Warum nur???", "???"),
        ("Wirklich?!?", "?!?"),
        ("Jetzt ‼️", "‼️"),
    ],
)
def test_shouting_is_found_where_it_stands(text: str, said: str) -> None:
    assert words(check, text) == [said]


def test_a_loud_sentence_does_not_drown_in_a_long_paragraph() -> None:
    calm = "Die Straße ist wegen Bauarbeiten bis Freitag gesperrt, eine Umleitung ist ausgeschildert. " * 3
    assert words(check, f"{calm}BITTE UNBEDINGT BEACHTEN UND TEILEN. {calm}") == ["BITTE UNBEDINGT BEACHTEN UND TEILEN"]


@pytest.mark.parametrize(
    "text",
    [
        "ACHTUNG: Sturm!",
        "Die Apps NINA und KATWARN, das DRK, das THW und die DLRG helfen.",
        "Drei Apps, ein Ziel: NINA, KATWARN und BIWAPP warnen Sie aufs Handy.",
        "EU DSGVO BDSG TDDDG DSA IFG UIG VIG",
        "#STADTMUSTERHAUSENFEIERT #LANDKREISMUSTERLAND Wir feiern.",
        "https://WWW.LANDKREIS-MUSTERLAND.EXAMPLE/VERANSTALTUNGEN",
        "Was? Wann? Wo! Ja?!",
        "TVöD, BAföG und E-Mail: Das Amt für Ausbildungsförderung berät Sie.",
    ],
)
def test_abbreviations_and_single_marks_are_no_shouting(text: str) -> None:
    assert words(check, text) == []


def test_the_options_move_the_limits() -> None:
    assert words(check, "BITTE BEACHTEN, heute ist geschlossen", share=0.9) == []
    assert words(check, "BITTE BEACHTEN", letters=8) == ["BITTE BEACHTEN"]
