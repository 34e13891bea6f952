"""Captions made into SubRip say the same at the same times, whichever form they came in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.text.cues import cues
from kanal.text.subrip import as_subrip

_THOUSANDTHS = st.integers(0, 9 * 3600 * 1000)
_WORDS = st.text(st.characters(codec="utf-8", exclude_characters="<>&\r\n", exclude_categories=("C", "Z")), min_size=1)


def _time(thousandths: int, separator: str) -> str:
    seconds, rest = divmod(thousandths, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{separator}{rest:03}"


@given(st.lists(st.tuples(_THOUSANDTHS, _THOUSANDTHS, _WORDS), max_size=5), st.sampled_from(["\n", "\r\n"]))
def test_times_and_words_survive_and_a_second_time_changes_nothing(
    said: list[tuple[int, int, str]], newline: str
) -> None:
    blocks = [f"{_time(start, '.')} --> {_time(end, '.')}\n{words}" for start, end, words in said]
    made = as_subrip("\n\n".join(["\ufeffWEBVTT", *blocks]).replace("\n", newline))
    assert made == "".join(
        f"{number}\n{_time(start, ',')} --> {_time(end, ',')}\n{words}\n\n"
        for number, (start, end, words) in enumerate(said, 1)
    )
    assert as_subrip(made) == made
    assert len(list(cues(made))) == len(said)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("<v Anna Meier>Guten Tag", "Anna Meier: Guten Tag"),
        ("<v.laut Anna>Halt!</v>", "Anna: Halt!"),
        ("<c.rot>Rot</c> und <i>schräg</i>", "Rot und <i>schräg</i>"),
        ("Bau &amp; Umwelt &lt;heute&gt;", "Bau & Umwelt <heute>"),
        ("<00:00:01.000>ge<00:00:02.000>teilt", "geteilt"),
        ("- Ja.\n- Nein.", "- Ja.\n- Nein."),
    ],
)
def test_markup_that_subrip_does_not_know_becomes_words(line: str, words: str) -> None:
    made = as_subrip(f"WEBVTT\n\neins\n00:01.000 --> 00:02.500 align:start\n{line}\n")
    assert made == f"1\n00:00:01,000 --> 00:00:02,500\n{words}\n\n"


def test_remarks_styles_and_captions_without_words_are_left_out() -> None:
    captions = (
        "WEBVTT\n\nNOTE nur intern\n\nSTYLE\n::cue {}\n\n00:01.000 --> 00:02.000\n \n\n00:03.000 --> 00:04.000\nJa\n"
    )
    assert as_subrip(captions) == "1\n00:00:03,000 --> 00:00:04,000\nJa\n\n"
    assert as_subrip("WEBVTT\n") == ""
