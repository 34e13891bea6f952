"""Metadata that tell on somebody are found wherever cameras and programs put them, and nothing else is."""

import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import PngImagePlugin, TiffImagePlugin, features

from kanal.media import UnreadableMedia, personal_metadata
from tests.media.pictures import (
    BERLIN,
    bomb,
    directory,
    exif,
    iptc,
    moving,
    photoshop,
    picture,
    with_chunk,
    with_segment,
    with_tail,
    xmp,
)

SAMPLES = Path(__file__).parents[2] / "posts" / "media"
EXIF_NAMES = ["a.jpg", "a.png", "a.webp", "a.tif"] + ["a.avif"] * bool(features.check("avif"))
PERSONAL = [
    ({0x013B: "Mia Muster"}, {}, "person"),
    ({0x9C9D: "Mia Muster".encode("utf-16-le")}, {}, "person"),
    ({}, {0xA430: "Mia Muster"}, "person"),
    ({}, {0xA431: "0123456"}, "device"),
    ({}, {0xA435: "0000c15998"}, "device"),
    ({0x010E: "Mia Muster am Rathaus"}, {}, "comment"),
    ({0x9C9C: "für Mia".encode("utf-16-le")}, {}, "comment"),
    ({}, {0x9286: b"ASCII\0\0\0Mia vor dem Rathaus"}, "comment"),
]
HARMLESS = [
    ({0x8298: "Landkreis Musterland"}, {}),
    ({0x0110: "Camera 5", 0x0131: "Program 7"}, {0x9003: "2026:05:04 12:00:00", 0xA434: "50 mm"}),
    ({0x013B: "   "}, {0xA431: "00000000", 0x9286: b"ASCII\0\0\0   \0\0"}),
    ({0x010E: "OLYMPUS DIGITAL CAMERA         "}, {0x9286: b"ASCII\0\0\0Screenshot"}),
]


def jpeg(tmp_path: Path, **options: Any) -> Path:
    return picture(tmp_path / "a.jpg", **options)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif", "a.tif", "a.bmp", *EXIF_NAMES[4:]])
def test_a_picture_without_metadata_tells_nothing(tmp_path: Path, name: str) -> None:
    assert personal_metadata(picture(tmp_path / name)) == ()


def test_the_pictures_that_come_with_kanal_tell_nothing() -> None:
    pictures = sorted(SAMPLES.glob("*.jpg"))
    assert len(pictures) > 10
    assert {personal_metadata(path) for path in pictures} == {()}


@pytest.mark.parametrize("name", EXIF_NAMES)
def test_the_place_in_exif_is_found_in_every_format(tmp_path: Path, name: str) -> None:
    assert personal_metadata(picture(tmp_path / name, exif=exif(gps=BERLIN))) == ("gps",)


@pytest.mark.parametrize(("main", "photo", "kind"), PERSONAL)
def test_names_serial_numbers_and_remarks_in_exif_are_found(
    tmp_path: Path, main: dict[int, Any], photo: dict[int, Any], kind: str
) -> None:
    assert personal_metadata(jpeg(tmp_path, exif=exif(main, photo=photo))) == (kind,)


@pytest.mark.parametrize(("main", "photo"), HARMLESS)
def test_what_says_nothing_about_a_person_is_passed_over(
    tmp_path: Path, main: dict[int, Any], photo: dict[int, Any]
) -> None:
    assert personal_metadata(jpeg(tmp_path, exif=exif(main, photo=photo))) == ()


def test_the_kinds_come_in_one_order(tmp_path: Path) -> None:
    block = exif({0x010E: "am Rathaus", 0x013B: "Mia"}, photo={0xA431: "4711"}, gps=BERLIN)
    assert personal_metadata(jpeg(tmp_path, exif=block)) == ("gps", "person", "device", "comment")


