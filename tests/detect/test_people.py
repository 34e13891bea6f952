"""Names of people, and what only looks like one."""

import pytest

from kanal.detect.lists import entries
from kanal.detect.names import key
from kanal.detect.people import people
from tests.detect.finding import found

REGISTER = ("Dr. Sabine Muster", "Probst, Karl-Heinz", "Jan van Beispiel")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Danke an Herrn Kranich für die Hilfe.", "Herrn Kranich"),
        ("Frau Dr. Lüdenscheid-Beispiel beantwortet Fragen.", "Frau Dr. Lüdenscheid-Beispiel"),
        ("Es spricht Prof. Dr. med. Karl Heinz von der Linde.", "Prof. Dr. med. Karl Heinz von der Linde"),
        ("Dr.-Ing. Olaf Tremmel prüft die Brücke.", "Dr.-Ing. Olaf Tremmel"),
        ("Herr\u00a0Dr.\u202fh.\u00a0c. Wendehals kommt.", "Herr\u00a0Dr.\u202fh.\u00a0c. Wendehals"),
        ("Frau Freitag ist ab 14 Uhr da.", "Frau Freitag"),
        ("Fragen beantwortet Frau Peter.", "Frau Peter"),
        ("Herr von Ribbeck stiftet Birnen.", "Herr von Ribbeck"),
        ("Landrätin Kleinschmied eröffnet die Schau.", "Kleinschmied"),
        ("Oberbürgermeister Dr. Tausendschön lädt ein.", "Dr. Tausendschön"),
        ("Pressesprecherin Weber sagt:", "Weber"),
        ("Familie Yılmaz feiert mit.", "Familie Yılmaz"),
        ("Familie Müller-Tausendschön feiert.", "Familie Müller-Tausendschön"),
        ("Familie Katzenberger spendet Bücher.", "Familie Katzenberger"),
    ],
)
def test_a_title_or_a_form_of_address_announces_a_name(text: str, name: str) -> None:
    assert found(people, text) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Anna Kranich", "Anna-Lena Müller-Beispiel", "Karl-Heinz Trost", "Jörg von Hagenbeck", "Eva Maria Zuckschwert",
        "Max M. Vorlage", "A. Müller", "J. R. Schulz", "Mehmet Yılmaz", "Ayşe Öztürk", "Ali al-Hassan",
        "Fatma El Moussaoui", "Agnieszka Wiśniewska",
        "Olena Schewtschenko", "Dmitri Iwanow", "María García López", "Kevin O’Connor",
        "Jonas Simon", "Emilia Hartwig", "Ernst Neumann", "Heide Müller", "Rosa Schmidt", "Mark Weber",
        "Lena SCHNEIDER",
    ],
)  # fmt: skip
def test_a_first_name_makes_a_name_of_the_word_behind_it(name: str) -> None:
    assert found(people, f"Das Foto hat {name} gemacht.") == [name]


def test_a_name_in_decomposed_letters_is_a_name() -> None:
    assert found(people, "Danke, Ju\u0308rgen Mu\u0308ller!") == ["Ju\u0308rgen Mu\u0308ller"]


def test_a_registered_name_is_known_without_its_umlauts() -> None:
    assert found(lambda text: people(text, ("Jürgen Müßig",)), "Danke, Juergen Muessig!") == []


def test_every_name_of_a_list_is_found() -> None:
    text = "Anna Kranich, Ben Trost und Frau Vorlage"
    assert found(people, text) == ["Anna Kranich", "Ben Trost", "Frau Vorlage"]


