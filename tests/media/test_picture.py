"""Measuring real picture files, and refusing what is none."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from kanal.errors import KanalError
from kanal.media import UnreadableMedia, digest, measure
from tests.media.pictures import bomb, moving, picture


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.jpg", "image/jpeg"),
        ("a.JPEG", "image/jpeg"),
        ("a.png", "image/png"),
        ("a.webp", "image/webp"),
        ("a.gif", "image/gif"),
        ("a.bmp", "image/bmp"),
        ("a.tif", "image/tiff"),
    ],
)
def test_a_picture_is_measured(tmp_path: Path, name: str, media_type: str) -> None:
    path = picture(tmp_path / name)
    facts = measure(path)
    assert (facts.media_type, facts.expected_type) == (media_type, media_type)
    assert (facts.width, facts.height, facts.ratio) == (60, 40, 1.5)
    assert facts.bytes == path.stat().st_size
    assert not facts.animated


def test_the_colours_of_a_print_file_are_told(tmp_path: Path) -> None:
    Image.new("CMYK", (8, 8)).save(tmp_path / "print.jpg")
    assert measure(tmp_path / "print.jpg").mode == "CMYK"


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_a_moving_picture_is_known_as_such(tmp_path: Path, name: str) -> None:
    assert measure(moving(tmp_path / name)).animated


def test_a_renamed_picture_keeps_its_type_and_tells_what_its_name_promises(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png").rename(tmp_path / "a.jpg")
    facts = measure(path)
    assert (facts.media_type, facts.expected_type) == ("image/png", "image/jpeg")


def test_an_unknown_suffix_promises_nothing(tmp_path: Path) -> None:
    assert measure(picture(tmp_path / "a.jpg").rename(tmp_path / "a.picture")).expected_type is None


def test_a_photo_of_a_turned_camera_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    facts = measure(picture(tmp_path / "a.jpg", (60, 40), exif=exif))
    assert (facts.width, facts.height) == (40, 60)


def test_a_jpeg_with_further_pictures_behind_it_is_a_jpeg_that_does_not_move(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    moving(tmp_path / "a.mpo").rename(path)
    facts = measure(path)
    assert (facts.media_type, facts.animated) == ("image/jpeg", False)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif", "a.bmp", "a.tif", "a.mpo"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_is_cut_off_is_refused(tmp_path: Path, name: str, share: float) -> None:
    path = moving(tmp_path / name) if name == "a.mpo" else picture(tmp_path / name, (200, 200))
    content = path.read_bytes()
    if name == "a.mpo":
        content = content[: content.index(b"\xff\xd9")]
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableMedia):
        measure(path)


def test_a_cut_off_photo_with_a_thumbnail_is_refused(tmp_path: Path) -> None:
    thumbnail = picture(tmp_path / "thumbnail.jpg").read_bytes()
    path = picture(tmp_path / "a.jpg", (200, 200), exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + thumbnail)
    content = path.read_bytes()
    assert content.count(b"\xff\xd9") == 2
    path.write_bytes(content[: len(content) - 500])
    with pytest.raises(UnreadableMedia, match="cut off"):
        measure(path)


def test_a_png_with_a_flipped_bit_is_refused(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (200, 200))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableMedia, match="damaged"):
        measure(path)


@pytest.mark.parametrize("side", [20_000, 11_000])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(tmp_path: Path, side: int) -> None:
    with pytest.raises(UnreadableMedia, match="100 million pixels"):
        measure(bomb(tmp_path / "bomb.png", side))


def test_a_picture_just_below_the_limit_is_measured_without_a_warning(
    tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    assert measure(bomb(tmp_path / "large.png", 10_000)).width == 10_000
    assert list(recwarn) == []


@pytest.mark.parametrize("content", [b"no picture at all", b"%PDF-1.7\n", b"\xff\xd8\xff", b"<svg/>", b"GIF89a"])
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    with pytest.raises(UnreadableMedia, match=r"“a\.jpg”"):
        measure(path)


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(UnreadableMedia, match="no file"):
        measure(tmp_path / "missing.jpg")
    with pytest.raises(UnreadableMedia, match="not a file"):
        measure(tmp_path)
    with pytest.raises(UnreadableMedia, match="empty"):
        measure(tmp_path / "empty.jpg")


def test_every_refusal_says_what_to_do_next(tmp_path: Path) -> None:
    with pytest.raises(KanalError) as caught:
        measure(tmp_path / "missing.jpg")
    assert caught.value.advice is not None


def test_the_digest_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (300, 300))
    assert digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_missing_file_has_no_digest(tmp_path: Path) -> None:
    with pytest.raises(UnreadableMedia, match="no file"):
        digest(tmp_path / "missing.jpg")
