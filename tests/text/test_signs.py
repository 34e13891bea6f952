import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kanal.text.signs import has_capitals_in_a_row, highest, small


@given(st.text())
def test_the_highest_sign_beyond_latin_1_is_found(text: str) -> None:
    assert highest(text) == max(text + "ÿ")


@pytest.mark.parametrize(
    ("text", "sign"), [("", "ÿ"), ("Straße", "ÿ"), ("„Ja“", "„"), ("★ – 😀 …", "😀"), ("\ud800", "\ud800")]
)
def test_a_text_within_latin_1_counts_as_its_last_sign(text: str, sign: str) -> None:
    assert highest(text) == sign


LATIN_1 = st.characters(max_codepoint=0xFF)


@given(st.text() | st.text(LATIN_1) | st.text(LATIN_1.filter(lambda sign: sign != "µ")))
@example("STRASSE ÄÖÜ Straße".join(map(chr, range(256))))
@example("".join(sign for sign in map(chr, range(256)) if sign != "µ"))
def test_small_letters_are_those_of_unicode(text: str) -> None:
    assert small(text) == text.casefold()


@pytest.mark.parametrize(
    ("text", "longest"),
    [("Das Amt", 1), ("Die NINA-App", 5), ("A, B – Ö!", 3), ("ÄRGER", 5), ("„ZU“ и ZU", 4), ("12", 0), ("", 0)],
)
def test_capitals_stand_in_a_row_if_no_small_letter_stands_between_them(text: str, longest: int) -> None:
    assert [has_capitals_in_a_row(text, number) for number in range(1, 7)] == [n <= longest for n in range(1, 7)]


@given(st.text(alphabet=st.sampled_from("AÖßaz 1–,\n") | st.characters()), st.integers(1, 4))
def test_an_expression_would_say_the_same(text: str, number: int) -> None:
    expression = rf"[A-ZÄÖÜ](?:[^A-ZÄÖÜa-zäöüß]*[A-ZÄÖÜ]){{{number - 1}}}"
    assert has_capitals_in_a_row(text, number) == (re.search(expression, text) is not None)
