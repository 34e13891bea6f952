from kanal.rules.language.nominal_style import check
from tests.rules.drafted import found, words

CHAIN = "Die Durchführung der Sanierung erfolgt nach Abstimmung mit der Bahn."


def test_a_chain_of_deeds_in_one_sentence_is_found() -> None:
    [one] = found(check, f"Wir bauen. {CHAIN} Es geht los.")
    assert one.words == CHAIN
    assert one.said.startswith("3 nouns")


def test_deeds_in_several_sentences_are_no_chain() -> None:
    assert words(check, "Die Sanierung beginnt. Die Sperrung dauert an. Die Abstimmung läuft.") == []


def test_things_places_and_people_are_no_deeds() -> None:
    text = (
        "Die Verwaltung lädt die Bevölkerung zu Ausstellungen, Führungen, Sitzungen und Veranstaltungen im Stadion ein."
    )
    assert words(check, text) == []
    assert words(check, "Die Zeitung in der Wohnung nennt die Million der Region eine Sehenswürdigkeit.") == []


def test_the_option_sets_the_number() -> None:
    assert words(check, CHAIN, count=4) == []
    assert words(check, "Die Sperrung folgt der Planung.", count=2) == ["Die Sperrung folgt der Planung."]
