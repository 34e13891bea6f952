"""Text with places for answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.drafting.pieces import faults, filled, gaps


def said(text: str, **answers: str) -> str:
    return filled(text, lambda gap: answers.get(gap.name))


def test_answers_stand_in_their_places() -> None:
    assert said("{title}, {place}\n", title="Fest", place="Markt") == "Fest, Markt\n"


def test_a_line_without_its_answer_is_left_out_with_the_empty_line_behind_it() -> None:
    text = "{title}\n\nFragen? {contact}\n\n{hashtag}\n"
    assert said(text, title="Fest", hashtag="#Fest") == "Fest\n\n#Fest\n"
    assert said(text, title="Fest") == "Fest\n"
    assert said(text) == ""


def test_the_first_choice_that_has_all_its_answers_is_said() -> None:
    text = "{day}[[, von {begins} bis {ends}|, ab {begins}]]."
    assert said(text, day="Montag", begins="8", ends="16") == "Montag, von 8 bis 16."
    assert said(text, day="Montag", begins="8") == "Montag, ab 8."
    assert said(text, day="Montag", ends="16") == "Montag."


def test_a_line_that_only_held_choices_is_left_out() -> None:
    assert said("Fest\n\n[[{price}]][[ {access}]]\n\nBis bald\n") == "Fest\n\nBis bald\n"


def test_mentions_stay_as_they_are() -> None:
    assert said("Mehr bei der {@feuerwehr}") == "Mehr bei der {@feuerwehr}"
    assert list(faults("Mehr bei der {@feuerwehr}")) == []


@given(st.text())
def test_an_answer_is_put_in_as_it_is_whatever_it_says(answer: str) -> None:
    assert said("a {x} b {y}", x=answer, y="{x}[[|]]") == f"a {answer} b {{x}}[[|]]"


@pytest.mark.parametrize(
    "text", ["{Title}", "{}", "{a b}", "{a", "a}", "[[{a}", "{a}]]", "[[a [[b]]]]", "[[a\nb]]", "{a:b:c}", "{{a}}"]
)
def test_what_is_no_place_is_a_fault(text: str) -> None:
    assert [fault for fault in faults(text) if fault.span.start <= len(text)]


@given(st.text(alphabet="ab{}[]|:@\n ", max_size=30))
def test_a_text_without_faults_loses_all_its_places(text: str) -> None:
    if not list(faults(text)):
        whole = filled(text, lambda _: "answer")
        assert not list(gaps(whole))
