import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.prose.words import bare, folded, vocabulary


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Mehr: https://a.example/b?c=d, auch www.b.example.", ["Mehr:", ",", "auch", "."]),
        ("#Eins und #Zwei_Drei!", ["und", "!"]),
        ("@amt@social.example schreibt {@feuerwehr}", ["schreibt"]),
        ("An presse@landkreis.example bitte", ["An", "bitte"]),
        ("C# und 5 @ 3", ["C#", "und", "5", "@", "3"]),
    ],
)
def test_what_is_no_word_becomes_blank(text: str, kept: list[str]) -> None:
    assert bare(text).split() == kept


@given(st.text(alphabet=st.sampled_from("a#@.:/ {}htps") | st.characters()))
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(bare(text)) == len(text)


def test_words_are_the_same_however_they_are_written() -> None:
    assert vocabulary("Straße KRU\u0308PPEL 12 x9") == {"strasse", folded("Krüppel"), "x"}
