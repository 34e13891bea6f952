"""Links: what follows readers, what hides where it leads, what belongs to strangers; each link is named by one rule."""

from pathlib import Path

import pytest

from kanal.config.registers import Registers
from kanal.model import Variant
from kanal.rules.privacy.hidden_link import check as hidden
from kanal.rules.privacy.third_party_service import check as third_party
from kanal.rules.privacy.tracking import check as tracking
from tests.rules.drafted import found, picture, words
from tests.rules.privacy.office import REGISTERS, with_pictures

CLEAN = "https://www.landkreis-musterland.example/termine?id=12"
DIRTY = f"{CLEAN}&utm_source=facebook"


@pytest.mark.parametrize(
    ("behind", "is_mended"), [("\u00ad&id=5", False), ("\u200b", False), ("\u00a0", True), ("…", True)]
)
def test_a_link_that_an_invisible_sign_cuts_off_is_not_mended_before_it_is_whole(
    behind: str, *, is_mended: bool
) -> None:
    (one,) = found(tracking, f"{DIRTY}{behind}")
    assert (one.instead is not None) == is_mended


def test_tracking_is_found_in_every_field_with_the_clean_link_instead() -> None:
    draft = {
        "link": DIRTY,
        "media": (picture(alt=f"Ein Plakat mit {DIRTY}"),),
        "variants": {"x": Variant(link=DIRTY)},
    }
    hits = found(tracking, f"Termine ({DIRTY}).", draft=draft)
    assert [one.field for one in hits] == ["text", "link", "variants.x.link", "media[0].alt"]
    assert {(one.words, one.instead) for one in hits} == {(DIRTY, CLEAN)}


@pytest.mark.parametrize(
    "url",
    [
        CLEAN,
        "https://www.landkreis-musterland.example/bi/vo020.asp?VOLFDNR=1234",
        "https://www.landkreis-musterland.example/suche?q=Wohngeld&ref=start",
        "https://www.youtube.com/watch?v=abcdefghijk&t=30s",
    ],
)
def test_what_a_page_needs_stays(url: str) -> None:
    assert words(tracking, url) == []


def test_captions_are_searched_but_not_rewritten(tmp_path: Path) -> None:
    captions = tmp_path / "a.vtt"
    captions.write_text(f"00:01 --> 00:02\nMehr unter {DIRTY}\n", encoding="utf-8")
    (one,) = found(tracking, draft=with_pictures(picture("a.mp4", captions=captions)))
    assert (one.field, one.words, one.instead) == ("media[0].captions", DIRTY, None)


def test_a_file_is_no_link() -> None:
    assert found(tracking, "Hallo", draft=with_pictures(picture("a.example?utm_source=x.jpg"))) == []


@pytest.mark.parametrize(
    "url",
    [
        "https://bit.ly/3AbCdEf",
        "bit.ly/kreisfest27",
        "https://t.co/AbCdEf1234",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.landkreis-musterland.example&fbclid=a",
        "https://www.google.com/url?q=https://www.landkreis-musterland.example/&utm_source=x",
        "https://maps.app.goo.gl/AbCdEf123",
    ],
)
def test_a_hidden_destination_is_said_once_whatever_else_is_wrong(url: str) -> None:
    text = f"Hier: {url}"
    assert words(hidden, text) == [url]
    assert words(tracking, text) == []
    assert words(third_party, text, more=("bit.ly Kurzlinks", "google.com Google", "t.co X")) == []


@pytest.mark.parametrize("url", ["https://youtu.be/abcdefghijk", "https://www.is-gd.example/netz", CLEAN])
def test_short_and_ordinary_addresses_that_say_where_they_lead_are_fine(url: str) -> None:
    assert words(hidden, url) == []


def test_a_third_partys_form_is_named() -> None:
    (one,) = found(third_party, "Zur Umfrage:", draft={"link": "https://docs.google.com/forms/d/e/abc/viewform"})
    assert (one.field, one.said.split(" belongs")[0]) == ("link", "Google Forms")


def test_the_offices_own_hosts_and_rented_services_are_no_third_parties() -> None:
    text = "Zur Umfrage: https://landkreis.limesurvey.net/12"
    assert words(third_party, text) == ["https://landkreis.limesurvey.net/12"]
    assert words(third_party, text, own=("landkreis.limesurvey.net",)) == []
    assert words(third_party, text, registers=Registers(domains=("limesurvey.net",))) == []


def test_an_office_can_add_services() -> None:
    text = "Zum Quiz: https://www.quiz.example/12"
    assert words(third_party, text, registers=REGISTERS) == []
    (one,) = found(third_party, text, more=("quiz.example Quizdienst",))
    assert one.said.startswith("Quizdienst belongs")
    (one,) = found(third_party, text, more=("quiz.example",))
    assert one.said.startswith("quiz.example belongs")
