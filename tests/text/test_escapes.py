"""Whether a link says what a browser shows, and each sign of that is known by where it is written."""

from itertools import pairwise
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.text.escapes import escaped_words, unescaped


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://a.example/?q=Bahnhofstra%C3%9Fe%2017", "https:\n\na.example\n\nq\nBahnhofstraße 17"),
        ("https://a.example/a+b?q=a+b%2Bc", "https:\n\na.example\na+b\nq\na b+c"),
        ("https://a.example/12%2F3&4%3F", "https:\n\na.example\n12/3\n4?"),
        ("https://a.example/%e4%F6", "https:\n\na.example\näö"),
        ("https://a.example/?tel=+49%2030&q=a+b", "https:\n\na.example\n\ntel\n+49 30\nq\na b"),
        ("https://g.example/maps/place/Am+Markt/@52", "https:\n\ng.example\nmaps\nplace\nAm Markt\n@52"),
        ("tel:+49%20171%203920042", "tel:+49 171 3920042"),
        ("https://a.example/%F0%9F%9A%92!", "https:\n\na.example\n🚒!"),
    ],
)
def test_a_link_says_what_its_escapes_mean(link: str, said: str) -> None:
    found = unescaped(link)
    assert found is not None
    assert found.text == said
    assert found.begins[-1] == len(link)


@pytest.mark.parametrize("link", ["https://a.example/b", "50%", "100 %ig", "a+b", "%zz", ""])
def test_what_says_just_what_is_written_is_nothing_new(link: str) -> None:
    assert unescaped(link) is None


def test_every_word_with_escapes_is_told_with_its_place() -> None:
    text = "50 % mehr\n(tel:0171%20392) Am+Markt a%40b"
    assert [(start, word.text) for start, word in escaped_words(text)] == [(10, "(tel:0171 392)"), (36, "a@b")]


_signs = st.characters(exclude_categories=["Cs"])


@given(st.text(_signs), st.text(_signs), st.text(_signs))
def test_each_sign_is_known_by_where_it_is_written(before: str, words: str, behind: str) -> None:
    link = _without(before) + quote(words, safe="") + _without(behind)
    found = unescaped(link)
    if found:
        assert len(found.begins) == len(found.text) + 1
        assert found.text == "".join(
            unquote(link[start:end]) if link[start:end] not in "/?#&=;" else "\n"
            for start, end in pairwise(found.begins)
        )
    else:
        assert unquote(link) == link


def _without(text: str) -> str:
    return text.replace("+", "").replace("%", "")


@given(st.text(st.sampled_from("%+?aF09")))
def test_no_sign_is_lost_or_stands_behind_the_next(link: str) -> None:
    found = unescaped(link)
    if found:
        assert list(found.begins) == sorted(set(found.begins))
        assert (found.begins[0], found.begins[-1]) == (0, len(link))
