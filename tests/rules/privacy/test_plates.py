"""Plates: a warning, and an error as soon as a picture shows more; never both."""

import pytest

from kanal.model import Severity, Variant
from kanal.rules.privacy.plate import check as plate
from kanal.rules.privacy.plate_with_picture import check as with_picture
from tests.rules.drafted import found, picture, words
from tests.rules.privacy.office import with_pictures

TEXT = "Der Wagen mit dem Kennzeichen HH-AB 1234 versperrt die Zufahrt."


def test_without_a_picture_it_is_a_warning() -> None:
    assert words(plate, TEXT) == ["HH-AB 1234"]
    assert words(with_picture, TEXT) == []
    assert plate.severity is Severity.WARNING


def test_with_a_picture_it_is_an_error_in_every_passage() -> None:
    draft = with_pictures(picture("media/auto_HH-AB_1234.jpg", "Ein Wagen, Kennzeichen HH-AB 1234"))
    assert words(plate, TEXT, draft=draft) == []
    assert [one.field for one in found(with_picture, TEXT, draft=draft)] == ["text", "media[0].alt", "media[0].file"]
    assert with_picture.severity is Severity.ERROR


def test_a_picture_that_one_channel_alone_shows_counts() -> None:
    draft = {"variants": {"x": Variant(media=(picture(),))}}
    assert words(plate, TEXT, draft=draft) == []
    assert words(with_picture, TEXT, draft=draft) == ["HH-AB 1234"]


@pytest.mark.parametrize("text", ["EU-VO 2016", "Die K 29 und die L 3139 sind gesperrt.", "DIN EN 301", "13 K 1419/23"])
def test_roads_norms_and_court_files_are_no_plates(text: str) -> None:
    assert words(plate, text) == []
