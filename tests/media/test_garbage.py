"""Files that only begin like pictures, and pictures that were damaged on the way: refused or read, never changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.errors import KanalError
from kanal.media import has_metadata, measure, personal_metadata
from kanal.media.cleaning import clean, stripped
from kanal.media.iptc import in_photoshop, records
from kanal.media.making import Order, made
from kanal.media.personal import KINDS, Carried, kinds_in
from tests.media.pictures import BERLIN, directory, exif, iptc, moving, photoshop, picture, with_chunk, xmp

BEGINNINGS = [
    b"\xff\xd8\xff",
    b"\xff\xd8\xff\xe1\x00\x20Exif\0\0II*\0",
    b"\xff\xd8\xff\xda\0\x02",
    b"\x89PNG\r\n\x1a\n",
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde",
    b"RIFF\xff\0\0\0WEBP",
    b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0",
    b"GIF89a\1\0\1\0\0\0\0",
    b"II*\0\x08\0\0\0",
    b"MM\0*\0\0\0\x08",
    b"\0\0\0\x20ftypavif",
    b"BM",
    b"",
]
BLOCKS = [
    Carried("exif", exif({0x010E: "Mia"}, photo={0xA431: "4711"}, gps=BERLIN).tobytes()),
    Carried("exif", b"II*\0\x08\0\0\0" + directory({0x010F: b"Canon", 0x927C: directory({0x000C: b"123456"}, 0)}, 8)),
    Carried("xmp", xmp("<dc:creator><rdf:Seq><rdf:li>Mia</rdf:li></rdf:Seq></dc:creator>")),
    Carried("iptc", iptc(80, b"Mia") + iptc(120, b"am Rathaus")),
    Carried("photoshop", photoshop(iptc(80, b"Mia")).removeprefix(b"Photoshop 3.0\0")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("garbage")


@pytest.fixture(scope="module")
def pictures(folder: Path) -> list[bytes]:
    """Small ones, so that damage hits their structure more often than their pixels."""
    block = exif({0x0112: 6, 0x013B: "Mia"}, gps=BERLIN)
    jpeg = picture(folder / "a.jpg", (16, 16), exif=block, comment=b"Mia", xmp=xmp("", 'aux:SerialNumber="1"'))
    png = with_chunk(picture(folder / "a.png", (4, 4), exif=block), b"zTXt", b"Author\0\0abc")
    webp = picture(folder / "a.webp", (16, 16), exif=block, xmp=xmp(""))
    gif = moving(folder / "a.gif", comment=b"Mia")
    tiff = picture(folder / "a.tif", (4, 4), exif=block)
    return [path.read_bytes() for path in (jpeg, png, webp, gif, tiff)]


def _refused_or_sound(path: Path, content: bytes) -> None:
    """Nothing but `KanalError`, and a file that is either untouched or the same picture without metadata."""
    path.write_bytes(content)
    for look in (personal_metadata, has_metadata):
        _refused(lambda look=look: look(path))  # type: ignore[misc]
    if _refused(lambda: clean(path)):
        assert path.read_bytes() == content
    else:
        assert personal_metadata(path) == ()
        assert measure(path).width > 0


def _refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except KanalError:
        return True
    return False


@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=200))
def test_garbage_that_begins_like_a_picture_is_refused(folder: Path, beginning: bytes, rest: bytes) -> None:
    _refused_or_sound(folder / "garbage", beginning + rest)


@given(data=st.data())
def test_a_damaged_picture_is_refused_or_still_the_same_picture(
    folder: Path, pictures: list[bytes], data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(pictures)))
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), places))
    _refused_or_sound(folder / "damaged", bytes(content[:end]))


@given(data=st.data())
def test_a_damaged_picture_is_refused_or_made_into_a_sound_one_without_metadata(
    folder: Path, pictures: list[bytes], data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(pictures)))
    places = st.integers(0, len(content) - 1)
    for place in data.draw(st.lists(places, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), places))
    path, new = folder / "damaged", folder / "new"
    path.write_bytes(content[:end])
    for make in (stripped, lambda path: made(path, Order("image/png", 8, 8, 10**6))):
        found: list[bytes | None] = []
        if not _refused(lambda make=make, found=found: found.append(make(path))) and found[0] is not None:  # type: ignore[misc]
            new.write_bytes(found[0])
            assert personal_metadata(new) == ()
            assert measure(new).width > 0


@given(data=st.data())
def test_no_damage_to_a_block_of_metadata_raises(data: st.DataObject) -> None:
    form, block = data.draw(st.sampled_from(BLOCKS))
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(block))] * 2)))
    damaged = block[:start] + data.draw(st.binary(max_size=12)) + block[end:]
    assert set(kinds_in(Carried(form, damaged))) <= set(KINDS)


@given(form=st.sampled_from(["exif", "xmp", "iptc", "photoshop", *KINDS]), data=st.binary(max_size=300))
def test_no_block_of_anything_raises(form: str, data: bytes) -> None:
    assert set(kinds_in(Carried(form, data))) <= set(KINDS)


@given(data=st.binary(max_size=100))
def test_what_is_taken_out_of_a_block_was_in_it(data: bytes) -> None:
    assert all(content in data for _, _, content in records(b"\x1c" + data) if len(content) < 100)
    assert all(content in data for content in in_photoshop(b"8BIM" + data))
