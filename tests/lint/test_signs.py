"""What is written between quotation marks, read sign by sign as the parser reads it as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.lint.signs import signs, with_marks, written
from kanal.yaml12 import parse

FOLDS = [" ", "  ", "\t", "\n  ", "\r\n  ", "\n\n  ", "  \n \t \n  ", "\r  ", "\x85  ", "\u2028  ", "\u2029  \n  "]
DOUBLE = [
    *(
        "a",
        "ä",
        "😀",
        "'",
        "#",
        ":",
        "&",
        "\xa0",
        "\\/",
        '\\"',
        "\\\\",
        "\\ ",
        "\\n",
        "\\t",
        "\\_",
        "\\N",
        "\\L",
        "\\P",
    ),
    *("\\x26", "\\u00e4", "\\U0001F600", "\\\n  ", "\\\r\n  ", "\\\n\n  ", "\\\n  \\ ", "\\\u2028  "),
]
SINGLE = ["a", "ä", "😀", "''", '"', "#", ":", "\\", "\xa0"]


def _quoted(inner: str, quote: str) -> tuple[str, str]:
    """What the parser reads between the quotation marks, and what the signs say."""
    text = f"text: {quote}{inner}{quote} # {quote}"
    value = parse(text, "f.yaml").value
    assert isinstance(value, dict)
    return value["text"], "".join(sign.said for sign in signs(text, len("text: ") + 1, len(text), quote))


@given(st.lists(st.sampled_from([*DOUBLE, *FOLDS]), max_size=12).map("".join))
def test_escapes_and_folds_say_what_the_parser_says(inner: str) -> None:
    read, said = _quoted(inner, '"')
    assert said == read


@given(st.lists(st.sampled_from([*SINGLE, *FOLDS]), max_size=12).map("".join))
def test_single_quotes_say_what_the_parser_says(inner: str) -> None:
    read, said = _quoted(inner, "'")
    assert said == read


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"], exclude_characters="\ufeff\uffff\ufffe")
    )
)
def test_what_is_written_between_quotation_marks_is_read_again(words: str) -> None:
    for quote in ('"', "'"):
        assert _quoted(written(words, quote), quote) == (words, words)


@pytest.mark.parametrize(("quote", "source"), [('"', 'a\\x26b"c'), ("'", "a&b'c")])
def test_each_sign_knows_where_it_is_written_and_the_value_ends_at_its_mark(quote: str, source: str) -> None:
    found = list(signs(source, 0, len(source), quote))
    assert [sign.said for sign in found] == ["a", "&", "b"]
    assert "".join(source[sign.start : sign.end] for sign in found) == source[: source.index(quote)]


def test_a_mark_and_the_letter_below_it_are_one_sign() -> None:
    source = 'gru\\u0308ne Ho\u0308fe"'
    found = list(with_marks(signs(source, 0, len(source), '"')))
    assert "".join(sign.said for sign in found) == "gr\u00fcne H\u00f6fe"
    assert [source[sign.start : sign.end] for sign in found if sign.said in "\u00fc\u00f6"] == ["u\\u0308", "o\u0308"]
