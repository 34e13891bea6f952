"""An answer is read as people type it: names and codes, both languages, any signs between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.cli.beginning.lands import LANDS
from kanal.cli.beginning.question import QUESTIONS
from kanal.cli.beginning.reading import read_land, read_networks, read_website
from kanal.config.office import STATES
from kanal.errors import UsageError


def test_every_land_of_the_configuration_can_be_answered() -> None:
    assert tuple(LANDS) == STATES


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("BY", "BY"),
        ("by", "BY"),
        (" Bayern ", "BY"),
        ("bavaria", "BY"),
        ("thüringen", "TH"),
        ("none", "none"),
        ("Bund", "none"),
    ],
)
def test_a_land_is_known_by_code_and_by_name_in_both_languages(typed: str, read: str) -> None:
    assert read_land(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("X; Mastodon", "mastodon,x"),
        ("alle", "mastodon,x,facebook,instagram"),
        ("instagram instagram", "instagram"),
    ],
)
def test_networks_are_read_with_any_sign_between_them_and_put_in_order(typed: str, read: str) -> None:
    assert read_networks(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://www.Musterstadt.de/aktuelles?x=1", "www.musterstadt.de"),
        ("musterstadt.de", "musterstadt.de"),
        ("www.münster.de", "www.münster.de"),
        ("", ""),
    ],
)
def test_a_website_is_read_as_typed_in_a_browser(typed: str, read: str) -> None:
    assert read_website(typed) == read


@pytest.mark.parametrize("typed", ["Musterstadt", "keine", "www..de", "-a.de", "http://", "a@b", "1.2.3.4"])
def test_what_is_no_web_address_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="no web address"):
        read_website(typed)


@given(st.text())
def test_any_text_is_read_or_refused_and_what_was_read_reads_the_same_again(text: str) -> None:
    for question in QUESTIONS:
        try:
            read = question.read(text)
        except UsageError:
            continue
        assert question.read(read) == read
