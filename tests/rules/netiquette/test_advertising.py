import pytest

from kanal.rules.netiquette.advertising import check
from tests.rules.drafted import words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sparen Sie mit dem Rabattcode WINTER26.", "Rabattcode"),
        ("Mit dem Code HEIZEN20 wird es billiger.", "Mit dem Code HEIZEN20"),
        ("Jetzt Reifen kaufen bei Auto Beispiel!", "Jetzt Reifen kaufen bei"),
        ("Die besten Brötchen gibt es bei der Beispiel Backwaren GmbH.", "besten"),
        ("Wir empfehlen die Firma Muster.", "Wir empfehlen die Firma"),
        ("Unsere Wärmepumpe kommt von der Muster AG, dem Marktführer.", "Marktführer"),
        ("Schauen Sie mal.\n#Werbung", "#Werbung"),
    ],
)
def test_advertising_is_found(text: str, said: str) -> None:
    assert words(check, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "Die Arbeiten führt die Muster Bau GmbH aus.",
        "Die Muster GmbH hat der Bibliothek 200 Bücher gespendet. Vielen Dank!",
        "Karten kaufen Sie bei der Touristinformation, den besten Blick hat man vom Rang.",
        "Die AG Klimaschutz empfiehlt: Rad fahren.",
        "Die beste gGmbH im Ehrenamt wird geehrt.",
        "Der QR-Code führt zum Antrag. Der Barcode steht auf dem Ausweis.",
        "Kaufen Sie den Wertstoffsack bei der Gemeinde. Das Amtsgericht (AG) prüft.",
        "Die bestehende Leitung der Muster GmbH bleibt. Bestellungen nimmt die Muster AG an.",
        "Die Verkehrsbetriebe Muster GmbH empfehlen, früh zu kommen. Karten kaufen Sie bei der Muster KG.",
        "Energieberatung: Wir empfehlen einen Termin. #Advent",
    ],
)
def test_companies_at_work_and_own_offers_are_no_advertising(text: str) -> None:
    assert words(check, text) == []


def test_the_offices_own_companies_may_be_praised() -> None:
    text = "Die besten Tarife gibt es bei der Stadtwerke Musterstadt GmbH."
    assert words(check, text) == ["besten"]
    assert words(check, text, own=("Stadtwerke Musterstadt",)) == []


def test_the_office_adds_words() -> None:
    assert words(check, "Ein Supersparangebot!", words=("Supersparangebot",)) == ["Supersparangebot"]
