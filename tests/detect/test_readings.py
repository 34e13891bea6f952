"""File names as readers understand them, and where their words stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.detect.readings import readings


def test_a_text_is_read_as_it_is_and_its_file_names_in_words() -> None:
    text = "Siehe media/foto_ErikaMuster%20am-see12.jpg und ?filename=Plan+B"
    assert [reading.text for reading in readings(text)] == [text, "Foto Erika Muster Am See 12", "Plan B"]


@pytest.mark.parametrize("ending", ["vtt", "de.srt", "webm", "m4v", "heif", "bmp", "vcf", "JPG"])
def test_the_names_of_all_files_that_go_out_are_read(ending: str) -> None:
    assert readings(f"gespraech_karlaPetersen.{ending}")[1].text.startswith("Gespraech Karla Petersen")


def test_what_has_no_ending_of_a_file_is_read_once() -> None:
    assert len(list(readings("Mehr auf bund.de/presse_mitteilung. Ende"))) == 1


@given(st.lists(st.sampled_from(["a", "B", "1", "_", "%20", ".jpg", "name=", "?", "&", " ", "ß", "\0", "\ud800", "ŉ"])))
def test_every_word_is_found_again_in_the_text(pieces: list[str]) -> None:
    text = "".join(pieces)
    for reading in readings(text):
        for index in range(len(reading.text)):
            hit = reading.hit(index, index + 1, "sign")
            assert 0 <= hit.start < hit.end <= len(text)
            assert reading.text[index] == " " or text[hit.start].upper() == reading.text[index].upper()