@pytest.mark.parametrize(
    "text",
    [
        "Willy-Brandt-Straße, Konrad-Adenauer-Platz und Theodor-Heuss-Brücke",
        "Anne-Frank-Schule, Hannah-Arendt-Gymnasium, Rosa-Luxemburg-Stiftung",
        "Alfred Nobel Schule und Paul Gerhardt Haus",
        "Dr.-Karl-Renner-Platz, Dr. Wilhelm Külz Straße",
        "Willy-Brandt- und Konrad-Adenauer-Straße",
        "Tickets bei der Peter Meier GmbH",
        "Sankt Peter Ording und St. Martin Umzug",
        "Sturm Sabine Warnung",
        "Frankfurt am Main, Bad Homburg, Halle (Saale)",
        "Sehr geehrte Damen und Herren, liebe Nachbarn",
        "Im Kino läuft Herr der Ringe.",
        "Eine Frau Mitte 40 wurde verletzt.",
        "Frau und Herr des Hauses",
        "Sehr geehrte Frau Ministerin, sehr geehrter Herr Präsident",
        "Wir suchen: Leiterin Bauamt, Sprecher Jugendrat, Leitung Kita",
        "Lena Fotos zeigen, Tim Fragen stellen",
        "Hallo, hier ist Tim von der Pressestelle und Lena von der Feuerwehr.",
        "Ernst Lage, Rosa Luftballons, Urban Gardening, Mark Brandenburg, Mai Ausflug",
        "Am Freitag im August oder Mai. Nikolaus Markt",
        "Amt für Familie Jugend und Sport",
        "Sagen Sie es z. B. Koch oder Küche; Abschnitt A. Termine; Klinik Maria Hilf",
        "Mo. bis Fr. Termine nach Vereinbarung",
        "Anna und Ben spielen im Park.",
        "Konzert mit Werken von Johann Sebastian Bach und Clara Schumann",
        "Elisabeth Selbert, Friederike Nadig, Helene Weber und Helene Wessel",
        "Beim Spielenachmittag warten Mario Kart und Brettspiele.",
        "Ramazan Bayramınız kutlu olsun!",
        "Lesetipp: „Die Wand“ von Marlen Haushofer",
        "Eine Ausstellung über Sophie Scholl und Willy Brandt",
        "Das Amt für Bürger in der Stadt am Rathaus",
        "#AnnaKranich @anna.kranich anna.kranich@amt.example",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    assert found(people, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Urkunde_Hannelore_Kranich.pdf", "Hannelore_Kranich"),
        ("siehe media/portrait-mehmet-yildirim-2026.jpg", "mehmet-yildirim"),
        ("FotoAnnaKranich.JPG", "AnnaKranich"),
        ("Bescheid_Mustermann.pdf", "Mustermann"),
        ("https://amt.example/ehrung?name=Anna+Kranich&jahr=2026", "Anna+Kranich"),
        ("https://amt.example/x?filename=Anna%20Kranich", "Anna%20Kranich"),
    ],
)
def test_names_in_file_names_and_parameters_are_names(text: str, name: str) -> None:
    assert found(people, text) == [name]


@pytest.mark.parametrize(
    "text",
    ["sommer-im-park.jpg", "foto_stein.jpg", "willy-brandt-straße.png", "sophie-scholl.jpg", "anna-seghers-schule.pdf",
     "lena-fotos.zip", "amt.example/anna-kranich", "Mustermann_Bescheid", "beispiel@amt.example.png"],
)  # fmt: skip
def test_other_file_names_and_links_hold_no_names(text: str) -> None:
    assert found(people, text) == []


def test_a_name_of_the_register_is_silent_in_file_names_too() -> None:
    assert people("portrait-sabine-muster.jpg", REGISTER) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Sabine Muster eröffnet",
        "Dr. Sabine Muster eröffnet",
        "S. Muster",
        "Frau Dr. Muster eröffnet",
        "Landrätin Muster eröffnet",
        "Sabine Musters Rede",
        "SABINE MUSTER",
        "Herr Karl-Heinz Probst",
        "Herr Probst",
        "Jan van Beispiel und Herr van Beispiel",
    ],
)
def test_names_of_the_register_are_silent(text: str) -> None:
    assert people(text, REGISTER) == ()


@pytest.mark.parametrize("text", ["Peter Muster", "Frau Musterfrau", "Sabine Meister", "Herr van Beispielen"])
def test_another_name_is_no_name_of_the_register(text: str) -> None:
    assert [text[hit.start : hit.end] for hit in people(text, REGISTER)] == [text]


@pytest.mark.parametrize("known", [("",), (" ",), ("123",), ("Dr.",)])
def test_an_entry_without_a_name_silences_nothing(known: tuple[str, ...]) -> None:
    assert len(people("Frau Kranich", known)) == 1


@pytest.mark.parametrize("name", ["first_names", "surnames", "not_surnames", "historic_people", "named_after_people"])
def test_lists_are_written_as_names_are_looked_up(name: str) -> None:
    for entry in entries(name):
        plain = entry.removesuffix("?")
        assert plain == " ".join(map(key, plain.split(" "))), entry
