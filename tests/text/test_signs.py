import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.text.signs import highest


@given(st.text())
def test_the_highest_sign_beyond_latin_1_is_found(text: str) -> None:
    assert highest(text) == max(text + "ÿ")


@pytest.mark.parametrize(
    ("text", "sign"), [("", "ÿ"), ("Straße", "ÿ"), ("„Ja“", "„"), ("★ – 😀 …", "😀"), ("\ud800", "\ud800")]
)
def test_a_text_within_latin_1_counts_as_its_last_sign(text: str, sign: str) -> None:
    assert highest(text) == sign
