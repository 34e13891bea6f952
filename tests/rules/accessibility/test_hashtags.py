"""Hashtags: their capitals, their number, their place."""

import pytest

from kanal.config.registers import Registers
from kanal.rules.accessibility.hashtag_case import check as case
from kanal.rules.accessibility.hashtag_in_sentence import check as in_sentence
from kanal.rules.accessibility.many_hashtags import check as many
from tests.rules.drafted import found, variant, words

OWN = Registers(hashtags=("NachtDerBibliothek", "#LandkreisMusterland", "Kreistag"))
SIX = "#a1 #b2 #c3 #d4 #e5 #f6"


def _fixed(text: str) -> str:
    for one in found(case, text, registers=OWN):
        assert one.instead is not None
        text = text.replace(f"#{one.words}", f"#{one.instead}", 1)
    return text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Umzug! #stadtverwaltungberlin", "Umzug! #StadtverwaltungBerlin"),
        ("Lesen: #nachtderbibliothek", "Lesen: #NachtDerBibliothek"),
        ("#landkreismusterland und #LANDKREISMUSTERLAND", "#LandkreisMusterland und #LandkreisMusterland"),
        ("#kreistag", "#Kreistag"),
    ],
)
def test_the_words_of_a_hashtag_get_their_capitals(text: str, fixed: str) -> None:
    assert _fixed(text) == fixed


@pytest.mark.parametrize(
    "text",
    [
        "#Tiergarten #Kreistagswahl #polizei110 #NachtDerBibliothek #Kreistag",
        "https://www.landkreis-musterland.example/seite#nachtderbibliothek",
        "C#kreistag &#8211; nachtderbibliothek",
    ],
)
def test_single_words_and_parts_of_links_are_left_alone(text: str) -> None:
    assert found(case, text, registers=OWN) == []


def test_too_many_hashtags_are_counted_at_the_first_that_is_too_many() -> None:
    [one] = found(many, f"Text {SIX}")
    assert one.words == "#f6"
    assert one.said.startswith("More than 5 hashtags tire those who listen; here are 6.")
    assert found(many, f"Text {SIX}", most=6) == []


def test_what_the_network_says_itself_is_not_said_twice() -> None:
    assert found(many, SIX, draft={"channels": ("instagram",)}) == []
    assert found(many, SIX, draft={"channels": ("mastodon", "instagram")}) == []
    draft = {"channels": ("mastodon", "instagram"), "variants": {"instagram": variant(SIX)}}
    assert [one.field for one in found(many, SIX, draft=draft)] == ["text"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Der #Kreistag tagt am Mittwoch.", ["#Kreistag"]),
        ("#Musterstadt feiert am Sonntag.", ["#Musterstadt"]),
        ("Wir lieben #Radfahren und #Lesen.\n#Freizeit", ["#Radfahren"]),
    ],
)
def test_a_hashtag_in_a_sentence_is_found(text: str, said: list[str]) -> None:
    assert words(in_sentence, text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Der Kreistag tagt. #Kreistag #Musterland 🏛️ https://a.example/b",
        "#Eilmeldung: Die Brücke ist gesperrt.",
        "Der Kreistag tagt.\n\n#Kreistag #Musterland\nBild: Landkreis",
        "Mehr unter https://a.example/seite#abschnitt heute.",
    ],
)
def test_hashtags_at_the_end_and_before_a_colon_are_fine(text: str) -> None:
    assert words(in_sentence, text) == []
