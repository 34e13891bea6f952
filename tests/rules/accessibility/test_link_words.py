import pytest

from kanal.rules.accessibility.link_words import check
from tests.rules.drafted import words

LINK = "https://www.landkreis-musterland.example/wohngeld"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Das Wohngeld steigt. Mehr Infos hier: {LINK}", "Mehr Infos hier"),
        (f"Das Wohngeld steigt. Klicken Sie hier {LINK}", "Klicken Sie hier"),
        (f"Das Wohngeld steigt.\n➡️ Hier geht es weiter: {LINK}", "Hier geht es weiter"),
        (f"Das Wohngeld steigt. Zum Link: {LINK}", "Zum Link"),
    ],
)
def test_a_link_announced_by_here_alone_is_found(text: str, said: str) -> None:
    assert words(check, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        f"Den Antrag auf Wohngeld finden Sie hier: {LINK}",
        f"Hier wohnt die Landrätin: {LINK}",
        f"Alle Termine der Bibliothek: {LINK}",
        "Mehr Infos hier im Bürgerbüro. Hier!",
    ],
)
def test_words_that_say_more_and_texts_without_links_are_fine(text: str) -> None:
    assert words(check, text) == []


def test_the_link_of_the_draft_counts_as_well() -> None:
    assert words(check, "Das Wohngeld steigt. Mehr dazu hier.", draft={"link": LINK}) == ["Mehr dazu hier"]
