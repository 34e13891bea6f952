import pytest

from kanal.rules.language.odd_blanks import check
from tests.rules.drafted import found


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Das\u00a0Bürgerbüro", "Das Bürgerbüro"),
        ("Das\u00a0 Bürgerbüro", "Das Bürgerbüro"),
        ("Das Bürgerbüro\u00a0\nöffnet", "Das Bürgerbüro\nöffnet"),
        ("Bürger\u200bbüro und Bürger\u00adamt", "Bürgerbüro und Bürgeramt"),
        ("\ufeffDas\u2003Amt", "Das Amt"),
    ],
)
def test_what_a_word_processor_left_is_replaced(text: str, fixed: str) -> None:
    for one in found(check, text):
        assert one.instead is not None
        text = text.replace(one.words, one.instead, 1)
    assert text == fixed


@pytest.mark.parametrize(
    "text",
    [
        "um 8\u00a0Uhr",
        "z.\u00a0B. heute",
        "§\u00a022 AGO",
        "10\u202f000",
        "5\u202f%",
        "Dr.\u00a0Muster",
        "👨\u200d👩\u200d👧",
    ],
)
def test_good_typography_is_left_alone_unless_strict(text: str) -> None:
    assert found(check, text) == []
    assert bool(found(check, text, strict=True)) is ("\u200d" not in text)
