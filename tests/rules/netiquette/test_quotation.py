import pytest

from kanal.rules.netiquette.quotation import check
from tests.rules.drafted import words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("„Jeder Baum ist ein kleines Wunder.“ Wir pflanzen sechs.", "„Jeder Baum ist ein kleines Wunder.“"),
        (
            "„Man muss das Unmögliche versuchen, um das Mögliche zu erreichen.“\nSchönen Sonntag!",
            "„Man muss das Unmögliche versuchen, um das Mögliche zu erreichen.“",
        ),
        (
            "„Hier bin ich vom ersten Tag an Teil des Teams.“\nBewerben Sie sich bis März.",
            "„Hier bin ich vom ersten Tag an Teil des Teams.“",
        ),
        ('Wir pflanzen sechs.\n\n"Jeder Baum ist ein kleines Wunder!"', '"Jeder Baum ist ein kleines Wunder!"'),
        ("„Jeder Baum ist ein kleines Wunder.“ Diese Woche geht es los.", "„Jeder Baum ist ein kleines Wunder.“"),
        ("»Wer Bäume setzt, liebt die Menschen.« Am Freitag geht es los.", "»Wer Bäume setzt, liebt die Menschen.«"),
    ],
)
def test_a_quotation_of_nobody_is_found(text: str, said: str) -> None:
    assert words(check, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "„Wir pflanzen im März sechs Winterlinden“, sagt Landrätin Erika Mustermann.",
        "Landrätin Erika Mustermann: „Wir pflanzen im März sechs Winterlinden.“",
        "Die Landrätin freut sich über den Preis. „Wir pflanzen im März sechs Winterlinden.“",
        "„Wer Bäume setzt, liebt andere außer sich selbst.“ – Thomas Fuller",
        "„Wer Bäume setzt, liebt andere außer sich selbst.“\nThomas Fuller",
        "„Hier bin ich vom ersten Tag an Teil des Teams.“\n\nAnna M., 19 Jahre, Auszubildende",
        "„Wer Bäume setzt, liebt andere außer sich selbst“, so das Umweltamt.",
        "„Gehen Sie bei Schlieren nicht ins Wasser“, rät Amtsärztin Dr. Mia Muster.",
        "Laut Umweltamt gilt: „Wer Bäume setzt, liebt andere außer sich selbst.“",
        "Ausstellung „Von der Burg bis in die Neuzeit“ im Kreismuseum",
        "Vortrag: „Wie komme ich zu meinem Wohngeld?“",
        "Das Motto: „Gemeinsam sind wir stark für alle.“",
        "Auf dem Schild steht „Bitte nicht füttern, liebe Gäste!“",
        "„Danke“, „Bitte“ und „Guten Tag“ kosten nichts.",
        "„Hallo Mama, das ist meine neue Nummer“: Wenn Sie so eine Nachricht bekommen, rufen Sie Ihr Kind an.",
        "„Oma, ich hatte einen schweren Unfall.“ So beginnt der Betrug.",
        "„Wohin mit der alten Matratze?“ Diese Frage hören wir oft.",
        "Sie schreiben: „Die Ampel am Markt ist kaputt.“ Wir prüfen das.",
    ],
)
def test_sources_titles_and_single_words_are_left_alone(text: str) -> None:
    assert words(check, text) == []


def test_only_german_is_looked_at() -> None:
    assert words(check, '"Every tree is a small wonder." Come along!', draft={"language": "en"}) == []


def test_the_option_says_how_long_a_quotation_must_be() -> None:
    assert words(check, "„Bäume sind Leben.“ Kommen Sie.", words=3) == ["„Bäume sind Leben.“"]
