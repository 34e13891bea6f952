"""A video that no network would take stops at the desk: with place, numbers and what to do, and nothing is sent."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kanal.sandbox import Practice
from tests.cli.calls import Kanal
from tests.conftest import WriteFile
from tests.media.films import film
from tests.optional import require_av

DRAFT = """\
id: film
channels: [x, mastodon]
text: So werden Linden gepflanzt.
media:
  - file: bad.mp4
    alt: Zwei Gärtnerinnen setzen eine Linde
    credit: Landkreis Musterland
    licence: CC BY 4.0
    captions: film.de.vtt
"""


def _cut(path: Path) -> None:
    whole = film(path, seconds=4, rate=5).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _mislabelled(path: Path) -> None:
    path.write_bytes((path.parent / "good.jpg").read_bytes())


BAD: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "empty": (Path.touch, "“bad.mp4” is empty. Export or copy the video once more."),
    "cut off": (_cut, "“bad.mp4” is cut off: its end is missing. Export or copy the video once more."),
    "mislabelled": (_mislabelled, "“bad.mp4” is not a video, whatever its name says. Export it as MP4."),
    "no sound": (lambda path: film(path, rate=5, sound=""), "The video has no sound. Export it once more"),
    "strange codec": (lambda path: film(path, rate=5, codec="mpeg4"), "coded as mpeg4; x takes: h264. Export"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_video_is_told_with_its_place_and_nothing_is_sent(
    name: str, kanal: Kanal, practice: Practice, write_file: WriteFile
) -> None:
    require_av()
    spoil, words = BAD[name]
    spoil(write_file("posts/film.yaml", DRAFT).parent / "bad.mp4")
    answer = kanal("publish", "--sandbox", "film")
    assert (answer.code, answer.err) == (1, "Nothing was sent.\n")
    assert answer.out.startswith("posts/film.yaml:5:11: error: ")
    assert words in answer.out
    assert practice.posts() == []
