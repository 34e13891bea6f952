import sys
from pathlib import Path
from typing import Any

import pytest

from kanal.media.video import measure_video
from kanal.model import Format, Picture
from kanal.platforms import adapter_class
from kanal.rules.accessibility.captions import check as captions
from kanal.rules.platform.cropped import check as cropped
from kanal.rules.platform.media_count import check as count
from kanal.rules.platform.media_format import check as form
from kanal.rules.platform.video import check as rule
from kanal.rules.platform.video_sound import check as sound
from kanal.rules.privacy.picture_metadata import check as hidden
from kanal.rules.references.media_file import check as file
from kanal.video_fits import video_misfits
from tests.media.films import film, gif, hollow
from tests.media.pictures import picture as drawn
from tests.optional import require_av
from tests.rules.drafted import found


def _draft(*files: Path, channels: tuple[str, ...] = ("x",), **more: Any) -> dict[str, Any]:
    media = tuple(Picture(path, "Zwei Gärtnerinnen setzen eine Linde", "LK", "CC0", **more) for path in files)
    return {"media": media, "channels": channels}


def _said(*files: Path, channels: tuple[str, ...] = ("x",)) -> list[str]:
    return [f"{one.field}: {one.said}" for one in found(rule, draft=_draft(*files, channels=channels))]


def test_a_video_that_suits_both_networks_draws_nothing(tmp_path: Path) -> None:
    assert _said(film(tmp_path / "a.mp4", seconds=1, rate=5), channels=("x", "mastodon")) == []


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"codec": "mpeg4"}, "coded as mpeg4; x takes: h264"),
        ({"sound": "mp3"}, "sound is coded as mp3"),
        ({"seconds": 0.2, "rate": 10, "sound": ""}, "takes 0.2 seconds; x takes 0.5 to 140"),
        ({"seconds": 141, "rate": 1, "sound": ""}, "takes 141.0 seconds"),
        ({"size": (640, 160)}, "width to height 4.00"),
        ({"size": (1920, 1080), "seconds": 0.6}, "1920 × 1080 pixels large; x takes 1280 × 1024"),
        ({"size": (24, 24)}, "wants 32 on each side"),
        ({"rate": 100}, "100 pictures a second; x takes 60"),
    ],
)
def test_what_x_does_not_take_is_told_with_the_numbers(tmp_path: Path, made: dict[str, Any], words: str) -> None:
    [one] = _said(film(tmp_path / "a.mp4", **{"seconds": 1, "rate": 5, **made}))
    assert one.startswith("media[0].file: ")
    assert words in one


@pytest.mark.parametrize(
    ("made", "words"),
    [
        ({"seconds": 2}, "takes 2.0 seconds; instagram takes 3 to 900"),
        ({"rate": 10}, "10 pictures a second; instagram wants 23 at least"),
        ({"size": (2048, 220), "seconds": 3.2}, "2048 pixels wide; instagram takes 1920 at most"),
        ({"codec": "mpeg4"}, "coded as mpeg4; instagram takes: h264, hevc"),
        ({"fast": False}, "stands at the end of the file; instagram wants it at the beginning"),
    ],
)
def test_what_instagram_does_not_take_is_told_with_the_numbers(
    tmp_path: Path, made: dict[str, Any], words: str
) -> None:
    good: dict[str, Any] = {"seconds": 4, "rate": 24, "fast": True}
    assert _said(film(tmp_path / "good.mp4", **good), channels=("instagram", "facebook")) == []
    [one] = _said(film(tmp_path / "a.mp4", **{**good, **made}), channels=("instagram",))
    assert words in one


def test_a_bit_rate_is_told_in_megabits(tmp_path: Path) -> None:
    limits = adapter_class("instagram").limits.video
    facts = measure_video(film(tmp_path / "a.mp4", seconds=3, rate=24, fast=True))
    assert facts
    assert limits
    assert facts.bit_rate > 0
    [said] = video_misfits(facts._replace(bit_rate=30_000_000), limits, "instagram")
    assert (
        str(said)
        == "The video has 30.0 megabits a second; instagram takes 25 at most. Export it with a lower bit rate."
    )


def test_a_story_takes_a_minute_and_a_reel_a_quarter_of_an_hour(tmp_path: Path) -> None:
    long = film(tmp_path / "a.mp4", seconds=61, rate=24, fast=True)
    assert _said(long, channels=("instagram",)) == []
    draft = {**_draft(long, channels=("instagram",)), "format": Format.STORY}
    [one] = [each.said for each in found(rule, draft=draft)]
    assert "takes 61.0 seconds; instagram takes 3 to 60" in one


def test_a_video_stands_beside_pictures_on_instagram_only(tmp_path: Path) -> None:
    files = (film(tmp_path / "a.mp4", seconds=4, rate=24, fast=True), drawn(tmp_path / "b.jpg"))
    said = found(count, draft=_draft(*files, channels=("x", "facebook", "instagram")))
    assert [one.said.partition(" takes")[0] for one in said] == ["x", "facebook"]


def test_a_picture_beside_a_video_of_another_shape_is_cropped(tmp_path: Path) -> None:
    wide = film(tmp_path / "a.mp4", seconds=4, rate=24, size=(320, 180), fast=True)
    files = (wide, drawn(tmp_path / "b.jpg", size=(800, 800)))
    [one] = found(cropped, draft=_draft(*files, channels=("instagram",)))
    assert "(width to height 1.00) to the proportions of the first (1.78)" in one.said


