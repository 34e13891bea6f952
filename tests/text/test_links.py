"""Where X and Mastodon see links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.text import Link, find_links
from kanal.text.links import web_links


def test_a_link_knows_where_it_stands_and_whether_it_has_a_protocol() -> None:
    text = "Mehr: https://bund.de/a. Oder bund.de."
    assert find_links(text) == (
        Link(6, 23, "https://bund.de/a", has_protocol=True),
        Link(30, 37, "bund.de", has_protocol=False),
    )


def test_a_missing_blank_after_a_full_stop_makes_a_link() -> None:
    assert find_links("Das ist vorbei.So ist es.") == (Link(8, 17, "vorbei.So", has_protocol=False),)


@pytest.mark.parametrize("text", ["z.B.", "info@stadt.de", "#stadt.de", "Ende.Danach", "8.00-12.00", "S.2", ".de"])
def test_abbreviations_addresses_and_times_are_no_links(text: str) -> None:
    assert find_links(text) == ()


def test_without_protocol_only_the_latin_part_of_a_name_is_the_link() -> None:
    assert [link.url for link in find_links("日本example.de/seite")] == ["example.de/seite"]


def test_a_protocol_behind_letters_that_are_not_ascii_starts_a_link() -> None:
    assert [link.url for link in find_links("👍https://bund.de")] == ["https://bund.de"]


def test_a_shortened_link_ends_with_its_slug() -> None:
    assert [link.url for link in find_links("https://t.co/Ab1é")] == ["https://t.co/Ab1"]


@given(st.text(alphabet="aü.:/de(), @#-_?ht ps👍\n", max_size=60))
def test_links_lie_in_order_apart_and_where_they_say(text: str) -> None:
    for find in (find_links, web_links):
        position = 0
        for link in find(text):
            assert position <= link.start < link.end <= len(text)
            assert text[link.start : link.end] == link.url
            position = link.end


def test_mastodon_sees_links_with_protocol_only() -> None:
    found = web_links("bund.de, https://bund.de/Übersicht!, http://bund.de/x.(b)")
    assert [link.url for link in found] == ["https://bund.de/Übersicht", "http://bund.de/x.(b)"]
