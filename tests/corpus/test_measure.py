"""How hits are counted."""

from collections.abc import Iterator

import pytest

from tests.corpus.labelled import Span, parsed
from tests.corpus.measure import measure, measure_all, score, table


def _at(*places: tuple[int, int]) -> list[Span]:
    return [Span("phone", start, end) for start, end in places]


def _question_marks(text: str) -> Iterator[Span]:
    return (Span("phone", place, place + 1) for place, letter in enumerate(text) if letter == "?")


def test_a_hit_that_overlaps_is_right() -> None:
    found = score(_at((3, 6)), _at((0, 4)))

    assert (found.right, found.false, found.missed) == (1, (), ())


def test_a_hit_that_only_touches_is_false_and_the_wanted_one_missed() -> None:
    found = score(_at((4, 6)), _at((0, 4)))

    assert (found.right, found.false, found.missed) == (0, (*_at((4, 6)),), (*_at((0, 4)),))


def test_a_second_hit_for_the_same_thing_is_false() -> None:
    assert score(_at((0, 2), (2, 4)), _at((0, 4))).false == (*_at((2, 4)),)


def test_a_hit_over_everything_counts_once() -> None:
    found = score(_at((0, 99)), _at((0, 4), (10, 14), (20, 24)))

    assert (found.right, found.missed) == (1, (*_at((10, 14), (20, 24)),))


def test_the_order_of_hits_does_not_matter() -> None:
    assert score(_at((10, 14), (0, 4)), _at((0, 4), (10, 14))).right == 2


def test_precision_and_recall_are_those_of_all_sentences_together() -> None:
    corpus = tuple(parsed("Ruf ⟦phone|?1⟧ an\nOder ⟦phone|2⟧\nWirklich?\nNein\n⟦person|Karla Stein⟧"))

    found = measure("contacts", [_question_marks], corpus)

    assert (found.sentences, found.wanted, found.right) == (2, 2, 1)
    assert found.precision == pytest.approx(0.5)
    assert found.recall == pytest.approx(0.5)
    assert found.false == ("line 3: “?” in: Wirklich?",)
    assert found.missed == ("line 2: “2” in: Oder 2",)


def test_detectors_that_say_nothing_say_nothing_wrong() -> None:
    found = measure("contacts", [], tuple(parsed("Ruf ⟦phone|1⟧ an")))

    assert (found.precision, found.recall) == (1.0, 0.0)


def test_the_table_has_a_row_per_group() -> None:
    corpus = tuple(parsed("Ruf ⟦phone|?1⟧ an\nOder ⟦phone|2⟧\nDas war’s\n⟦person|Karla Stein⟧"))

    rows = table(measure_all({"contacts": [_question_marks], "names-and-addresses": []}, corpus)).splitlines()

    assert rows[0] == "| group | sentences | hits wanted | precision | recall |"
    assert rows[2:] == ["| contacts | 2 | 2 | 1.000 | 0.500 |", "| names-and-addresses | 1 | 1 | 1.000 | 0.000 |"]
