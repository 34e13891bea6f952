"""Videos are measured where PyAV is installed, and where it is not, nobody claims to know anything."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.media import UnreadableMedia
from kanal.media.gallery import Gallery
from kanal.media.video import measure_video
from kanal.testing.parts import write_film
from tests.media.films import film, hollow, only_sound
from tests.optional import require_av


def test_a_video_is_measured(tmp_path: Path) -> None:
    facts = measure_video(film(tmp_path / "a.mp4", seconds=2, size=(320, 180)))
    assert facts
    assert (facts.media_type, facts.expected_type) == ("video/mp4", "video/mp4")
    assert (facts.width, facts.height, facts.codec, facts.sound) == (320, 180, "h264", "aac")
    assert facts.seconds == pytest.approx(2, abs=0.1)
    assert facts.frame_rate == pytest.approx(25)
    assert facts.ratio == pytest.approx(16 / 9)
    assert facts.bytes == (tmp_path / "a.mp4").stat().st_size


@pytest.mark.parametrize(("codec", "name"), [("mpeg4", "mpeg4"), ("libx265", "hevc")])
def test_a_strange_codec_is_named(tmp_path: Path, codec: str, name: str) -> None:
    facts = measure_video(film(tmp_path / "a.mp4", seconds=1, codec=codec, sound="", rate=5))
    assert facts
    assert (facts.codec, facts.sound) == (name, "")


def test_the_kind_comes_from_the_content_not_from_the_name(tmp_path: Path) -> None:
    made = film(tmp_path / "a.webm", seconds=1, codec="libvpx", sound="", rate=5)
    facts = measure_video(made.rename(tmp_path / "a.mp4"))
    assert facts
    assert (facts.media_type, facts.expected_type) == ("video/webm", "video/mp4")


def test_a_file_that_only_looks_like_a_video_is_damaged(tmp_path: Path) -> None:
    require_av()
    with pytest.raises(UnreadableMedia, match="video"):
        measure_video(hollow(tmp_path / "a.mp4"))
    whole = film(tmp_path / "b.mp4", seconds=1, rate=5)
    content = bytearray(whole.read_bytes())
    place = content.index(b"moov") + 4
    content[place : place + 400] = bytes(400)
    whole.write_bytes(content)
    with pytest.raises(UnreadableMedia):
        measure_video(whole)


def test_a_codec_that_nobody_knows_is_told(tmp_path: Path) -> None:
    made = film(tmp_path / "a.mp4", seconds=1, rate=5)
    whole = made.read_bytes()
    made.write_bytes(whole.replace(b"avc1", b"qqq1"))
    with pytest.raises(UnreadableMedia, match="a way that nobody knows"):
        measure_video(made)
    made.write_bytes(whole.replace(b"mp4a", b"qqqa").replace(b"esds", b"qqqs"))
    facts = measure_video(made)
    assert facts
    assert facts.sound == "unknown"


@given(places=st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 255)), min_size=1, max_size=30))
def test_whatever_is_broken_in_a_file_it_is_measured_or_refused(
    tmp_path_factory: pytest.TempPathFactory, places: list[tuple[int, int]]
) -> None:
    require_av()
    file = tmp_path_factory.getbasetemp() / "broken.mp4"
    write_film(file)
    content = bytearray(file.read_bytes())
    for place, byte in places:
        content[place] = byte
    file.write_bytes(content)
    with suppress(UnreadableMedia):
        assert measure_video(file)


def test_a_file_with_sound_alone_is_no_video(tmp_path: Path) -> None:
    made = only_sound(tmp_path / "a.mp4")
    with pytest.raises(UnreadableMedia, match="sound, but no video"):
        measure_video(made)


def test_without_the_package_nothing_is_known_but_mistakes_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    assert measure_video(hollow(tmp_path / "a.mp4")) is None
    assert Gallery().video(tmp_path / "a.mp4") is None
    (tmp_path / "b.mp4").touch()
    with pytest.raises(UnreadableMedia, match="is empty"):
        measure_video(tmp_path / "b.mp4")


def test_a_video_is_looked_into_once_while_it_does_not_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = film(tmp_path / "a.mp4", seconds=1, rate=5)
    first = Gallery()
    facts = first.video(made)
    second = Gallery()
    second.remember(first.known)
    monkeypatch.setattr("kanal.media.video.measure_video", lambda _: pytest.fail("the file was opened again"))
    assert second.video(made) == facts
