import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.text.numbers import Number, in_numbers, longest, numbers
from kanal.text.pattern import Pattern

TEXTS = st.text(alphabet="0129 .,-/%aZäß²\n(", max_size=60)


def test_a_number_is_one_however_it_is_grouped() -> None:
    text = "Tel. 030 / 23 125-940, Zimmer 7; IBAN DE02 1203"
    assert [text[number.start : number.end] for number in numbers(text)] == ["030 / 23 125-940", "7", "02 1203"]
    assert [number.digits for number in numbers(text)] == [11, 1, 6]
    assert longest(text) == 11


def test_a_text_without_digits_has_no_numbers() -> None:
    assert numbers("Zwölf Boxkämpfer") == ()
    assert longest("") == 0


@given(TEXTS)
def test_every_digit_stands_in_exactly_one_number(text: str) -> None:
    found = numbers(text)
    inside = [index for number in found for index in range(number.start, number.end)]
    assert len(set(inside)) == len(inside)
    assert {index for index, sign in enumerate(text) if sign in "0129"} <= set(inside)
    assert all(isinstance(number, Number) and text[number.start] in "0129" for number in found)


@pytest.mark.parametrize(
    ("source", "beyond"),
    [
        (r"[0-9](?![0-9])", 1),
        (r"[0-9]{2}\.?", 1),
        (r"(?<!a)[0-9](?:[ .]?[0-9]){0,3}(?![a-z])", 1),
        (r"[0-9]+ ?[aZ]", 2),
    ],
)
@given(text=TEXTS)
def test_searching_in_numbers_finds_what_searching_everywhere_finds(source: str, beyond: int, text: str) -> None:
    expected = [found.span() for found in re.finditer(source, text)]
    assert [found.span() for found in in_numbers(Pattern(source), text, beyond)] == expected


@given(TEXTS)
def test_a_sign_that_each_match_has_changes_nothing(text: str) -> None:
    dotted = Pattern(r"[0-9](?<![0-9].)[0-9]?\.(?:[0-9]|a)?")
    with_sign = [match.span() for match in in_numbers(dotted, text, 2, ".")]
    assert with_sign == [match.span() for match in re.finditer(dotted._source, text)]
