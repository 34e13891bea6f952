"""HEIC, as telephones take pictures: read with an additional package, and a way out where it is missing."""

import sys
from pathlib import Path

import pytest

from kanal.media import UnreadableMedia, has_metadata, measure, personal_metadata
from kanal.media.making import Order, made
from kanal.media.opening import OutOfReach
from kanal.media.structure import is_heic
from tests.media.pictures import BERLIN, exif, picture
from tests.optional import require_heif

HEIC = b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf"


def _photo(path: Path) -> Path:
    require_heif()
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return picture(path, (640, 480), exif=exif({0x013B: "Mia"}, gps=BERLIN))


def test_it_is_measured_like_any_other(tmp_path: Path) -> None:
    facts = measure(_photo(tmp_path / "a.heic"))
    assert (facts.media_type, facts.width, facts.height) == ("image/heic", 640, 480)
    assert (facts.animated, facts.expected_type) == (False, "image/heic")


def test_what_it_tells_about_people_is_found(tmp_path: Path) -> None:
    assert {"gps", "person"} <= set(personal_metadata(_photo(tmp_path / "a.heic")))


def test_it_becomes_a_jpeg_without_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(made(_photo(tmp_path / "a.heic"), Order("image/jpeg", 640, 480, 10**6)))
    facts = measure(tmp_path / "a.jpg")
    assert (facts.media_type, facts.width, facts.height) == ("image/jpeg", 640, 480)
    assert has_metadata(tmp_path / "a.jpg") == ()


def test_one_without_exif_is_measured_looked_at_and_made(tmp_path: Path) -> None:
    require_heif()
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener()
    path = tmp_path / "a.heic"
    Image.new("RGB", (640, 480)).save(path)
    assert (measure(path).width, personal_metadata(path), has_metadata(path)) == (640, (), ())
    assert made(path, Order("image/jpeg", 640, 480, 10**6))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_one_that_is_cut_off_is_damaged(tmp_path: Path, share: float) -> None:
    path = _photo(tmp_path / "a.heic")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableMedia, match="damaged or cut off"):
        measure(path)


def test_without_the_package_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    (tmp_path / "a.heic").write_bytes(HEIC + bytes(100))
    with pytest.raises(OutOfReach, match=r"“a\.heic” is a HEIC picture") as caught:
        measure(tmp_path / "a.heic")
    assert "pip install 'kanal[heic]'" in str(caught.value.advice)


def test_it_is_told_from_avif_and_films_by_its_list_of_kinds() -> None:
    assert is_heic(HEIC)
    assert not is_heic(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf")
    assert not is_heic(b"\0\0\0\x18ftypisom\0\0\0\0isommp42")
    assert not is_heic(b"\xff\xd8\xff\xe0")
    assert not is_heic(b"")
