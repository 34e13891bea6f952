"""Mastodon's way to count."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from kanal.text import mastodon_length

COUNTED = {
    "": 0,
    "Grüße": 5,
    "Gru\u0308ße": 5,
    "a\r\nb": 3,
    "a\n\nb": 4,
    "„Wort“ – … €": 12,
    "👩‍👩‍👧‍👦👍🏽🇩🇪1️⃣": 4,
    "https://www.bund.de/sehr/lang?und=noch&viel#laenger": 23,
    "http://a.de": 23,
    "https://bund.de/Übersicht!": 24,
    "https://localhost/a": 19,
    "example.de": 10,
    "ftp://example.de": 16,
    "@amt@social.bund.de": 4,
    "@amt@social.bund.de: Hallo": 11,
    "amt@social.bund.de": 18,
    "@amt": 4,
    "@amt@https://bund.de": 20,
}


@pytest.mark.parametrize(("text", "length"), COUNTED.items())
def test_examples_count_as_by_hand(text: str, length: int) -> None:
    assert mastodon_length(text) == length


@given(st.text(max_size=40).filter(lambda text: "@" not in text and "://" not in text))
def test_text_without_links_counts_its_grapheme_clusters(text: str) -> None:
    assert mastodon_length(text) == len(regex.findall(r"\X", text))


def test_the_short_way_agrees_with_grapheme_clusters_for_every_character_of_europe() -> None:
    texts = (f"a{chr(code)}\n{chr(code)}" for code in range(0x2C00))
    wrong = [text for text in texts if mastodon_length(text) != len(regex.findall(r"\X", text))]
    assert wrong == []


def test_the_short_way_agrees_with_grapheme_clusters_for_pairs_of_emoji() -> None:
    text = "".join(chr(code) * 2 for code in range(0x1F300, 0x1FB00))
    assert mastodon_length(text) == len(regex.findall(r"\X", text))
