"""Dates of birth and public congratulations; libraries and fire brigades have birthdays as well."""

import pytest

from kanal.detect.birth_dates import birth_dates, congratulations
from tests.detect.finding import found


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("geboren am 1.2.1980", "1.2.1980"),
        ("geb. 1. Februar 1980 in Musterstadt", "1. Februar 1980"),
        ("geb. am 01.02.80", "01.02.80"),
        ("Geb.-Dat. 01.02.1980", "01.02.1980"),
        ("(*1.2.1980)", "1.2.1980"),
        ("Erika Muster, * 1. Februar 1980", "1. Februar 1980"),
        ("Geburtsdatum: 1980-02-01", "1980-02-01"),
        ("Geb.-Datum 01/02/1980", "01/02/1980"),
        ("Geburtstag: 1.2.1980", "1.2.1980"),
        ("am 12. März 1980 in Musterstadt geboren", "12. März 1980"),
        ("Marie ist am 3. Mai 2026 geboren.", "3. Mai 2026"),
        ("GEBOREN AM 1. FEBRUAR 1980", "1. FEBRUAR 1980"),
        ("Muster_geb_01-02-1980.pdf", "01-02-1980"),
        ("geboren am 1.\u00a0Februar\u00a01980", "1.\u00a0Februar\u00a01980"),
    ],
)
def test_a_date_of_birth_is_found_beside_its_word(text: str, date: str) -> None:
    assert found(birth_dates, text) == [date]
    assert [hit.kind for hit in birth_dates(text)] == ["birth-date"]


@pytest.mark.parametrize(
    "text",
    [
        "Sitzung am 1.2.2026",
        "* 1.2.2026: Sitzung des Kreistags",
        "Termin: **1.2.2026**",
        "geb. Müller",
        "Haus, geb. 1980",
        "Goethe, geboren am 28. August 1749",
        "alle nach dem 31.12.1970 geborenen Menschen",
        "Kinder, die zwischen dem 1. Juli 2019 und dem 30. Juni 2020 geboren wurden",
        "wer vor dem 1.1.1960 geboren ist",
        "Der 50. Geburtstag der Kreisbibliothek am 12.3.2026",
        "Geburtstag der Bücherei: 12.3.2016",
        "Die Bibliothek hat am 12.03.2026 Geburtstag",
        "Hier wurde sie geboren. Am 12.03.2026 gibt es eine Führung.",
        "Geburtsurkunden ab 1.2.2026 online",
        "angeboren, 1.2.1980",
        "geboren 45.13.1980",
        "geboren, aber erst sehr viel später, am 1.2.1980",
        "",
    ],
)
def test_events_age_groups_and_history_are_no_dates_of_birth(text: str) -> None:
    assert found(birth_dates, text) == []


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("Wir gratulieren Erna Muster zum 90. Geburtstag!", "Erna Muster zum 90. Geburtstag"),
        (
            "Erna Muster feiert heute in Musterstadt ihren 100. Geburtstag.",
            "Erna Muster feiert heute in Musterstadt ihren 100. Geburtstag",
        ),
        ("Alles Gute zum 90. Geburtstag, Erna Schmidt!", "90. Geburtstag, Erna Schmidt"),
        ("Herzlichen Glückwunsch zum 90., Erna Schmidt!", "90., Erna Schmidt"),
        ("Zum 95. Geburtstag von Frau Schmidt", "95. Geburtstag von Frau Schmidt"),
        ("Happy Birthday, Erna Schmidt!", "Happy Birthday, Erna Schmidt"),
        ("Erna Schmidt vollendet ihr 90. Lebensjahr.", "Erna Schmidt vollendet ihr 90. Lebensjahr"),
        (
            "Zum 100. Geburtstag überreichte Landrätin Erika Muster der Jubilarin Erna Schmidt Blumen.",
            "100. Geburtstag überreichte Landrätin Erika Muster der Jubilarin Erna Schmidt",
        ),
        ("Frau Erna Schmidt wird heute 90 Jahre alt.", "Frau Erna Schmidt wird heute 90 Jahre alt"),
        ("Erna Schmidt, unsere Ehrenbürgerin, wird 101.", "Erna Schmidt, unsere Ehrenbürgerin, wird 101"),
        ("Ehepaar Meier feierte Eiserne Hochzeit.", "Ehepaar Meier feierte Eiserne Hochzeit"),
        (
            "Goldene Hochzeit: Landrat Karl Muster gratuliert den Eheleuten Schmidt.",
            "Goldene Hochzeit: Landrat Karl Muster gratuliert den Eheleuten Schmidt",
        ),
        (
            "Der Bürgermeister gratulierte Herrn Karl Schmidt zum 100. Geburtstag.",
            "Herrn Karl Schmidt zum 100. Geburtstag",
        ),
        ("Wir gratulieren Bürgermeisterin Erika Schmidt zum 60. Geburtstag.", "Erika Schmidt zum 60. Geburtstag"),
    ],
)
def test_who_is_congratulated_by_name_is_found(text: str, passage: str) -> None:
    assert found(congratulations, text) == [passage]
    assert [hit.kind for hit in congratulations(text)] == ["anniversary"]


@pytest.mark.parametrize(
    "text",
    [
        "50. Geburtstag der Kreisbibliothek",
        "100 Jahre Feuerwehr",
        "Die Freiwillige Feuerwehr Musterstadt feiert ihren 100. Geburtstag.",
        "Zum 50. Geburtstag der Kreisbibliothek gratuliert Landrat Karl Schmidt.",
        "Landrat Karl Schmidt gratuliert der Kreisbibliothek zum 50. Geburtstag.",
        "Der Kreis feiert seinen 50. Geburtstag mit Anna Schmidt.",
        "Bürgermeisterin Erika Schmidt lädt zum 50. Geburtstag des Freibads ein.",
        "Landrätin Erika Schmidt gratuliert zur Goldenen Hochzeit.",
        "Wir gratulieren allen Paaren zur Goldenen Hochzeit!",
        "Das Grundgesetz hat Geburtstag.",
        "Erna Schmidt hält einen Vortrag. Unsere Bibliothek feiert ihren 50. Geburtstag.",
        "Zum 250. Geburtstag von Karl Muster feiern wir ein Fest.",
        "Unsere Bibliothek wird 50 Jahre alt.",
        "Musterstadt wird 800 Jahre alt.",
        "Die Hauptstraße wird 30.",
        "",
    ],
)
def test_institutions_guests_and_history_are_no_congratulations(text: str) -> None:
    assert found(congratulations, text) == []
