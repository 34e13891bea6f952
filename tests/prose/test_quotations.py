import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.prose.quotations import LONGEST, quotations, unquoted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Sie sagt „Guten Tag“ und »Auf Wiedersehen«.", ["Guten Tag", "Auf Wiedersehen"]),
        ('Er sagt "Hallo", dann «Salut» und “Hello”.', ["Hallo", "Salut", "Hello"]),
        ('Gemischt: „Hallo"', ["Hallo"]),
        ("„eins“ und „zwei“", ["eins", "zwei"]),
        ("5 > 3 « offen „nie geschlossen", []),
        (f"„{'x' * (LONGEST + 1)}“", []),
    ],
)
def test_quotations_are_found_in_their_marks(text: str, said: list[str]) -> None:
    assert [quotation.words for quotation in quotations(text)] == said


@given(st.text(alphabet=st.sampled_from('a „“”"»«\n') | st.characters()))
def test_places_hold_in_any_text(text: str) -> None:
    assert len(unquoted(text)) == len(text)
    for quotation in quotations(text):
        assert quotation.words == text[quotation.start + 1 : quotation.end - 1]
