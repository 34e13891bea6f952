"""Whose pictures and music: credit, licence, agencies."""

import pytest

from kanal.model import Music, Picture, Variant
from kanal.rules.rights.credit import check as credit
from kanal.rules.rights.music import check as music
from kanal.rules.rights.stock_licence import check as stock_licence
from tests.rules.drafted import POSTS, found, picture


def _bought(licence: str, credit: str = "Foto: Kim Muster / Adobe Stock") -> dict[str, tuple[Picture, ...]]:
    return {"media": (Picture(POSTS / "a.jpg", "Junge Linden", credit, licence),)}


def test_credit_and_licence_are_two_findings_each_at_its_picture() -> None:
    media = (picture(), Picture(POSTS / "a.jpg", "Junge Linden", "", ""))
    assert [one.field for one in found(credit, draft={"media": media})] == ["media[1].credit", "media[1].licence"]


def test_a_picture_of_a_variant_counts_too() -> None:
    variants = {"x": Variant(media=(Picture(POSTS / "a.jpg", "Junge Linden", "", "CC0"),))}
    assert [one.field for one in found(credit, draft={"variants": variants})] == ["variants.x.media[0].credit"]


def test_the_agency_is_marked_where_it_stands() -> None:
    (one,) = found(stock_licence, draft=_bought("Standardlizenz"))
    assert (one.field, one.words) == ("media[0].credit", "Adobe Stock")
    (one,) = found(stock_licence, draft=_bought("Getty Images, redaktionell"))
    assert one.field == "media[0].licence"


@pytest.mark.parametrize("name", ["dpa", "picture alliance", "iStock", "Shutterstock", "depositphotos"])
def test_every_agency_is_known(name: str) -> None:
    assert [one.words for one in found(stock_licence, draft=_bought("Vertrag 12", f"Foto: {name}/Muster"))] == [name]


@pytest.mark.parametrize(
    "licence",
    [
        "erweitert, auch Social Media",
        "inkl. sozialer Netzwerke",
        "Web und Soziale Medien",
        "für Facebook und Instagram",
        "",
    ],
)
def test_a_licence_for_networks_is_enough_and_a_missing_one_is_for_another_rule(licence: str) -> None:
    assert found(stock_licence, draft=_bought(licence)) == []


@pytest.mark.parametrize(
    "name", ["Foto: Kim Muster", "Pixabay", "Foto: Dpartner", "Landkreis Musterland", "Imagologie e. V."]
)
def test_other_sources_are_no_agencies(name: str) -> None:
    assert found(stock_licence, draft=_bought("eigenes Foto", name)) == []


def test_an_office_may_name_more_agencies() -> None:
    draft = _bought("Standard", "Bildhaus Ost (Muster)")
    (one,) = found(stock_licence, draft=draft, agencies=("bildhaus ost",))
    assert one.words == "Bildhaus Ost"


def test_music_needs_a_licence_and_a_video_needs_no_music() -> None:
    def heard(licence: str | None) -> list[str]:
        return [one.field for one in found(music, draft={"media": (picture(music=Music("Morgenlied", licence)),)})]

    assert heard(None) == ["media[0].music.licence"]
    assert heard("CC0") == []
    assert found(music, draft={"media": (picture("film.mp4"),)}) == []
