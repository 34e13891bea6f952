"""The reader of the labelled sentences, and what the corpus promises."""

from collections import Counter

import pytest

from tests.corpus.labelled import GROUPS, KINDS, Span, parsed, sentences

AT_LEAST = {"identifiers": 40, "contacts": 40, "links": 40, "names-and-addresses": 45, "others": 15}


def test_marks_are_taken_out_and_their_places_kept() -> None:
    (sentence,) = parsed("Fragen an Frau ⟦person|Holm⟧, Tel. ⟦phone|030 23125 100⟧!")

    assert sentence.text == "Fragen an Frau Holm, Tel. 030 23125 100!"
    assert sentence.spans == (Span("person", 15, 19), Span("phone", 26, 39))
    assert [sentence.text[span.start : span.end] for span in sentence.spans] == ["Holm", "030 23125 100"]


def test_a_group_asks_only_for_its_own_kinds() -> None:
    (sentence,) = parsed("⟦person|Karla Stein⟧, ⟦email|karla@example.org⟧")

    assert [span.kind for span in sentence.wanted("contacts")] == ["email"]


def test_comments_and_empty_lines_are_no_sentences_but_count() -> None:
    found = list(parsed("# a comment\n\n#\n#Kreistag tagt\n"))

    assert [(sentence.line, sentence.text) for sentence in found] == [(4, "#Kreistag tagt")]


def test_written_out_blanks_become_blanks_that_do_not_break() -> None:
    (sentence,) = parsed(r"⟦phone|030\u00a023125\u202f100⟧")

    assert sentence.text == "030\N{NO-BREAK SPACE}23125\N{NARROW NO-BREAK SPACE}100"
    assert sentence.spans == (Span("phone", 0, 13),)


@pytest.mark.parametrize(
    "line", ["⟦person|⟧", "⟦person Holm⟧", "⟦person|Holm", "Holm⟧", "⟦person|⟦email|a@b⟧⟧", "⟦tel|1⟧"]
)
def test_a_broken_mark_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(ValueError, match="line 2"):
        list(parsed(f"Guten Tag\n{line}"))


def test_the_corpus_is_large_and_at_least_half_of_it_must_stay_silent() -> None:
    found = sentences()
    silent = [sentence for sentence in found if not sentence.spans]

    assert len(found) >= 260
    assert len(silent) * 2 >= len(found)


def test_no_sentence_stands_in_the_corpus_twice() -> None:
    counted = Counter(sentence.text for sentence in sentences())

    assert [text for text, times in counted.items() if times > 1] == []


def test_every_kind_is_there_and_every_group_often_enough() -> None:
    kinds = Counter(span.kind for sentence in sentences() for span in sentence.spans)

    assert set(kinds) == KINDS
    assert {
        group: count for group, count in AT_LEAST.items() if sum(kinds[kind] for kind in GROUPS[group]) < count
    } == {}
