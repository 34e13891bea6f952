"""Recognising an own post after a network has rewritten it, and never another one for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.text import comparable, plain

OURS = "Müll & Papier:\n\nMehr auf https://www.bund.de/DE/lang?a=1 und bund.de. Danke, @amt@social.bund.de!"


@pytest.mark.parametrize(
    "theirs",
    [
        OURS,
        "Müll &amp; Papier:\n\nMehr auf https://t.co/Ab1 und https://t.co/Cd2. Danke, @amt!",
        "Mu\u0308ll & Papier: Mehr auf https://www.bund.de/DE/lang?a=1 und bund.de. Danke, @amt@social.bund.de! \n",
        "Müll & Papier:\u00a0Mehr auf bund.de/DE/la… und bund.de. Danke, @amt@social.bund.de!",
    ],
)
def test_what_a_network_makes_of_a_text_compares_equal(theirs: str) -> None:
    assert comparable(theirs) == comparable(OURS)


@pytest.mark.parametrize(
    "other",
    [
        OURS.replace("Papier", "Pappe"),
        OURS.replace("Danke", "danke"),
        OURS.replace("@amt@social.bund.de", "@kreis@social.bund.de"),
        OURS.replace(" und bund.de", ""),
        OURS.replace("!", "."),
        OURS + " 2",
        OURS + " #Müll",
    ],
)
def test_another_word_number_tag_sign_or_link_is_another_text(other: str) -> None:
    assert comparable(other) != comparable(OURS)


def test_a_number_is_not_a_link_and_stays() -> None:
    assert comparable("Ab 8.00 Uhr") != comparable("Ab 9.00 Uhr")


@given(st.lists(st.sampled_from(["Wort", "&", "<", "a<b", "bund.de", "https://bund.de/ä", "👍", "#Tag", "8.00", "…"])))
def test_escaping_as_x_does_it_and_comparing_again_changes_nothing(words: list[str]) -> None:
    text = " ".join(words)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert comparable(escaped) == comparable(text) == comparable(comparable(text))


def test_mastodons_html_becomes_the_text_again() -> None:
    html = (
        '<p>M&uuml;ll &amp; Papier:</p><p>Mehr auf <a href="https://www.bund.de/DE/lang?a=1" rel="nofollow">'
        '<span class="invisible">https://www.</span><span class="ellipsis">bund.de/DE/la</span>'
        '<span class="invisible">ng?a=1</span></a> und bund.de.<br />Danke, <span class="h-card">'
        '<a href="https://social.bund.de/@amt" class="u-url mention">@<span>amt</span></a></span>!</p>'
    )
    text = plain(html)
    assert text == "Müll & Papier:\n\nMehr auf https://www.bund.de/DE/lang?a=1 und bund.de.\nDanke, @amt!"
    assert comparable(text) == comparable(OURS)


def test_a_smaller_than_sign_in_mastodons_html_is_kept() -> None:
    assert plain("<p>5 &lt; 6 &lt;b&gt;</p>") == "5 < 6 <b>"