@pytest.mark.parametrize(
    "fields",
    [
        {0: b"\2\3\0\0"},
        {1: "N", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {2: (TiffImagePlugin.IFDRational(0, 0),) * 3, 4: (TiffImagePlugin.IFDRational(0, 0),) * 3},
        {2: (TiffImagePlugin.IFDRational(52, 0),) * 3},
        {7: (12.0, 30.0, 5.0), 29: "2026:05:04"},
    ],
)
def test_a_camera_that_does_not_know_where_it_is_tells_no_place(tmp_path: Path, fields: dict[int, Any]) -> None:
    assert personal_metadata(jpeg(tmp_path, exif=exif(gps=fields))) == ()


def test_the_name_of_a_place_counts_as_a_place(tmp_path: Path) -> None:
    assert personal_metadata(jpeg(tmp_path, exif=exif(gps={28: b"ASCII\0\0\0Musterstadt"}))) == ("gps",)


def test_every_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    second = 8 + 2 + 12 + 4
    pages = directory({0x010F: b"abc"}, 8, following=second) + directory({0x013B: b"Mia"}, second)
    path = with_segment(jpeg(tmp_path), 0xE1, b"Exif\0\0II*\0\x08\0\0\0" + pages)
    assert personal_metadata(path) == ("person",)


def test_a_makers_note_is_read(tmp_path: Path) -> None:
    block = b"II*\0\x08\0\0\0" + directory({0x010F: b"Canon", 0x8769: struct.pack("<I", 43)}, 8)
    block += directory({0x927C: directory({0x0009: b"Mia", 0x000C: b"\x12\x34"}, 61)}, 43)
    assert personal_metadata(with_segment(jpeg(tmp_path), 0xE1, b"Exif\0\0" + block)) == ("person", "device")


def test_exif_that_goes_on_in_a_second_segment_is_read_to_its_end(tmp_path: Path) -> None:
    block = exif({0x010F: "x" * 60_000, 0x013B: "Mia Muster"}).tobytes()
    path = with_segment(jpeg(tmp_path), 0xE1, b"Exif\0\0" + block[60_000:])
    assert personal_metadata(with_segment(path, 0xE1, block[:60_000])) == ("person",)


@pytest.mark.parametrize(
    ("packet", "kinds"),
    [
        (xmp("", 'exif:GPSLatitude="52,31.2N"'), ("gps",)),
        (xmp("<exif:GPSLatitude>52,31.2N</exif:GPSLatitude>"), ("gps",)),
        (xmp("", 'xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" drone-dji:GpsLongtitude="+13.4"'), ("gps",)),
        (xmp("", "exif:GPSLatitude='52,31.2N'").decode().encode("utf-16"), ("gps",)),
        (xmp("", "exif:GPSLatitude='52,31.2N'").decode().encode("utf-16-be"), ("gps",)),
        (xmp("", "exif:GPSLatitude='52,31.2N'").decode().encode("utf-32-le"), ("gps",)),
        (xmp("<exif:GPSLatitude>52,31.2N</exif:GPSLatitude></broken>"), ("gps",)),
        (xmp("</broken><exif:GPSLatitude>52,31.2N</exif:GPSLatitude>"), ("gps",)),
        (b"<x exif:GPSLatitude='52", ("gps",)),
        (xmp("<dc:creator><rdf:Seq><rdf:li>Mia Muster</rdf:li></rdf:Seq></dc:creator>"), ("person",)),
        (xmp("<mwg-rs:Regions><rdf:li mwg-rs:Name='Mia'/></mwg-rs:Regions>"), ("person",)),
        (xmp("", 'aux:SerialNumber="4711"'), ("device",)),
        (xmp("<dc:description><rdf:Alt><rdf:li xml:lang='x-default'>Mia</rdf:li></rdf:Alt></dc:description>"),
         ("comment",)),
    ],
)  # fmt: skip
def test_xmp_is_read_in_both_forms_however_it_is_encoded_or_damaged(
    tmp_path: Path, packet: bytes, kinds: tuple[str, ...]
) -> None:
    assert personal_metadata(jpeg(tmp_path, xmp=packet)) == kinds


@pytest.mark.parametrize(
    "packet",
    [
        xmp("", 'exif:GPSLatitudeRef="N" exif:GPSVersionID="2.2.0.0" xmp:CreatorTool="Program"'),
        xmp("<exif:GPSLatitude></exif:GPSLatitude>", 'exif:GPSLongitude=""'),
        xmp("<dc:creator><rdf:Seq><rdf:li/></rdf:Seq></dc:creator>"),
        xmp("<dc:rights><rdf:Alt><rdf:li>Landkreis Musterland</rdf:li></rdf:Alt></dc:rights>"),
        xmp("<photoshop:City>Musterstadt</photoshop:City>", 'photoshop:Credit="Landkreis Musterland"'),
        b"", b"\0\0", b"<", b"no markup",
    ],
)  # fmt: skip
def test_xmp_that_says_nothing_personal_is_passed_over(tmp_path: Path, packet: bytes) -> None:
    head = b"http://ns.adobe.com/xap/1.0/\0"
    assert personal_metadata(with_segment(jpeg(tmp_path), 0xE1, head + packet)) == ()


@pytest.mark.parametrize("name", ["a.jpg", "a.webp", *EXIF_NAMES[4:]])
def test_the_place_in_xmp_is_found_in_every_format_that_takes_it(tmp_path: Path, name: str) -> None:
    packet = xmp("", 'exif:GPSLatitude="52,31.2N"')
    assert personal_metadata(picture(tmp_path / name, xmp=packet)) == ("gps",)


def test_the_place_in_the_xmp_of_a_tiff_is_found(tmp_path: Path) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = xmp("", 'exif:GPSLatitude="52,31.2N"')
    assert personal_metadata(picture(tmp_path / "a.tif", tiffinfo=tags)) == ("gps",)


def test_xmp_that_goes_on_in_further_segments_is_put_together(tmp_path: Path) -> None:
    packet = xmp("", 'aux:SerialNumber="4711"')
    middle = packet.index(b"SerialNumber") + 3
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">I", len(packet))
    path = with_segment(jpeg(tmp_path), 0xE1, head + bytes(4) + packet[:middle])
    path = with_segment(path, 0xE1, head + struct.pack(">I", middle) + packet[middle:])
    assert personal_metadata(path) == ("device",)


