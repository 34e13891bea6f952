from pathlib import Path

import pytest

from kanal.model import Picture
from kanal.rules.accessibility.captions import check
from kanal.rules.accessibility.captions_checked import check as checked
from tests.rules.drafted import POSTS, found

VTT = "WEBVTT\n\n00:01.000 --> 00:03.500 align:start\nWir pflanzen Linden.\n"
SRT = "1\r\n00:00:01,000 --> 00:00:03,500\r\nWir pflanzen Linden.\r\n"


def _video(captions: Path | None, name: str = "film.MP4", *, read: bool = True) -> dict[str, object]:
    film = Picture(
        POSTS / name, "Zwei Gärtnerinnen setzen eine Linde", "LK", "CC0", captions=captions, captions_checked=read
    )
    return {"media": (film,)}


def _said(content: str, tmp_path: Path, name: str = "film.vtt") -> list[str]:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8", newline="")
    return [one.said.split(".")[0] for one in found(check, draft=_video(file))]


@pytest.mark.parametrize("name", ["film.mp4", "film.MOV", "film.webm", "film.m4v"])
def test_a_video_without_captions_is_an_error(name: str) -> None:
    [one] = found(check, draft=_video(None, name))
    assert (one.field, one.said.split(".")[0]) == ("media[0].captions", "The video has no captions")


def test_a_picture_needs_none() -> None:
    assert found(check, draft=_video(None, "linden.jpg")) == []


@pytest.mark.parametrize("content", [VTT, SRT, "\ufeff" + VTT])
def test_webvtt_and_subrip_are_captions(content: str, tmp_path: Path) -> None:
    assert _said(content, tmp_path, "film.vtt" if "WEBVTT" in content else "film.srt") == []


def test_a_file_that_is_called_otherwise_than_it_is_made_is_told(tmp_path: Path) -> None:
    assert _said(SRT, tmp_path) == ["The file is called "]
    assert _said(VTT, tmp_path, "film.txt") == ["There are no captions in this file"]


def test_a_file_that_is_missing_or_empty_is_told(tmp_path: Path) -> None:
    assert _said(" \n", tmp_path) == ["The file with the captions is not there, or it is empty"]
    assert [one.field for one in found(check, draft=_video(tmp_path / "gone.vtt"))] == ["media[0].captions"]


@pytest.mark.parametrize("content", ["Wir pflanzen Linden.", "WEBVTT\n", "WEBVTT\n\n00:01.000 --> 00:03.500\n\n"])
def test_a_file_without_a_single_caption_is_told(content: str, tmp_path: Path) -> None:
    assert _said(content, tmp_path) == ["There are no captions in this file"]


def test_automatic_captions_that_nobody_read_draw_a_warning(tmp_path: Path) -> None:
    assert [one.field for one in found(checked, draft=_video(tmp_path / "a.vtt", read=False))] == [
        "media[0].captions_checked"
    ]
    assert found(checked, draft=_video(tmp_path / "a.vtt")) == []
    assert found(checked, draft=_video(None, read=False)) == []
