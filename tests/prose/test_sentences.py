import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.prose.sentences import count_words, sentences


def _parts(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Das Amt ist zu. Wann öffnet es? Bald!", ["Das Amt ist zu.", "Wann öffnet es?", "Bald!"]),
        ("Am 12. Januar kommt z. B. Dr. Muster um ca. 8 Uhr.", ["Am 12. Januar kommt z. B. Dr. Muster um ca. 8 Uhr."]),
        ("Dr. Muster kommt. Prof. Beispiel auch.", ["Dr. Muster kommt.", "Prof. Beispiel auch."]),
        ("Das war 2026. Die Brücke steht.", ["Das war 2026.", "Die Brücke steht."]),
        ("Es ist der 3. Die Brücke steht.", ["Es ist der 3.", "Die Brücke steht."]),
        ("Bringen Sie mit: Ausweis und Foto", ["Bringen Sie mit:", "Ausweis und Foto"]),
        ("Um 18:30 Uhr, Abs. 3 Nr. 5 gilt.", ["Um 18:30 Uhr, Abs. 3 Nr. 5 gilt."]),
        ("Erstens\nZweitens\n\nDrittens", ["Erstens", "Zweitens", "Drittens"]),
        ("Die Zeile ist umbrochen\nund geht weiter.", ["Die Zeile ist umbrochen\nund geht weiter."]),
        ("„Wir bauen.“ Das sagt sie.", ["„Wir bauen.“", "Das sagt sie."]),
        ("Mehr: https://a.example/b.c?d=e. Kommen Sie!", ["Mehr:", "Kommen Sie!"]),
        ("#Eins #Zwei", []),
        ("12, 13 und 14", ["12, 13 und 14"]),
        ("", []),
    ],
)
def test_a_text_falls_into_its_sentences(text: str, parts: list[str]) -> None:
    stripped = [part.removesuffix("https://a.example/b.c?d=e.").strip() for part in _parts(text)]
    assert stripped == parts


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Das Bürgerbüro öffnet.", 3),
        ("Am 12. Januar 2027 um 8 Uhr", 4),
        ("Bürger*innen und Krimi-Rätsel", 3),
        ("Mit Feuerwehr, Polizei, dem Chor, Tanz und Spiel", 5),
        ("Wir sagen, dass es geht, und bleiben dabei", 8),
    ],
)
def test_numbers_and_the_items_of_a_list_are_no_words_to_keep_in_mind(sentence: str, count: int) -> None:
    assert count_words(sentence) == count


@given(st.text(alphabet=st.sampled_from('aBä .!?:;,\n\u00a0„“"#@1/x') | st.characters()))
def test_sentences_lie_in_order_inside_any_text(text: str) -> None:
    end = 0
    for sentence in sentences(text):
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        end = sentence.end