@pytest.mark.parametrize(
    ("number", "kinds"), [(80, ("person",)), (122, ("person",)), (120, ("comment",)), (116, ()), (90, ()), (110, ())]
)
@pytest.mark.parametrize("name", [b"\0\0", b"\x03abc", b"\x02ab\0"])
def test_iptc_tells_by_line_and_caption_but_copyright_credit_and_city_are_no_secret(
    tmp_path: Path, number: int, kinds: tuple[str, ...], name: bytes
) -> None:
    records = b"\x1c\x01\x5a\0\x03\x1b%G" + b"\x1c\x03\x50\0\3abc" + iptc(number, b"Mia Muster")
    assert personal_metadata(with_segment(jpeg(tmp_path), 0xED, photoshop(records, name))) == kinds


def test_iptc_with_an_extended_length_is_read(tmp_path: Path) -> None:
    records = b"\x1c\x02\x19\x80\x04\0\0\0\x03abc" + iptc(80, b"Mia")
    assert personal_metadata(with_segment(jpeg(tmp_path), 0xED, photoshop(records))) == ("person", "comment")


def test_iptc_in_a_tiff_is_read(tmp_path: Path) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[33723] = iptc(80, b"Mia Muster")
    assert personal_metadata(picture(tmp_path / "a.tif", tiffinfo=tags)) == ("person",)


@pytest.mark.parametrize("name", ["a.jpg", "a.gif"])
def test_a_comment_is_found_but_not_a_programs_own(tmp_path: Path, name: str) -> None:
    assert personal_metadata(picture(tmp_path / name, comment=b"Mia vor dem Rathaus")) == ("comment",)
    assert personal_metadata(picture(tmp_path / f"b{name}", comment=b"Created with GIMP")) == ()


def test_a_comment_and_xmp_between_the_frames_of_a_gif_are_found(tmp_path: Path) -> None:
    content = moving(tmp_path / "a.gif").read_bytes()
    packet = xmp("", 'exif:GPSLatitude="52,31.2N"') + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    (tmp_path / "b.gif").write_bytes(content[:-1] + b"!\xfe\x03Mia\0" + content[-1:])
    (tmp_path / "c.gif").write_bytes(content[:-1] + b"!\xff\x0bXMP DataXMP" + packet + content[-1:])
    assert personal_metadata(tmp_path / "b.gif") == ("comment",)
    assert personal_metadata(tmp_path / "c.gif") == ("gps",)


@pytest.mark.parametrize(
    ("keyword", "kinds"),
    [("Author", ("person",)), ("Description", ("comment",)), ("Software", ()), ("Copyright", ()), ("date:create", ())],
)
@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("international", [True, False])
def test_the_texts_of_a_png_are_told_apart(
    tmp_path: Path, keyword: str, kinds: tuple[str, ...], compressed: bool, international: bool
) -> None:
    info = PngImagePlugin.PngInfo()
    add = info.add_itxt if international else info.add_text
    add(keyword, "Mia Muster", zip=compressed)
    assert personal_metadata(picture(tmp_path / "a.png", pnginfo=info)) == kinds


