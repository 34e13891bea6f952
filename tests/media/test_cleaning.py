"""Metadata go, the picture stays as it is to the last pixel, and no mishap costs the file."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PIL import Image, ImageCms, features

from kanal.errors import KanalError
from kanal.media import UnreadableMedia, cleaning, has_metadata, jpeg, measure, personal_metadata, png, webp
from kanal.media.cleaning import UncleanableMedia, clean, cleaned, stripped
from kanal.media.structure import Broken
from tests.media.pictures import (
    BERLIN,
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

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
EVERYTHING = exif({0x010E: "am Rathaus", 0x013B: "Mia"}, photo={0xA431: "4711"}, gps=BERLIN)
PACKET = xmp("<dc:creator>Mia</dc:creator>", 'exif:GPSLatitude="52,31.2N"')
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "plain.jpg": ("RGB", {}),
    "progressive.jpg": ("RGB", {"progressive": True, "quality": 70}),
    "restarts.jpg": ("RGB", {"restart_marker_blocks": 2}),
    "grey.jpg": ("L", {}),
    "print.jpg": ("CMYK", {}),
    "plain.png": ("RGB", {}),
    "transparent.png": ("RGBA", {}),
    "palette.png": ("P", {"transparency": 3}),
    "deep.png": ("I;16", {}),
    "lossy.webp": ("RGB", {}),
    "lossless.webp": ("RGBA", {"lossless": True}),
}
MOVING = ["moving.png", "moving.webp"]


def laden(path: Path, mode: str = "RGB", options: dict[str, Any] | None = None) -> Path:
    """A picture with everything that may be on it."""
    noise = Image.effect_noise((61, 43), 80)
    image = noise.convert("P" if mode == "P" else "RGBA").convert(mode) if mode != "I;16" else noise.convert("I;16")
    if mode == "RGBA":
        image.putalpha(noise)
    extra: dict[str, Any] = {"exif": EVERYTHING, "icc_profile": PROFILE, "dpi": (300, 300), **(options or {})}
    if path.suffix != ".png":
        extra |= {"xmp": PACKET}
    if path.suffix == ".jpg":
        extra |= {"comment": b"Mia vor dem Rathaus"}
    image.save(path, **extra)
    return _laden_further(path)


def _laden_further(path: Path) -> Path:
    if path.suffix == ".jpg":
        with_segment(path, 0xED, photoshop(iptc(80, b"Mia")))
        with_segment(path, 0xEC, b"Ducky\0\x01\0\x04\0\0\0\x50")
        with_tail(path, picture(path.with_name("second.jpg"), exif=EVERYTHING).read_bytes())
    if path.suffix == ".png":
        with_chunk(path, b"tEXt", b"Author\0Mia")
        with_chunk(path, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + PACKET)
        with_chunk(path, b"tIME", b"\x07\xea\x05\x04\x0c\0\0")
        with_chunk(path, b"prVt", b"a program's own")
        with_tail(path, b"Mia behind the end")
    if path.suffix == ".webp":
        with_tail(path, b"Mia behind the end")
    return path


def shown(content: bytes) -> list[Any]:
    """Everything that decides on how the first picture (or each frame of a moving one) looks."""
    with Image.open(BytesIO(content)) as image:
        seen: list[Any] = [image.size, image.mode, image.info.get("icc_profile"), image.info.get("dpi")]
        seen += [image.info.get(key) for key in ("transparency", "gamma", "loop", "adobe_transform")]
        for frame in range(getattr(image, "n_frames", 1) if image.format != "MPO" else 1):
            image.seek(frame)
            seen += [image.info.get("duration"), image.mode, image.tobytes()]
    return seen


@pytest.mark.parametrize("name", KINDS)
def test_everything_goes_but_the_looks(tmp_path: Path, name: str) -> None:
    path = laden(tmp_path / name, *KINDS[name])
    before = path.read_bytes()
    assert {"gps", "person", "device", "comment"} == set(personal_metadata(path))
    assert clean(path)
    after = path.read_bytes()
    assert (personal_metadata(path), has_metadata(path)) == ((), ())
    assert shown(after) == shown(before)
    assert not [word for word in (b"Mia", b"4711", b"Ducky", b"program's own", b"tIME") if word in after]


@pytest.mark.parametrize("name", MOVING)
def test_a_moving_picture_keeps_all_its_frames(tmp_path: Path, name: str) -> None:
    path = moving(tmp_path / name, exif=EVERYTHING, duration=80, loop=3)
    before = path.read_bytes()
    assert clean(path)
    assert shown(path.read_bytes()) == shown(before)
    assert (measure(path).animated, has_metadata(path)) == (True, ())


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize("turn", range(10))
def test_how_the_camera_was_held_stays(tmp_path: Path, name: str, turn: int) -> None:
    block = exif({0x0112: turn, 0x013B: "Mia"}, gps=BERLIN)
    path = picture(tmp_path / name, exif=block)
    before = measure(path)
    assert clean(path)
    after = measure(path)
    assert (after.width, after.height) == (before.width, before.height)
    with Image.open(path) as image:
        assert dict(image.getexif()) == ({0x0112: turn} if turn in range(2, 9) else {})


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_cleaning_again_changes_nothing(tmp_path: Path, name: str) -> None:
    path = picture(tmp_path / name, exif=exif({0x0112: 6, 0x013B: "Mia"}))
    assert clean(path)
    content, changed = path.read_bytes(), path.stat().st_mtime_ns
    assert not clean(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (content, changed)


@pytest.mark.parametrize("transparency", [None, 3])
def test_a_moving_gif_loses_its_remarks_and_nothing_else(tmp_path: Path, transparency: int | None) -> None:
    more = {} if transparency is None else {"transparency": transparency, "disposal": 2}
    path = moving(tmp_path / "a.gif", duration=80, loop=3, **more)
    plain = path.read_bytes()
    remarks = b"!\xfe\x03Mia\0!\xff\x0bXMP DataXMP" + PACKET + b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    path.write_bytes(plain[:-1] + remarks + b"!\xff\x0bMGK8BIM0000\x03abc\0" + plain[-1:])
    assert set(personal_metadata(path)) == {"gps", "person", "comment"}
    assert cleaned(path) == plain
    assert clean(path)
    assert (path.read_bytes(), personal_metadata(path), measure(path).animated) == (plain, (), True)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif"])
def test_stripped_leaves_nothing_at_all_or_says_that_it_cannot(tmp_path: Path, name: str) -> None:
    path = picture(tmp_path / name)
    assert stripped(path) == path.read_bytes()
    if name != "a.gif":
        assert stripped(picture(tmp_path / name, exif=exif({0x0112: 6}))) is None
        laid_flat = stripped(picture(tmp_path / name, exif=exif({0x013B: "Mia"}, gps=BERLIN)))
        assert laid_flat is not None
        assert b"Mia" not in laid_flat


@pytest.mark.parametrize("name", ["a.tif", "a.bmp"])
def test_what_stripped_cannot_take_apart_has_to_be_encoded_anew(tmp_path: Path, name: str) -> None:
    assert stripped(picture(tmp_path / name)) is None


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.gif"])
def test_a_picture_without_metadata_stays_byte_for_byte(tmp_path: Path, name: str) -> None:
    more: dict[str, Any] = {} if name == "a.gif" else {"icc_profile": PROFILE}
    path = picture(tmp_path / name, **more)
    before = path.read_bytes()
    assert not clean(path)
    assert cleaned(path) == path.read_bytes() == before


def test_exif_comes_behind_jfif(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg", exif=exif({0x0112: 6, 0x013B: "Mia"}))
    assert clean(path)
    content = path.read_bytes()
    assert (content[2:4], content[20:22]) == (b"\xff\xe0", b"\xff\xe1")


def test_a_webp_does_not_announce_what_has_gone(tmp_path: Path) -> None:
    path = laden(tmp_path / "a.webp")
    before = path.read_bytes()
    assert clean(path)
    assert before[12:16] == b"VP8X"
    assert (before[20] & 0x0C, path.read_bytes()[20] & 0x0C) == (0x0C, 0)


def test_thumbnails_go(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.jpg")
    content = path.read_bytes()
    assert content[6:11] == b"JFIF\0"
    jfif = content[11:18] + b"\1\1Mia"
    path.write_bytes(b"\xff\xd8\xff\xe0\0\x13JFIF\0" + jfif + content[20:])
    assert clean(path)
    assert path.read_bytes() == content


def test_of_several_pictures_in_a_file_the_first_stays(tmp_path: Path) -> None:
    path = moving(tmp_path / "a.mpo").rename(tmp_path / "a.jpg")
    before = path.read_bytes()
    assert clean(path)
    after = path.read_bytes()
    assert before.count(b"\xff\xd9") == 3
    assert after.count(b"\xff\xd9") == 1
    assert b"MPF" not in after
    assert shown(after)[:2] == shown(before)[:2]
    assert shown(after)[-1] == shown(before)[-1]


def test_cleaned_does_not_touch_the_file(tmp_path: Path) -> None:
    path = laden(tmp_path / "a.jpg")
    before = path.read_bytes()
    assert len(cleaned(path)) < len(before)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["a.tif", "a.bmp"] + ["a.avif"] * bool(features.check("avif")))
def test_another_format_is_refused_with_a_way_out(tmp_path: Path, name: str) -> None:
    path = picture(tmp_path / name)
    before = path.read_bytes()
    with pytest.raises(UncleanableMedia, match="JPEG, PNG, GIF and WebP only") as caught:
        clean(path)
    assert "Export the picture" in str(caught.value.advice)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.9])
def test_a_picture_that_is_cut_off_stays_as_it_is(tmp_path: Path, name: str, share: float) -> None:
    path = picture(tmp_path / name, (200, 200), exif=EVERYTHING)
    content = path.read_bytes()
    content = content[: int(len(content) * share)]
    path.write_bytes(content)
    with pytest.raises(UnreadableMedia):
        clean(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
def test_without_its_end_no_structure_is_taken_apart(tmp_path: Path, name: str) -> None:
    content = picture(tmp_path / name).read_bytes()
    with pytest.raises(Broken):
        {"a.jpg": jpeg, "a.png": png, "a.webp": webp}[name].cleaned(content[:-2])


def test_a_picture_with_a_flipped_bit_is_called_damaged(tmp_path: Path) -> None:
    path = laden(tmp_path / "a.png")
    content = bytearray(path.read_bytes())
    content[content.index(b"IDAT") + 20] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableMedia, match="damaged"):
        clean(path)
    assert path.read_bytes() == content


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for name in ("missing.jpg", "."):
        with pytest.raises(UnreadableMedia):
            clean(tmp_path / name)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
@pytest.mark.parametrize("mode", [0o644, 0o664, 0o600])
def test_the_rights_to_the_file_stay(tmp_path: Path, mode: int) -> None:
    path = laden(tmp_path / "a.jpg")
    path.chmod(mode)
    assert clean(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="needs a right that Windows gives to administrators only")
def test_a_link_stays_a_link_and_the_picture_behind_it_is_cleaned(tmp_path: Path) -> None:
    path = laden(tmp_path / "a.jpg")
    link = tmp_path / "link.jpg"
    link.symlink_to(path)
    assert clean(link)
    assert link.is_symlink()
    assert personal_metadata(path) == ()


def _disk_full(_: int) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _interrupted(_: int) -> NoReturn:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("mishap", "error"), [(_disk_full, UncleanableMedia), (_interrupted, KeyboardInterrupt)])
def test_a_mishap_while_writing_leaves_the_picture_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mishap: Callable[[int], NoReturn], error: type[BaseException]
) -> None:
    path = laden(tmp_path / "a.png")
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", mishap)
    with pytest.raises(error):
        clean(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]


def test_a_full_disk_is_told_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = laden(tmp_path / "a.png")
    monkeypatch.setattr(os, "fsync", _disk_full)
    with pytest.raises(UncleanableMedia, match=r"“a\.png” cannot be written: No space left on device") as caught:
        clean(path)
    assert "free space" in str(caught.value.advice)


def test_a_killed_process_leaves_the_picture_whole(tmp_path: Path) -> None:
    path = laden(tmp_path / "a.png")
    before = path.read_bytes()
    program = f"""
import os, pathlib
os.fsync = lambda _: os._exit(9)
from kanal.media.cleaning import clean
clean(pathlib.Path({str(path)!r}))
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    assert path.read_bytes() == before


def _smaller(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as image:
        target = BytesIO()
        image.resize((30, 20)).save(target, "PNG")
    return target.getvalue()


def _cut_off(content: bytes) -> bytes:
    return content[:-100]


def _with_author(content: bytes) -> bytes:
    return content + b"Mia"


@pytest.mark.parametrize("mistake", [_smaller, _cut_off, _with_author])
def test_a_result_that_is_not_the_same_picture_without_metadata_is_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistake: Callable[[bytes], bytes]
) -> None:
    path = with_chunk(picture(tmp_path / "a.png"), b"tEXt", b"Author\0Mia")
    before = path.read_bytes()
    monkeypatch.setattr(cleaning, "_cleaned", lambda _, content: mistake(content))
    with pytest.raises(UncleanableMedia, match="without changing the picture"):
        clean(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.png"]


def test_its_errors_belong_to_the_one_tree() -> None:
    assert issubclass(UncleanableMedia, KanalError)
