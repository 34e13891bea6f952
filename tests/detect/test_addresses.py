"""Streets with a house number, and numbers that count something else."""

import pytest

from kanal.detect.addresses import addresses
from tests.detect.finding import found

REGISTER = ("Marktplatz 1, 12345 Musterstadt", "Kreishaus, Alte Poststraße 12 a", "Karl-Marx-Str. 3-5", "Am Kirchhof 2")


@pytest.mark.parametrize(
    "address",
    [
        "Lindenallee 12", "Am Markt 3a", "Straße des 17. Juni 135", "Kastanienweg 7-9", "Kastanienweg 7–9",
        "Unter den Linden 5", "Hauptstraße 5", "Hauptstr. 5", "Hauptstr.5", "Berliner Straße 12", "Berliner Str. 12",
        "Karl-Marx-Allee 3", "Dr.-Karl-Renner-Platz 7", "Ernst Thälmann Straße 5", "Alte Poststraße 4 b",
        "Große Elbstraße 5", "Neuer Wall 5", "Alter Markt 8", "Platz der Deutschen Einheit 3", "An der Kirche 7",
        "Zum Sportplatz 2", "Am Alten Hafen 4", "Lindenallee Nr. 12", "Lindenallee, Hausnummer 14",
        "Lindenallee\u00a012\u202fa", "Hinter der Mühle 1", "Neue Reihe 6", "Hamburger Landstraße 12",
        "Lindenallee 12, 12345 Musterstadt", "Lindenallee 12 in 12345 Musterstadt", "Lindenallee 12\n12345 Bad Muster",
        "Lindenallee 12, D-15230 Frankfurt (Oder)", "Lindenallee 12, 60311 Frankfurt am Main",
        "Hohe Bleichen 8, 20354 Hamburg",
    ],
)  # fmt: skip
def test_street_and_house_number_are_found_with_the_town(address: str) -> None:
    assert found(addresses, f"Besuchen Sie uns: {address}.") == [address]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Sie wohnt in der Lindenallee 12 in Musterstadt.", "Lindenallee 12"),
        ("Am Rosenweg 4 brannte ein Schuppen.", "Rosenweg 4"),
        ("Das Büro (Neuer Wall 5) ist zu.", "Neuer Wall 5"),
        ("Am Markt 3 eröffnet die Bibliothek.", "Am Markt 3"),
        ("📍 Im Winkel 4, ab 18 Uhr", "Im Winkel 4"),
        ("In der Lindenallee 12 die Ausstellung besuchen", "Lindenallee 12"),
        ("Umzug: Lindenallee 12 Musterstadt", "Lindenallee 12"),
        ("Ich wohne hier, Dorfaue 8, im Hinterhaus.", "Dorfaue 8"),
        ("Foto_Lindenstrasse_12.jpg", "Lindenstrasse_12"),
        ("bauantrag-rosenweg-4a.pdf", "rosenweg-4a"),
        ("Flohmarkt: Lindenallee 12, 12345 Musterdorf am Samstag", "Lindenallee 12, 12345 Musterdorf"),
        ("Lindenallee 12, 12345 Musterdorf im Mai", "Lindenallee 12, 12345 Musterdorf"),
        ("Lindenallee 12, 79576 Weil am Rhein am Samstag", "Lindenallee 12, 79576 Weil am Rhein"),
        ("Die Feier ist zu Ende. Rosenweg 4 ist der Treffpunkt.", "Rosenweg 4"),
    ],
)
def test_the_words_around_an_address_do_not_belong_to_it(text: str, address: str) -> None:
    assert found(addresses, text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Im Juni 2025", "Im Juni 25 Grad", "Am 3. Mai", "Am Markt 2026", "Am Markt 3. Mai",
        "Kreisstraße 29", "Die Bundesstraße 73 und die Landesstraße 3139", "Staatsstraße 20", "Landstraße 12",
        "Straße 12", "Die Straße 12", "auf Platz 3", "Platz 1 im Wettbewerb", "Erster Platz 1", "Weg 3 Kilometer",
        "Allee 300 Bäume", "In der Lindenallee 12 Linden gefällt", "In der Lindenallee 12 alte Linden gefällt",
        "Auf der Berliner Straße 5 km Stau", "Auf der Berliner Straße 30 statt 50",
        "Am Bahnhof 5 Minuten", "Am Markt 3 bis 5 Uhr", "Am Markt 12 Uhr",
        "Am Markt 3,50 Euro", "Am Markt 3.5", "Am Markt 12:30", "Am Markt 50 %", "Am Markt 5 €", "Lindenallee 120er",
        "Parkplatz 3", "Spielplatz 2", "Radweg 5", "Bussteig 4", "Wochenmarkt 12", "Frühlingsanstieg 3",
        "Linie 12", "Bus 240 ab Lindenallee", "Klasse 3a", "Gruppe 2", "Im Raum 12", "Im Saal 3", "Am Gleis 4",
        "In der Klasse 5b", "In der Sporthalle 3", "Auf der Linie 5", "Unter der Nummer 115", "Im Wahlkreis 12",
        "Postfach 10, 12345 Musterstadt", "Drucksache 12, 12345", "12345 Musterstadt", "Am Montag 3 Termine",
        "§ 12, Absatz 3, Satz 1", "Zone 30 und Tempo 50", "Sponsoring 5", "Am Stand 12", "Auf Seite 3",
        "Vortragsreihe 2", "Dritte Reihe 6", "Kindergarten 3 bleibt zu", "fest-am-markt-12-05-2026.jpg",
        "IMG_2026_12.jpg",
    ],
)  # fmt: skip
def test_a_number_that_counts_or_names_something_else_is_no_house_number(text: str) -> None:
    assert found(addresses, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Marktplatz 1", "Am Marktplatz 1", "MARKTPLATZ 1", "Marktplatz\u00a01, 12345 Musterstadt", "Marktplatz Nr. 1",
        "Alte Poststr. 12a", "Alte Poststrasse 12 A", "Alte\u202fPoststraße 12a", "Karl-Marx-Straße 3–5",
        "Karl Marx Straße 3-5", "Treffpunkt: Am Kirchhof 2",
    ],
)  # fmt: skip
def test_buildings_of_the_register_are_silent(text: str) -> None:
    assert addresses(text, REGISTER) == ()


@pytest.mark.parametrize(
    "text", ["Marktplatz 11", "Marktplatz 1a", "Poststraße 12", "Karl-Marx-Str. 3", "Am Kirchhof 3"]
)
def test_the_house_next_door_is_not_in_the_register(text: str) -> None:
    assert len(addresses(text, REGISTER)) == 1
