import pytest

from kanal.rules.language.placeholder import check
from tests.rules.drafted import found, picture, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Das Fest beginnt am XX.XX. um 18 Uhr.", ["XX.XX"]),
        ("Es beginnt um XX Uhr.", ["XX"]),
        ("Am XX. Dezember ist zu.", ["XX."]),
        ("Es kostet xx Euro, Termin: xx.xx.2026", ["xx", "xx.xx.2026"]),
        ("Herr XY freut sich.", ["XY"]),
        ("Das Fest beginnt um ?? Uhr.", ["??"]),
        ("Anmeldung bis ??.??.2026", ["??.??.2026"]),
        ("Wirklich?? Ja. Wann??", []),
        ("TODO: Text vom Bauamt", ["TODO"]),
        ("Lorem ipsum dolor sit amet", ["Lorem ipsum"]),
        ("Guten Tag [Name], Ihr Ausweis ist da.", ["[Name]"]),
        ("Termin: [Datum hier einfügen]", ["[Datum hier einfügen]"]),
        ("Melden Sie sich bei <hier Telefonnummer eintragen>.", ["<hier Telefonnummer eintragen>"]),
        ("Hallo {{vorname}}, {anrede}!", ["{{vorname}}", "{anrede}"]),
        ("Beginn: ____ Uhr", ["____"]),
        ("Am TT.MM.JJJJ geht es los.", ["TT.MM.JJJJ"]),
        ("Grußwort bitte ergänzen", ["bitte ergänzen"]),
    ],
)
def test_what_is_missing_is_found(text: str, said: list[str]) -> None:
    assert words(check, text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Die XX. Kulturtage beginnen am Freitag.",
        "Shirts gibt es von S bis XXL.",
        "Aktenzeichen XY … ungelöst sucht Zeugen.",
        "Danke an die {@feuerwehr}! [...] Mehr [auf Englisch].",
        "Wir suchen Verstärkung [m/w/d]. Mail: presse [at] landkreis.example",
        "Bitte ergänzen Sie Ihre Angaben im Portal.",
        "Alles < 5 Euro, Kinder > 6 Jahre, 3 < 4 hier > 2.",
        "#Bürger_innen und snake_case_namen",
        "Maxx Exxon Foxx tanzt. Todoist ist eine App.",
        "Im Platz hier: [1] und [2] sind Fußnoten.",
    ],
)
def test_what_only_looks_unfinished_is_left_alone(text: str) -> None:
    assert words(check, text) == []


def test_pictures_are_looked_at_too() -> None:
    [one] = found(check, draft={"media": (picture(alt="Foto von XX"),)})
    assert (one.field, one.words) == ("media[0].alt", "XX")
