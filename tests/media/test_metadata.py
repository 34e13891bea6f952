"""Which sorts of metadata pictures carry."""

from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from kanal.media import has_metadata
from tests.media.pictures import iptc, photoshop, picture, with_segment


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
    assert has_metadata(with_segment(path, 0xED, photoshop(iptc(80, b"Max")))) == ("IPTC",)
