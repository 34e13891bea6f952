"""Signs that name several genders, and their false friends."""

import pytest

from kanal.detect.gender_signs import gender_signs
from tests.detect.finding import found


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Bürger*innen", "star"), ("Lehrer*in", "star"), ("jede*r", "star"), ("der*die", "star"), ("Ärzt*innen",
        "star"),
        ("Bürger*innensprechstunde", "star"), ("Bürger:innen", "colon"), ("Kolleg:in", "colon"), ("ein:e", "colon"),
        ("liebe:r", "colon"), ("Jüd:innen", "colon"), ("Bürger_innen", "underscore"), ("Schüler_in", "underscore"),
        ("Bürger·innen", "middot"), ("Expert•innen", "middot"), ("BürgerInnen", "binnen-i"), ("MitarbeiterIn",
        "binnen-i"),
        ("BürgerInnenrat", "binnen-i"), ("Bürger/innen", "slash"), ("Bürger/-innen", "slash"), ("Lehrer/in", "slash"),
        ("Beamte/-r", "slash"), ("eine/r", "slash"), ("Kaufmann/-frau", "slash"), ("er/sie", "slash"),
        ("Sach-Bearbeiter*innen", "star"),
    ],
)  # fmt: skip
def test_the_whole_word_is_the_hit(word: str, kind: str) -> None:
    text = f"Hier stehen ({word}), klar."
    assert found(gender_signs, text) == [word]
    assert gender_signs(text)[0].kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "LinkedIn, CheckIn, LogIn, SitIn, DriveIn", "Kita/in der Halle", "Treffpunkt:in der Halle",
        "Kinder/in der Stadt",
        "Theater/in", "Termin:in Kürze", "und/oder", "Mo/Di/Mi", "Gemeinde/n und Straße/n", "5*3, a*e", "**fett*in*",
        "StadtInnenraum und InnenStadt", "Bürgerinnen und Bürger", "8:30 Uhr", "Ort: innen und außen", "Außen/innen",
        "https://bund.de/lehrer_in/bürger:innen", "@lehrer_in", "www.bund.de/buerger*innen", "lehrer_in@amt.example",
        "Betrieb_in_Berlin", "Innen und außen", "m/w/d", "*in", ":innen",
    ],
)  # fmt: skip
def test_false_friends_are_silent(text: str) -> None:
    assert found(gender_signs, text) == []