def test_metadata_behind_the_pixels_of_a_png_are_found(tmp_path: Path) -> None:
    path = with_chunk(picture(tmp_path / "a.png"), b"eXIf", exif(gps=BERLIN).tobytes()[6:])
    path = with_chunk(path, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp("<dc:creator>Mia</dc:creator>"))
    assert personal_metadata(path) == ("gps", "person")


@pytest.mark.parametrize(
    ("name", "data", "kinds"),
    [
        ("exif", exif(gps=BERLIN).tobytes(), ("gps",)),
        ("APP1", exif(gps=BERLIN).tobytes(), ("gps",)),
        ("APP1", b"http://ns.adobe.com/xap/1.0/\0" + xmp("", "aux:SerialNumber='1'"), ("device",)),
        ("xmp", xmp("", "aux:SerialNumber='1'"), ("device",)),
        ("iptc", iptc(80, b"Mia"), ("person",)),
        ("8bim", photoshop(iptc(80, b"Mia")).removeprefix(b"Photoshop 3.0\0"), ("person",)),
        ("icc", b"anything", ()),
    ],
)
def test_profiles_that_imagemagick_writes_into_a_png_are_read(
    tmp_path: Path, name: str, data: bytes, kinds: tuple[str, ...]
) -> None:
    digits = f"\n{name}\n{len(data):8}\n{data.hex()}\n".encode()
    chunk = f"Raw profile type {name}".encode() + b"\0\0" + zlib.compress(digits)
    assert personal_metadata(with_chunk(picture(tmp_path / "a.png"), b"zTXt", chunk)) == kinds


def test_a_damaged_profile_in_a_png_is_passed_over(tmp_path: Path) -> None:
    path = with_chunk(
        picture(tmp_path / "a.png"), b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n4\nxy")
    )
    assert personal_metadata(with_chunk(path, b"zTXt", b"Author\0\0no zlib data")) == ()


def test_metadata_of_a_second_picture_behind_the_first_are_found(tmp_path: Path) -> None:
    second = picture(tmp_path / "b.jpg", exif=exif(gps=BERLIN)).read_bytes()
    assert personal_metadata(with_tail(jpeg(tmp_path), b"\0" * 9 + second)) == ("gps",)


def test_the_place_in_a_film_behind_the_picture_is_found(tmp_path: Path) -> None:
    film = b"\0\0\0\x18ftypmp42" + b"\0\0\0\x1e\xa9xyz\0\x12\x15\xc7+52.5200+013.4100/"
    assert personal_metadata(with_tail(jpeg(tmp_path), b"\xff\xd8\xff broken" + film)) == ("gps",)


def test_a_damaged_picture_still_tells_what_can_be_read(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png"):
        path = picture(tmp_path / name, exif=exif(gps=BERLIN))
        path.write_bytes(path.read_bytes()[:-500])
        assert personal_metadata(path) == ("gps",)


def test_a_picture_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    path = jpeg(tmp_path)
    assert personal_metadata(path) == ()
    picture(path, exif=exif(gps=BERLIN))
    os.utime(path, (1, 1))
    assert personal_metadata(path) == ("gps",)


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    (tmp_path / "text.jpg").write_text("no picture")
    for name in ("missing.jpg", "empty.jpg", "text.jpg", "."):
        with pytest.raises(UnreadableMedia):
            personal_metadata(tmp_path / name)


def test_directories_that_point_to_each_other_come_to_an_end(tmp_path: Path) -> None:
    loop = b"II*\0\x08\0\0\0" + directory({0x8769: struct.pack("<I", 8), 0x8825: struct.pack("<I", 10)}, 8)
    assert personal_metadata(with_segment(jpeg(tmp_path), 0xE1, b"Exif\0\0" + loop)) == ()


def test_no_pixel_is_decoded(tmp_path: Path) -> None:
    bomb_with_place = with_chunk(bomb(tmp_path / "a.png"), b"eXIf", exif(gps=BERLIN).tobytes())
    assert personal_metadata(bomb_with_place) == ("gps",)
