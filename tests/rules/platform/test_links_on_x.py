"""Links on X: those that two sentences make, and what a link costs."""

import pytest

from kanal.model import Variant
from kanal.rules.platform.link_price import check as link_price
from kanal.rules.platform.missing_blank import check as missing_blank
from tests.rules.drafted import found, words

ON_X = {"channels": ("x", "mastodon")}
LINK = "https://www.bund.de/k12"


@pytest.mark.parametrize(
    ("text", "glued", "apart"),
    [
        ("Es ist vorbei.So geht es weiter.", "vorbei.So", "vorbei. So"),
        ("Die Straße ist zu.Es gibt eine Umleitung.", "zu.Es", "zu. Es"),
        ("Das Fest endet.Am Montag", "endet.Am", "endet. Am"),
    ],
)
def test_two_sentences_without_a_blank_are_set_apart(text: str, glued: str, apart: str) -> None:
    (one,) = found(missing_blank, text, draft=ON_X)
    assert (one.field, one.words, one.instead) == ("text", glued, apart)


@pytest.mark.parametrize(
    "text", ["Mehr auf bund.de/so", "z.B. so", "Es ist vorbei. So geht es weiter.", "BUND.DE", "8.00 Uhr"]
)
def test_real_addresses_and_abbreviations_are_left_alone(text: str) -> None:
    assert words(missing_blank, text, draft=ON_X) == []


def test_only_what_goes_to_x_is_looked_at() -> None:
    glued = "Es ist vorbei.So geht es weiter."
    assert words(missing_blank, glued) == []
    assert words(missing_blank, glued, draft={**ON_X, "variants": {"x": Variant(text="Vorbei.")}}) == []
    (one,) = found(missing_blank, "Kurz.", draft={**ON_X, "variants": {"x": Variant(text=glued)}})
    assert one.field == "variants.x.text"


def test_the_price_of_a_link_is_named_at_the_link() -> None:
    (one,) = found(link_price, "Gesperrt.", draft={**ON_X, "link": LINK})
    assert one.field == "link"
    assert "0.200 US dollars with the link, and 0.015 without" in one.said
    (one,) = found(link_price, f"Gesperrt, siehe {LINK}.", draft=ON_X)
    assert (one.field, one.words) == ("text", LINK)


def test_where_there_is_no_link_or_no_price_nothing_is_said() -> None:
    assert found(link_price, "Gesperrt.", draft=ON_X) == []
    assert found(link_price, "Gesperrt.", draft={"channels": ("mastodon",), "link": LINK}) == []
    assert found(link_price, "Es ist vorbei.So geht es weiter.", draft=ON_X) == []


def test_a_link_for_others_only_costs_nothing() -> None:
    variants = {"mastodon": Variant(link=LINK)}
    assert found(link_price, "Gesperrt.", draft={**ON_X, "variants": variants}) == []
    (one,) = found(link_price, "Gesperrt.", draft={**ON_X, "variants": {"x": Variant(link=LINK)}})
    assert one.field == "variants.x.link"
