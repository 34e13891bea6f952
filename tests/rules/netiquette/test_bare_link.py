import pytest

from kanal.model import Variant
from kanal.rules.netiquette.bare_link import check
from tests.rules.drafted import found

LINK = "https://www.landkreis-musterland.example/termin"


@pytest.mark.parametrize("text", [LINK, f"Mehr: {LINK} #Bürgerbüro #Termin", f"👉 {LINK}", "www.landkreis.example"])
def test_a_link_without_words_is_found(text: str) -> None:
    assert [one.words for one in found(check, text)] == [text]


def test_the_link_of_the_draft_or_of_the_variant_counts() -> None:
    assert [one.field for one in found(check, "#Termin", draft={"link": LINK})] == ["text"]
    draft = {"variants": {"x": Variant(text="Termin", link=LINK)}}
    assert [one.field for one in found(check, "Termin", draft=draft)] == ["variants.x.text"]


def test_words_make_a_post_of_it_and_short_posts_without_link_are_fine() -> None:
    assert found(check, f"Das Bürgerbüro öffnet: {LINK}") == []
    assert found(check, "Frohe Ostern!") == []
    assert [one.words for one in found(check, "Frohe Ostern!", draft={"link": LINK})] == ["Frohe Ostern!"]
    assert found(check, "Frohe Ostern!", draft={"link": LINK}, words=2) == []
