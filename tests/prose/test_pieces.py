from hypothesis import given
from hypothesis import strategies as st

from kanal.prose.pieces import LINE_END, PARAGRAPH_END, _piece, pieces
from kanal.prose.words import PIECES_REMEMBERED


def test_links_hashtags_and_mentions_are_no_pieces() -> None:
    assert pieces("Mehr: https://a.example/b #Eins @amt Ende.").written == ("Mehr:", "Ende.", "", "")


def test_the_end_of_a_line_is_a_piece_of_its_own_and_that_of_a_paragraph_is_another() -> None:
    assert pieces("Eins\nZwei\n \n\nDrei").stop == ("", LINE_END, "", PARAGRAPH_END, "", PARAGRAPH_END, PARAGRAPH_END)


def test_what_a_sentence_may_end_with_is_told_from_the_word_before() -> None:
    found = pieces("„Halt!“ ca. Verwaltung. z.B. (ja). 12. a:b")
    assert found.stop[:7] == ("!“", ".", ".", ".", ".", ".", "")
    assert found.last[:7] == ("", "ca", "", "B", "", "12", "")
    assert found.first[:7] == ("Halt", "ca", "Verwaltung", "z", "ja", "12", "a")


def test_numbers_are_spoken_but_no_words() -> None:
    found = pieces("18:30 Öffnungszeiten, Bürger*innen")
    assert found.words[:3] == (0, 1, 1)
    assert found.commas[:3] == (0, 1, 0)
    assert found.spoken[:3] == ((1, 0, 0, 1), (1, 1, 1, 0), (1, 1, 1, 0))


def test_a_piece_is_looked_into_once() -> None:
    _piece.cache_clear()
    assert pieces("Amt Kreis Amt").words[:3] == (1, 1, 1)
    assert pieces("der Kreis").words[:2] == (1, 1)
    assert _piece.cache_info().misses == len(["Amt", "Kreis", "der"])


def test_no_more_pieces_are_kept_than_may_be() -> None:
    assert pieces(" ".join(map(str, range(5000)))).written[:5000] == tuple(map(str, range(5000)))
    assert _piece.cache_info().currsize <= PIECES_REMEMBERED


@given(st.text(alphabet=st.sampled_from('aBä .!?:;,\n\u00a0„“"#@1/x') | st.characters()))
def test_any_text_falls_into_pieces_without_blanks(text: str) -> None:
    found = pieces(text)
    assert all(part.split() == [part] for part in found.written if part)
    assert found.stop[-2:] == (PARAGRAPH_END, PARAGRAPH_END)
