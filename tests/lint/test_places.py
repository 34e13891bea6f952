"""The words that a finding means, found again in the file as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.lint.places import Source
from kanal.model import Place, Span
from kanal.yaml12 import parse

HEAD = "id: a\nchannels: [x]\n"


def _marked(text: str, words: str, field: str = "text", nth: int = 0) -> tuple[int, int, int, str | None]:
    """Line, column, width and source of the nth `words` in a field."""
    document = parse(text, "f.yaml")
    value: object = document.value
    for step in field.replace("]", "").replace("[", ".").split("."):
        value = value[int(step)] if isinstance(value, list) else value[step]  # type: ignore[index]
    said = str(value).strip("\n")
    start = -1
    for _ in range(nth + 1):
        start = said.index(words, start + 1)
    source = Source(text, document.places)
    found = source.find(field, said, Span(start, start + len(words)))
    quoted = None if found.start is None else text[found.start : found.end]
    return found.place.line, found.place.column, found.width, quoted


@pytest.mark.parametrize(
    ("written", "line", "column"),
    [
        ("text: Am Markt gesperrt\n", 3, 10),
        ("text: 'Am Markt gesperrt'\n", 3, 11),
        ('text: "Am Markt gesperrt"\n', 3, 11),
        ("text: |\n  Heute:\n\n  Am Markt gesperrt\n", 6, 6),
        ("text: >-\n  Am\n  Markt gesperrt\n", 5, 3),
        ("text: Heute am\n  Markt\n  gesperrt\n", 4, 3),
        ("text: |\r\n  Heute:\r\n  Am Markt gesperrt\r\n", 5, 6),
        ("text: |\n  😀 Ä Am Markt\n", 4, 10),
    ],
)
def test_words_are_found_in_every_way_to_write_text(written: str, line: int, column: int) -> None:
    assert _marked(HEAD + written, "Markt") == (line, column, 5, "Markt")


def test_words_across_a_fold_are_marked_up_to_the_end_of_their_line() -> None:
    assert _marked(f"{HEAD}text: >-\n  Am Markt\n  gesperrt\n", "Markt gesperrt") == (4, 6, 5, "Markt\n  gesperrt")


@pytest.mark.parametrize("style", ["|", ">-"])
def test_a_no_break_space_is_not_taken_for_an_indentation(style: str) -> None:
    assert _marked(f"{HEAD}text: {style}\n  Am Markt\n  ist\xa0zu\n", "\xa0") == (5, 6, 1, "\xa0")


def test_the_second_of_equal_words_is_not_the_first() -> None:
    text = f"{HEAD}text: |\n  Markt auf, Markt zu\n  und Markt wieder auf\n"
    assert [_marked(text, "Markt", nth=number)[:2] for number in range(3)] == [(4, 3), (4, 14), (5, 7)]


def test_words_of_another_field_do_not_count() -> None:
    text = "id: a\nlink: https://a.example/Markt\ntext: Markt\nmedia:\n  - {file: Markt.jpg, alt: Am Markt}\n"
    assert _marked(text, "Markt")[:2] == (3, 7)
    assert _marked(text, "Markt", "media[0].alt")[:2] == (5, 31)
    assert _marked(text, "Markt", "media[0].file")[:2] == (5, 12)


@pytest.mark.parametrize(
    ("written", "words", "quoted"),
    [
        ("text: 'Er sagt ''Halt'' laut'\n", "'Halt'", "''Halt''"),
        ('text: "Er sagt \\"Halt\\" laut"\n', '"Halt"', '\\"Halt\\"'),
        ('text: "Pfad C:\\\\Ablage"\n', "C:\\Ablage", "C:\\\\Ablage"),
    ],
)
def test_doubled_and_escaped_signs_are_seen_through(written: str, words: str, quoted: str) -> None:
    assert _marked(HEAD + written, words)[3] == quoted


@pytest.mark.parametrize(
    ("written", "words", "marked"),
    [
        ('text: "Die Stra\\u00dfe \\U0001F6A7"\n', "Straße", (3, 12, 11, "Stra\\u00dfe")),
        ('text: "https:\\/\\/a.example\\/b"\n', "https://a.example/b", (3, 8, 22, "https:\\/\\/a.example\\/b")),
        ('text: "nn\\nn"\n', "nn", (3, 8, 2, "nn")),
        ('text: "Am Mar\\\n  kt"\n', "Markt", (3, 11, 4, "Mar\\\n  kt")),
        ('text: "\\n\\\n  Am\\_Markt"\n', "Markt", (4, 7, 5, "Markt")),
    ],
)
def test_signs_written_as_escapes_are_seen_through(written: str, words: str, marked: tuple[int, int, int, str]) -> None:
    assert _marked(HEAD + written, words) == marked


def test_of_equal_words_one_may_be_written_with_escapes() -> None:
    text = f'{HEAD}text: "\\x6darkt, Markt, M\\x61rkt"\n'
    assert [_marked(text, "arkt", nth=number)[3] for number in range(3)] == ["arkt", "arkt", "\\x61rkt"]


@pytest.mark.parametrize("head", ["|2-", ">2-", "|2- # 2-"])
def test_what_announces_a_block_is_none_of_its_words(head: str) -> None:
    assert _marked(f"{HEAD}text: {head}\n  Tor 2-4\n", "2")[:2] == (4, 7)
    assert _marked(f"{HEAD}text: {head}\n  Tor 2-4\n", "-")[:2] == (4, 8)


@pytest.mark.parametrize(
    "written", ["|\n      \u00a0 Am\u00a0Markt\n", "\u00a0Am\u00a0Markt\n", "'\u00a0 Am\u00a0Markt'\n"]
)
def test_a_blank_before_an_alternative_text_is_not_the_one_in_it(written: str) -> None:
    text = f"{HEAD}text: a\nmedia:\n  - alt: {written}"
    document = parse(text, "f.yaml")
    found = Source(text, document.places).find("media[0].alt", "Am\u00a0Markt", Span(2, 3))
    assert found.start == text.index("\u00a0Markt")


def test_words_that_are_not_in_the_value_leave_only_the_field_known() -> None:
    document = parse(f'{HEAD}text: "a"\n', "f.yaml")
    assert Source(document.text, document.places).find("text", "Markt", Span(0, 5)).start is None


def test_a_field_that_is_not_there_is_marked_at_what_surrounds_it() -> None:
    document = parse(f"{HEAD}text: a\nmedia:\n  - {{file: b.jpg}}\n", "f.yaml")
    source = Source("", document.places)
    assert source.find("media[0].alt", "", None).place == Place(5, 5)
    assert source.find("source", "", None).place == Place(1, 1)


@given(st.lists(st.text("abÄß😀 '\"\\:#-", min_size=1, max_size=12), min_size=1, max_size=4), st.data())
def test_what_is_marked_in_a_block_is_always_what_was_meant(lines: list[str], data: st.DataObject) -> None:
    said = "\n".join(line.strip() or "x" for line in lines)
    text = HEAD + "text: |2\n" + "".join(f"  {line}\n" for line in said.split("\n"))
    start = data.draw(st.integers(0, len(said) - 1))
    end = data.draw(st.integers(start + 1, len(said)))
    found = Source(text, parse(text, "f").places).find("text", said, Span(start, end))
    if said[start:end].strip():
        assert found.start is not None
        assert text[found.start : found.end].split() == said[start:end].split()


def test_words_are_found_in_decomposed_letters() -> None:
    text = HEAD + "text: |\n  Ru\u0308ben.\n  Schöne Äpfel, scho\u0308ne A\u0308pfel!\n"
    source = Source(text, parse(text, "f.yaml").places)
    value = "Rüben.\nSchöne Äpfel, schöne Äpfel!"
    start = value.rindex("Äpfel")
    found = source.find("text", value, Span(start, start + len("Äpfel")))
    assert (found.place, found.width) == (Place(5, 25), 6)
    assert text[found.start : found.end] == "A\u0308pfel"


@pytest.mark.parametrize("quote", ["'", '"'])
def test_words_are_found_behind_decomposed_letters_in_quotation_marks(quote: str) -> None:
    text = f"{HEAD}text: {quote}Ru\u0308ben und scho\u0308ne A\u0308pfel!{quote}\n"
    value = "Rüben und schöne Äpfel!"
    start = value.rindex("Äpfel")
    found = Source(text, parse(text, "f.yaml").places).find("text", value, Span(start, start + len("Äpfel")))
    assert text[found.start : found.end] == "A\u0308pfel"
