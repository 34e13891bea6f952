"""Measuring real picture files, and refusing what is none."""

import hashlib
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from kanal.errors import KanalError
from kanal.media import UnreadableMedia, digest, has_metadata, measure


def picture(path: Path, size: tuple[int, int] = (60, 40), **options: Any) -> Path:
    noise = Image.effect_noise(size, 80).convert("RGB")
    noise.save(path, **options)
    return path


def moving(path: Path) -> Path:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:])
    return path


def bomb(path: Path, side: int = 20_000) -> Path:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    data = chunk(b"IDAT", zlib.compress(bytes(1000)))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b""))
    return path


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


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif", "a.tif"])
def test_a_clean_picture_carries_no_metadata(tmp_path: Path, name: str) -> None:
    assert has_metadata(picture(tmp_path / name)) == ()


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_exif_is_found(tmp_path: Path, name: str) -> None:
    exif = Image.Exif()
    exif[0x013B] = "somebody"
    assert has_metadata(picture(tmp_path / name, exif=exif)) == ("EXIF",)


@pytest.mark.parametrize("name", ["a.jpg", "a.webp"])
def test_xmp_is_found(tmp_path: Path, name: str) -> None:
    assert has_metadata(picture(tmp_path / name, xmp=b"<x:xmpmeta/>")) == ("XMP",)


def test_in_a_tiff_metadata_is_told_from_its_own_tags(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B] = "somebody"
    assert has_metadata(picture(tmp_path / "a.tif", exif=exif)) == ("comment",)
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = b"<x:xmpmeta/>"
    tags[0x8825] = {1: "N"}
    assert has_metadata(picture(tmp_path / "b.tif", tiffinfo=tags)) == ("EXIF", "XMP")


def test_the_texts_of_a_png_are_found_and_its_xmp_is_told_from_comments(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "somebody")
    assert has_metadata(picture(tmp_path / "a.png", pnginfo=info)) == ("comment",)
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")
    assert has_metadata(picture(tmp_path / "b.png", pnginfo=info)) == ("XMP",)


def test_a_comment_behind_the_pixels_of_a_png_is_found(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add(b"tEXt", b"Author\0somebody", after_idat=True)
    assert has_metadata(picture(tmp_path / "a.png", pnginfo=info)) == ("comment",)


@pytest.mark.parametrize("name", ["a.jpg", "a.gif"])
def test_a_comment_is_found(tmp_path: Path, name: str) -> None:
    assert has_metadata(picture(tmp_path / name, comment=b"taken by somebody")) == ("comment",)


def test_iptc_is_found(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg")
    block = b"8BIM\x04\x04\0\0" + struct.pack(">I", 8) + b"\x1c\x02\x50\0\x03Max"
    segment = b"Photoshop 3.0\0" + block
    content = path.read_bytes()
    path.write_bytes(content[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + content[2:])
    assert has_metadata(path) == ("IPTC",)
