"""Captions are read with their times, in both forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.text.cues import Cue, cues, language_named

_SECONDS = st.integers(0, 9 * 3600 * 1000).map(lambda thousandths: thousandths / 1000)


def _vtt(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{rest:06.3f}"


@given(st.lists(st.tuples(_SECONDS, _SECONDS), max_size=5))
def test_what_was_written_is_read_in_both_forms(times: list[tuple[float, float]]) -> None:
    for separator, newline in ((".", "\n"), (",", "\r\n")):
        lines = ["WEBVTT", ""]
        for start, end in times:
            lines += [f"{_vtt(start)} --> {_vtt(end)}".replace(".", separator), "Wir pflanzen Linden.", ""]
        found = list(cues(newline.join(lines)))
        expected = [Cue(round(a, 3), round(b, 3), 3 + 3 * n) for n, (a, b) in enumerate(times)]
        assert [(round(c.start, 3), round(c.end, 3), c.line) for c in found] == expected


def test_hours_may_be_missing_and_settings_may_follow() -> None:
    assert list(cues("WEBVTT\n\n01:02.500 --> 01:04.000 align:start\nHallo\n")) == [Cue(62.5, 64.0, 3)]


def test_a_caption_without_words_is_none() -> None:
    assert list(cues("WEBVTT\n\n00:01.000 --> 00:03.500\n\n")) == []


@pytest.mark.parametrize(
    ("name", "otherwise", "language"),
    [
        ("film.de.vtt", "en", "de"),
        ("film.de-AT.srt", "en", "de"),
        ("film.vtt", "en-GB", "en"),
        ("film.TR.vtt", "de", "tr"),
    ],
)
def test_the_language_stands_in_the_name_of_a_caption_file(name: str, otherwise: str, language: str) -> None:
    assert language_named(name, otherwise) == language
