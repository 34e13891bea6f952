import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kanal.text.signs import highest, small


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
