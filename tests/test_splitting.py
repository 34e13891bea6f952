"""Long texts become threads that say the same, each part complete in itself and numbered."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.splitting import split

NUMBER = re.compile(r" \((\d+)/(\d+)\)\Z")
SENTENCES = (
    "Die Kreisstraße 12 ist ab Montag gesperrt.",
    "Eine Umleitung ist ausgeschildert!",
    "Wie lange dauert es?",
    "Bis zum 12. Dezember, so ist es geplant.",
    "Die Arbeiten kosten 120.000 Euro, z. B. für den Belag.",
    "Mehr dazu: https://www.landkreis-musterland.example/k12 #Verkehr",
)


def bare(parts: tuple[str, ...]) -> list[str]:
    return [NUMBER.sub("", part) for part in parts]


def test_it_is_split_where_sentences_end_and_numbered() -> None:
    text = " ".join(SENTENCES[:3])
    assert split(text, lambda _, part: len(part) <= 61) == (
        "Die Kreisstraße 12 ist ab Montag gesperrt. (1/2)",
        "Eine Umleitung ist ausgeschildert! Wie lange dauert es? (2/2)",
    )


def test_an_ordinal_an_abbreviation_and_a_colon_end_no_sentence() -> None:
    parts = split(" ".join(SENTENCES[3:]), lambda _, part: len(part) <= 75)
    assert bare(parts) == list(SENTENCES[3:])


def test_what_cannot_be_split_is_not_cut() -> None:
    assert split("Ein Satz, der für sich allein schon zu lang ist. Kurz.", lambda _, part: len(part) <= 20) == ()
    assert split("Kurz. " * 30, lambda _, part: len(part) <= 14) == ()


@given(st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=20), st.sampled_from([" ", "\n\n", "\n"]), st.data())
def test_the_parts_say_what_the_text_said_and_fit(sentences: list[str], between: str, data: st.DataObject) -> None:
    limit, less = data.draw(st.integers(75, 300)), data.draw(st.integers(0, 5))
    parts = split(between.join(sentences), lambda number, part: len(part) <= limit - less * (number == 1))
    assert all(len(part) <= limit for part in parts)
    if parts:
        assert re.sub(r"\s+", " ", " ".join(bare(parts))) == " ".join(sentences)
        numbers = [NUMBER.search(part) for part in parts]
        assert [found and (int(found[1]), int(found[2])) for found in numbers] == [
            (number, len(parts)) for number in range(1, len(parts) + 1)
        ]


@pytest.mark.parametrize("text", ["", " ", "Kurz.", "#Verkehr"])
def test_a_single_sentence_is_no_thread(text: str) -> None:
    assert split(text, lambda _, part: len(part) <= 280) == ()
