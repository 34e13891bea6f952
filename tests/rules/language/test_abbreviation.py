import pytest

from kanal.config.registers import Registers
from kanal.rules.language.abbreviation import check
from tests.rules.drafted import words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Der ASD berät Sie. Beim ASD ist es voll.", ["ASD"]),
        ("Das geht i. d. R. schnell.", ["i. d. R."]),
        ("Das gilt i.\u00a0S.\u00a0d. Gesetzes.", ["i.\u00a0S.\u00a0d."]),
        ("Fragen bzgl. der Gebühr gem. Satzung", ["bzgl.", "gem."]),
        ("Die ALG-Stelle hat zu.", ["ALG"]),
    ],
)
def test_an_unexplained_abbreviation_is_found_once(text: str, said: list[str]) -> None:
    assert words(check, text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Der Allgemeine Soziale Dienst (ASD) berät Sie. Den ASD erreichen Sie täglich.",
        "Der ASD (Allgemeiner Sozialer Dienst) berät Sie.",
        "Die USA, das THW, z. B. die NINA-App und der ÖPNV, d. h. Bus und Bahn",
        "TODO: Datum erfragen. Die Jacken in XXL sind aus.",
        "Papst Johannes XXIII., Band VII, Teil III",
        "J. S. Bach und E. T. A. Hoffmann lebten um 1800 n. Chr.",
        "Mo. u. Di. geschlossen. Stand: 3. 5. 2026, Kl. 5 a. Ja.",
        "ACHTUNG: HEUTE KEIN WASSER",
        "Unser Abfall-ABC, ein FÖJ im Naturpark, Empfehlungen von STIKO und RKI",
        "TVöD, BAföG, GmbH, m/w/d, K 12, EG 9b, MUS-AB 12",
        "Die Übung endet. Wir essen. #KFZ #XYZ https://www.ABC.example",
    ],
)
def test_known_explained_and_look_alike_ones_are_left_alone(text: str) -> None:
    assert words(check, text) == []


def test_the_register_and_the_option_know_more() -> None:
    assert words(check, "Der ASD berät i. d. R. sofort.", registers=Registers(abbreviations=("ASD", "i.d.R."))) == []
    assert words(check, "Der ASD berät.", known=("asd",)) == []
