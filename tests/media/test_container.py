"""What kind of video a file is, and whether it is whole, is told from its structure alone."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.media import UnreadableMedia
from kanal.media.container import boxes_of, is_index_first, is_whole, kind_of
from kanal.media.video import check_video
from tests.media.films import film, hollow
from tests.media.pictures import picture


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
        (b"\0\0\0\x08wide\0\0\0\x08mdat", "video/quicktime"),
        (b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm", "video/webm"),
        (b"\x1a\x45\xdf\xa3\x9fB\x82\x88matroska", "video/x-matroska"),
        (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
        (b"OggS", "video/ogg"),
        (b"\0\0\x01\xb3\x14\0\xf0", "video/mpeg"),
        (b"\x47\x40\x11\x10", "video/mp2t"),
        (b"\0\0\0\x18ftypheic", ""),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", ""),
        (b"", ""),
    ],
)
def test_the_kind_is_told_from_the_first_bytes(head: bytes, kind: str) -> None:
    assert kind_of(head) == kind


@pytest.mark.parametrize("suffix", ["mp4", "mov", "webm"])
def test_a_real_video_is_whole_and_each_cut_is_noticed(tmp_path: Path, suffix: str) -> None:
    codec = "libvpx" if suffix == "webm" else "libx264"
    whole = film(tmp_path / f"a.{suffix}", seconds=1, rate=5, codec=codec, sound="")
    kind = check_video(whole)
    content = whole.read_bytes()
    for length in (len(content) - 1, len(content) // 2, 200):
        whole.write_bytes(content[:length])
        assert not is_whole(whole, kind)
        with pytest.raises(UnreadableMedia, match="is cut off"):
            check_video(whole)


@pytest.mark.parametrize("fast", [True, False])
def test_it_is_told_whether_the_index_stands_before_the_pictures(tmp_path: Path, fast: bool) -> None:
    made = film(tmp_path / "a.mp4", seconds=1, rate=5, sound="", fast=fast)
    assert is_index_first(made, "video/mp4") == fast
    assert is_index_first(made, "video/webm")


def test_an_mp4_without_its_table_of_contents_is_cut_off(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0")
    with pytest.raises(UnreadableMedia, match="is cut off"):
        check_video(tmp_path / "a.mp4")
    assert check_video(hollow(tmp_path / "b.mp4", padding=1000)) == "video/mp4"


def test_what_is_missing_empty_or_no_video_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    for name, words in {"empty.mp4": "is empty", "gone.mp4": "There is no file", "": "cannot be read"}.items():
        with pytest.raises(UnreadableMedia, match=words):
            check_video(tmp_path / name)
    with pytest.raises(UnreadableMedia, match="is not a video"):
        check_video(picture(tmp_path / "a.jpg").rename(tmp_path / "a.mp4"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_to_an_end(content: bytes) -> None:
    boxes = list(boxes_of(BytesIO(content), len(content)))
    assert len(boxes) <= len(content) // 8
    assert all(box.start <= box.end for box in boxes)
