import pytest

from kanal.rules.privacy.case_number import check
from tests.rules.drafted import found, picture, words
from tests.rules.privacy.office import with_pictures


def test_the_reference_of_a_case_is_found_in_text_and_alternative_text() -> None:
    draft = with_pictures(picture(alt="Ein Brief, Aktenzeichen: 51.2-4711/26"))
    hits = found(check, "Ihr Antrag liegt vor, Aktenzeichen 51.2-4711/26.", draft=draft)
    assert [(one.field, one.words) for one in hits] == [("text", "51.2-4711/26"), ("media[0].alt", "51.2-4711/26")]
    assert all("4711" not in one.said for one in hits)


@pytest.mark.parametrize(
    "text",
    [
        "VG Köln, Urteil vom 17. Juli 2025, 13 K 1419/23",
        "Drucksache 1718/4",
        "Bebauungsplan 12/2026",
        "§ 12a Abs. 8 BGG",
    ],
)
def test_court_decisions_and_papers_are_public(text: str) -> None:
    assert words(check, text) == []