def test_a_tall_video_fits_as_a_wide_one_does(tmp_path: Path) -> None:
    assert _said(film(tmp_path / "a.mp4", seconds=1, rate=5, size=(720, 1280))) == []


def test_another_kind_of_file_than_the_name_says_is_told(tmp_path: Path) -> None:
    made = film(tmp_path / "a.webm", seconds=1, rate=5, codec="libvpx", sound="").rename(tmp_path / "a.mp4")
    kinds = [one for one in _said(made) if "kind" in one]
    assert kinds == ["media[0].file: The video is a file of the kind WebM; x takes: MP4, QuickTime. Export it as MP4."]


@pytest.mark.parametrize("suffix", ["avi", "mkv", "mpg", "ts"])
def test_other_kinds_of_video_are_named_and_not_called_broken(tmp_path: Path, suffix: str) -> None:
    made = film(tmp_path / f"a.{suffix}", seconds=1, codec="mpeg2video", sound="").rename(tmp_path / "a.mp4")
    assert "is a file of the kind" in _said(made)[0]
    assert found(file, draft=_draft(made)) == []


def test_bytes_are_counted(tmp_path: Path) -> None:
    made = film(tmp_path / "a.mp4", seconds=1, rate=5)
    with made.open("ab") as more:  # a box of padding, of which a disk keeps nothing
        more.write((103_809_024).to_bytes(4) + b"free")
        more.truncate(made.stat().st_size + 8 + 103_809_024 - 8)
    [one] = _said(made, channels=("mastodon", "x"))
    assert "mastodon takes 103809024 at most" in one


def test_without_pyav_a_video_is_not_sent_unseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    [one] = _said(hollow(tmp_path / "a.mp4"), channels=("mastodon", "x"))
    assert "pip install 'kanal[video]'" in one


def test_a_network_that_takes_no_video_says_nothing_here(tmp_path: Path) -> None:
    assert _said(hollow(tmp_path / "a.mp4"), channels=("facebook", "instagram")) == []


def test_a_silent_video_needs_somebody_who_means_it(tmp_path: Path) -> None:
    [one] = found(sound, draft=_draft(film(tmp_path / "a.mp4", seconds=1, rate=5, sound="")))
    assert (one.field, one.said.split(".")[0]) == ("media[0].file", "The video has no sound")
    assert found(sound, draft=_draft(film(tmp_path / "b.mp4", seconds=1, rate=5))) == []


def test_an_empty_a_cut_off_and_a_mislabelled_video_are_told_apart(tmp_path: Path) -> None:
    require_av()
    cut = film(tmp_path / "cut.mp4", seconds=1, rate=5)
    cut.write_bytes(cut.read_bytes()[:-100])
    (tmp_path / "empty.mp4").touch()
    drawn(tmp_path / "a.jpg").rename(tmp_path / "picture.mp4")
    names = ("cut.mp4", "empty.mp4", "picture.mp4", "gone.mp4")
    said = [one.said for one in found(file, draft=_draft(*(tmp_path / name for name in names)))]
    for one, words in zip(said, ("cut off", "is empty", "is not a video", "There is no file"), strict=True):
        assert words in one


def test_a_video_stands_alone_and_so_does_a_movinggif(tmp_path: Path) -> None:
    still = drawn(tmp_path / "a.jpg")
    moving = gif(tmp_path / "b.gif", frames=3)
    fixed = gif(tmp_path / "c.gif", frames=1)
    for alone in (hollow(tmp_path / "a.mp4"), moving):
        [one] = found(count, draft=_draft(still, alone, channels=("mastodon",)))
        assert (one.field, "only by itself" in one.said) == ("media[1].file", True)
        assert found(count, draft=_draft(alone)) == []
    assert found(count, draft=_draft(still, fixed)) == []
    assert found(count, draft=_draft(still, moving, channels=("facebook",))) == []


def test_a_moving_gif_is_measured_as_one(tmp_path: Path) -> None:
    [one] = found(form, draft=_draft(gif(tmp_path / "a.gif", frames=351)))
    assert "351 pictures; x takes 350 at most" in one.said
    [one] = found(form, draft=_draft(gif(tmp_path / "b.gif", frames=2, size=(1400, 100))))
    assert "1400 × 100" in one.said
    assert found(form, draft=_draft(gif(tmp_path / "c.gif", frames=20))) == []


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ("00:00.000 --> 00:02.000", ""),
        ("00:00.000 --> 00:02.900", ""),
        ("00:00.000 --> 00:03.500", "lasts until second 3.5, but the video ends after 2.0"),
        ("00:01.500 --> 00:01.000", "in line 3 ends before it begins"),
    ],
)
def test_captions_are_held_against_the_length_of_their_video(tmp_path: Path, times: str, words: str) -> None:
    cues = tmp_path / "a.vtt"
    cues.write_text(f"WEBVTT\n\n{times}\nWir pflanzen Linden.\n", encoding="utf-8")
    made = film(tmp_path / "a.mp4", seconds=2, rate=5)
    said = "".join(one.said for one in found(captions, draft=_draft(made, captions=cues)))
    assert words in said
    assert bool(words) == bool(said)


def test_a_video_that_says_where_it_was_taken_is_told(tmp_path: Path) -> None:
    taken = film(tmp_path / "a.mp4", seconds=1, rate=5, about={"location": "+52.5200+013.4050/"})
    [one] = found(hidden, draft=_draft(taken))
    assert (one.field, one.said.split(".")[0]) == ("media[0].file", "The video file tells where it was taken")
    assert found(hidden, draft=_draft(film(tmp_path / "b.mp4", seconds=1, rate=5, about={"title": "Linden"}))) == []
