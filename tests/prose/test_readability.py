"""Held against textstat 0.7.13 with pyphen 0.18.1 (`wiener_sachtextformel(text, 1)`, German): its figures are given."""

import pytest

from kanal.prose.pieces import syllables
from kanal.prose.readability import wiener_sachtextformel

EASY = (
    "Die Kinder gehen am Morgen in die Schule. Dort lernen sie lesen und rechnen. In der Pause spielen alle auf"
    " dem Hof. Am Mittag essen sie in der Mensa. Danach machen sie ihre Aufgaben. Manche gehen noch zum Sport. Um"
    " vier Uhr ist Schluss. Dann fahren die Kinder mit dem Bus nach Hause. Zu Hause warten die Eltern."
)
ORDINARY = (
    "Das Bürgerbüro hat ab Januar länger geöffnet. Am Donnerstag können Sie bis 19 Uhr kommen. Buchen Sie am"
    " besten vorher einen Termin, online oder am Telefon. Ohne Termin warten Sie manchmal etwas länger. Bringen"
    " Sie Ihren Ausweis und ein Foto mit. Die Gebühr bezahlen Sie mit Karte oder bar. Der neue Ausweis ist nach"
    " drei Wochen fertig. Wir schreiben Ihnen dann eine Nachricht."
)
HARD = (
    "Die Gewährung von Zuwendungen zur Förderung der energetischen Sanierung kommunaler Liegenschaften erfolgt"
    " nach Maßgabe der haushaltsrechtlichen Bestimmungen. Voraussetzung für die Bewilligung ist die Vorlage eines"
    " vollständigen Antrages einschließlich der erforderlichen Unterlagen. Die Bewilligungsbehörde entscheidet"
    " aufgrund ihres pflichtgemäßen Ermessens im Rahmen der verfügbaren Haushaltsmittel. Ein Rechtsanspruch auf"
    " Gewährung der Zuwendung besteht nicht. Die Antragstellerinnen und Antragsteller verpflichten sich zur"
    " Einhaltung der einschlägigen Vergabevorschriften."
)


@pytest.mark.parametrize(("text", "textstat"), [(EASY, -0.43), (ORDINARY, 2.99), (HARD, 17.82)])
def test_the_figure_is_that_of_textstat_within_a_school_year(text: str, textstat: float) -> None:
    assert wiener_sachtextformel(text) == pytest.approx(textstat, abs=0.6)


def test_short_texts_have_none() -> None:
    assert wiener_sachtextformel("Kurz. Und gut. Sehr gut.") is None
    assert wiener_sachtextformel("Wort " * 80) is None


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("Abend", 2),
        ("Information", 5),
        ("Straße", 2),
        ("Feuerwehr", 3),
        ("Öffnungszeiten", 4),
        ("Quelle", 2),
        ("Yoga", 2),
        ("Typ", 1),
        ("Theater", 3),
        ("Bürgermeisterin", 5),
        ("pst", 1),
    ],
)
def test_syllables_are_counted_by_vowels(word: str, count: int) -> None:
    assert syllables(word) == count
