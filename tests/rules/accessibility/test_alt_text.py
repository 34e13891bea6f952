from typing import Any

import pytest

from kanal.rules.accessibility.alt_text import check
from kanal.rules.accessibility.alt_text_opening import check as opening
from tests.rules.drafted import found, picture, words


def _said(alt: str, **options: Any) -> list[str]:
    return [
        one.said.split(".")[0]
        for one in found(check, draft={"media": (picture("media/linden-allee.jpg", alt),)}, **options)
    ]


@pytest.mark.parametrize("alt", ["", "  ", "\u00a0\n"])
def test_a_missing_alternative_text_is_an_error(alt: str) -> None:
    assert _said(alt) == ["The alternative text is missing"]


@pytest.mark.parametrize(
    "alt",
    [
        "linden-allee.jpg",
        "linden_allee",
        "Lindenallee",
        "IMG_2034.jpeg",
        "DSC01234",
        "WhatsApp Image 2026-11-02",
        "Bild 1",
    ],
)
def test_the_name_of_a_file_is_no_alternative_text(alt: str) -> None:
    assert _said(alt) == ["This is the name of a file"]


def test_signs_without_words_and_too_few_words_are_no_alternative_text() -> None:
    assert _said("!!! 12345 ???") == ["The alternative text has no words"]
    assert _said("Linden") == ["The alternative text has only 6 characters"]
    assert _said("Linden", shortest=6) == []


@pytest.mark.parametrize(
    "alt", ["Linden an einer Allee", "Zwei Linden im Jahr 2026", "Foto der Karte von Linden.jpg und mehr"]
)
def test_a_sentence_is_an_alternative_text(alt: str) -> None:
    assert _said(alt) == []


def test_every_picture_counts_also_those_of_variants() -> None:
    from kanal.model import Variant

    draft = {"media": (picture(), picture(alt="")), "variants": {"x": Variant(media=(picture(alt="kurz"),))}}
    assert [one.field for one in found(check, draft=draft)] == ["media[1].alt", "variants.x.media[0].alt"]


@pytest.mark.parametrize(
    ("alt", "said"),
    [
        ("Bild von zwei Linden", "Bild von"),
        ("Foto: zwei Linden", "Foto:"),
        ("Ein Foto zeigt zwei Linden", "Ein Foto zeigt"),
        ("Auf dem Bild sind zwei Linden", "Auf dem Bild"),
        ("Zu sehen sind zwei Linden", "Zu sehen sind"),
        ("Man sieht zwei Linden", "Man sieht"),
        ("Picture of two lime trees", "Picture of"),
    ],
)
def test_an_alternative_text_that_begins_with_picture_of_is_found(alt: str, said: str) -> None:
    assert words(opening, "Text.", draft={"media": (picture(alt=alt),)}) == [said]


@pytest.mark.parametrize(
    "alt",
    [
        "Bildschirm mit Karte",
        "Karte: Sperrung der K 12",
        "Fotografin vor zwei Linden",
        "Zwei Linden auf dem Bild einer Schülerin",
    ],
)
def test_pictures_inside_of_pictures_may_be_named(alt: str) -> None:
    assert words(opening, "Bild von uns", draft={"media": (picture(alt=alt),)}) == []
