import pytest

from kanal.rules.language.readability import check
from tests.rules.drafted import found, words

LONG = (
    "Wir möchten Sie darauf hinweisen, dass das Bürgerbüro, das sich seit vielen Jahren in dem alten Gebäude befindet,"
    " ab dem kommenden Montag an den Lindenplatz umzieht."
)
HARD = (
    "Die Gewährung von Zuwendungen zur Förderung energetischer Sanierung erfolgt nach Maßgabe"
    " haushaltsrechtlicher Bestimmungen. Voraussetzung für die Bewilligung ist die Vorlage vollständiger"
    " Antragsunterlagen. Ein Rechtsanspruch auf Gewährung der Zuwendung besteht nicht. Die Bewilligungsbehörde"
    " entscheidet aufgrund pflichtgemäßen Ermessens im Rahmen verfügbarer Haushaltsmittel. Antragstellerinnen und"
    " Antragsteller verpflichten sich zur Einhaltung einschlägiger Vergabevorschriften sowie haushaltsrechtlicher"
    " Nebenbestimmungen."
)


def test_each_long_sentence_is_marked_with_its_number_of_words() -> None:
    [one] = found(check, f"Guten Tag. {LONG} Bis bald.")
    assert one.words == LONG
    assert "has 26 words" in one.said


@pytest.mark.parametrize(
    "text",
    [
        "Die K 12 ist von Montag, 18. Januar 2027, 7 Uhr, bis Freitag, 29. Januar 2027, 18 Uhr, wegen Bau gesperrt.",
        (
            "Mit dabei: Feuerwehr, Rettungsdienst, Polizei, Wasserwacht, Bergwacht, Schulchor, Tanzgruppe,"
            " Turnverein, Imkerverein, Theatergruppe, Blasorchester, Kleingartenverein und die Bücherei."
        ),
        "Zeiten:\nMontag 8 bis 12 Uhr\nDienstag 8 bis 16 Uhr\nMittwoch geschlossen\nDonnerstag 8 bis 18 Uhr",
        "Kommen Sie https://a.example/b #Eins #Zwei #Drei #Vier #Fünf #Sechs #Sieben #Acht #Neun #Zehn #Elf #Zwölf",
    ],
)
def test_dates_lists_links_and_hashtags_make_no_endless_sentence(text: str) -> None:
    assert found(check, text) == []


def test_a_hard_text_is_told_as_a_whole() -> None:
    [one] = found(check, HARD, words=40)
    assert one.field == "text"
    assert "19 on the Wiener Sachtextformel, where 12" in one.said
    assert found(check, HARD, words=40, wstf=20.0) == []


def test_short_texts_have_no_figure() -> None:
    assert found(check, "Haushaltskonsolidierung. Verwaltungsgebührenordnung. Rechtsbehelfsbelehrung.") == []


def test_the_option_sets_the_length() -> None:
    assert words(check, LONG, words=26) == []
    assert words(check, "Wir ziehen am Montag um.", words=4) == ["Wir ziehen am Montag um."]


def test_only_german_is_measured() -> None:
    assert found(check, LONG, draft={"language": "en"}) == []
