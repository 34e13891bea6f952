"""All rules of the family together: nothing is said twice, and what is personal is known as such."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.rules import LooksAt, Rule, discover
from tests.corpus.labelled import Sentence, sentences
from tests.rules.drafted import found
from tests.rules.privacy.office import REGISTERS, REPLY

OF_DRAFTS = [rule for rule in discover() if rule.family == "privacy" and rule.looks_at is LooksAt.DRAFT]
NOT_PERSONAL = {
    "ask-personal-data", "children", "faces", "hidden-link", "own-source", "picture-metadata", "third-party-service",
    "tracking",
}  # fmt: skip
TWO_MATTERS = {("privacy/third-party-service", f"privacy/{held}") for held in ("phone", "address", "coordinates")}
"""A messenger's link that holds a private number, a map's that holds somebody's address."""
NUMBER = st.sampled_from(["DE02120300000000202051", "86095742719", "0171 3920042", "HH-AB 1234", "Gartenstraße 12"])
WORD = st.sampled_from(["Bitte", "nennen Sie uns", "Ihre Anschrift", "Karla Petersen", "geboren", "Az. 1/26", "Konto"])
SIGN = st.sampled_from(
    [" ", "\n", ". ", ", ", "\u00a0", "\u202e", "\ud800", "„", "https://", "bit.ly/", "?utm_source="]
)


def _marks(text: str) -> Iterator[tuple[int, int, Rule]]:
    """Where the rules see something in a text; nothing stands in it twice."""
    for rule in OF_DRAFTS:
        for one in found(rule, text):
            if one.words:
                yield text.index(one.words), len(one.words), rule


@pytest.mark.parametrize("sentence", [s for s in sentences() if s.spans], ids=lambda sentence: sentence.line)
def test_no_two_rules_speak_about_the_same_words(sentence: Sentence) -> None:
    marks = sorted(_marks(sentence.text), key=lambda mark: mark[:2])
    twice = [(a[2].id, b[2].id) for a, b in pairwise(marks) if b[0] < a[0] + a[1]]
    assert [pair for pair in twice if pair not in TWO_MATTERS] == []


def test_what_is_personal_is_masked_in_logs() -> None:
    assert {rule.id.removeprefix("privacy/") for rule in OF_DRAFTS if not rule.personal} == NOT_PERSONAL


@given(st.lists(NUMBER | WORD | SIGN | st.text(max_size=3), max_size=12).map("".join), st.booleans())
def test_marks_lie_inside_of_any_text_and_are_not_empty(text: str, is_reply: bool) -> None:
    for rule in OF_DRAFTS:
        for one in found(rule, text, draft=REPLY if is_reply else {}, registers=REGISTERS):
            assert one.words or rule.id == "privacy/own-source"
            assert one.instead != one.words
