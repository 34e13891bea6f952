from typing import Any

import pytest

from kanal.draft_fields import WORDS
from kanal.schema import COUNT, SWITCH, TEXT, Form, by_name, check, either, group, key, list_of, maybe, one_of
from kanal.yaml12 import Document, parse

INNER = group({"word": key(WORDS), "colour": maybe(one_of(("red", "green")), default="red")})
OUTER = Form(
    group(
        {
            "name": key(WORDS, "What it is called"),
            "count": maybe(COUNT, default=1),
            "loud": maybe(SWITCH, default=False),
            "tags": maybe(list_of(TEXT), default=[]),
            "inner": maybe(INNER),
            "many": maybe(by_name(INNER), default={}),
            "level": maybe(either(one_of(("off", "on")), INNER)),
        }
    )
)


def _check(text: str) -> tuple[dict[str, Any] | None, Document]:
    document = parse(text, "outer.yaml")
    return check(OUTER, document), document


def _complaints(text: str) -> list[tuple[str, int, int, str, str]]:
    fields, document = _check(text)
    assert fields is None
    return [(f.rule, f.place.line, f.place.column, f.field, str(f.message)) for f in document.findings]


def test_a_good_document_becomes_values_with_defaults_filled_in() -> None:
    fields, document = _check("name: a\ncount: 2\nloud: true\ntags: [x]\ninner: {word: w}\nlevel: {word: v}\n")
    assert document.findings == []
    assert fields == {
        "name": "a",
        "count": 2,
        "loud": True,
        "tags": ["x"],
        "inner": {"word": "w", "colour": "red"},
        "many": {},
        "level": {"word": "v", "colour": "red"},
    }


def test_what_is_left_out_or_left_empty_has_its_default() -> None:
    fields, _ = _check("name: a\ninner:\n")
    assert fields is not None
    assert (fields["inner"], fields["count"], fields["level"]) == (None, 1, None)


def test_editors_get_a_json_schema_with_words_and_without_room_for_more() -> None:
    schema = OUTER.json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["name"]
    assert schema["properties"]["name"]["description"] == "What it is called"
    assert schema["properties"]["inner"]["anyOf"][0]["properties"]["colour"]["enum"] == ["red", "green"]


def test_an_unknown_key_is_named_with_the_nearest_known_one() -> None:
    assert _complaints("name: a\ncuont: 2\n") == [
        ("format/unknown-key", 2, 1, "cuont", "The key “cuont” is unknown here. Did you mean “count”?")
    ]


def test_without_a_near_key_all_known_ones_are_named() -> None:
    assert _complaints("name: a\nzzz: 2\n")[0][4] == (
        "The key “zzz” is unknown here. Known are: count, inner, level, loud, many, name, tags."
    )


@pytest.mark.parametrize(
    ("text", "line", "column", "field"),
    [
        ("name: a\ninner:\n  word: w\n  colr: red\n", 4, 3, "inner.colr"),
        ("name: a\nmany:\n  first:\n    word: w\n    colr: red\n", 5, 5, "many.first.colr"),
        ("name: a\nlevel:\n  word: w\n  colr: red\n", 4, 3, "level.colr"),
    ],
)
def test_deep_inside_the_suggestion_comes_from_the_keys_that_are_known_there(
    text: str, line: int, column: int, field: str
) -> None:
    assert _complaints(text) == [
        ("format/unknown-key", line, column, field, "The key “colr” is unknown here. Did you mean “colour”?")
    ]


def test_a_missing_key_is_reported_where_its_group_begins() -> None:
    assert _complaints("name: a\ninner:\n  colour: red\n") == [
        ("format/missing-key", 3, 3, "inner.word", "The key “word” is missing.")
    ]


@pytest.mark.parametrize(
    ("line", "column", "said"),
    [
        ("name: 5", 7, "“name” must be text. Put the value in quotation marks."),
        ("name: true", 7, "“name” must be text. Put the value in quotation marks."),
        ("name:", 6, "“name” is empty."),
        ("name: ''", 7, "There is no text here."),
        ("name: '  '", 7, "There is no text here."),
        ("name: [a]", 7, "“name” must be text. Put the value in quotation marks."),
        ("count: two", 8, "“count” must be a whole number."),
        ("count: '2'", 8, "“count” must be a whole number."),
        ("count: 1_000", 8, "“count” must be a whole number."),
        ("count: 1.5", 8, "“count” must be a whole number."),
        ("count: true", 8, "“count” must be a whole number."),
        ("count: 0", 8, "“count” must be greater than zero."),
        ("loud: yes", 7, "“loud” must be true or false."),
        ("loud: no", 7, "“loud” must be true or false."),
        ("loud: 1", 7, "“loud” must be true or false."),
        ("tags: a", 7, "“tags” must be a list: one entry per line, each with “- ” in front, or [a, b]."),
        ("tags: {a: b}", 7, "“tags” must be a list: one entry per line, each with “- ” in front, or [a, b]."),
        ("tags:", 6, "“tags” is empty."),
        ("tags: [1]", 8, "“tags[0]” must be text. Put the value in quotation marks."),
        ("inner: a", 8, "“inner” must be a group of lines “key: value”, indented below it."),
        ("many: [a]", 7, "“many” must be a group of lines “key: value”, indented below it."),
        ("level: [a]", 8, "“level” must be text, or a group of lines “key: value”, indented below it."),
        ("level: loud", 8, "“level” must be one of: off, on."),
        ("inner: {word: w, colour: blue}", 26, "“colour” must be one of: red, green."),
    ],
)
def test_a_wrong_type_is_explained_at_the_value(line: str, column: int, said: str) -> None:
    text = line if line.startswith("name") else f"{line}\nname: a"
    found = _complaints(text)
    assert [(row, where, words) for _, row, where, _, words in found] == [(1, column, said)]


@pytest.mark.parametrize("text", ["just words", "[1, 2]", "- a\n- b\n", "42"])
def test_a_file_that_is_no_group_of_keys_is_refused(text: str) -> None:
    assert _complaints(text) == [("format/type", 1, 1, "", "The file must consist of lines “key: value”.")]


def test_all_mistakes_are_reported_in_one_go_the_repeated_key_too() -> None:
    found = _complaints("name: a\nname: b\ncount: x\nzzz: 1\n")
    assert sorted((row, rule) for rule, row, *_ in found) == [
        (2, "format/duplicate-key"),
        (3, "format/type"),
        (4, "format/unknown-key"),
    ]


def test_a_file_that_could_not_be_read_draws_no_further_complaints() -> None:
    found = _complaints("name: [a\n")
    assert [rule for rule, *_ in found] == ["format/yaml"]


def test_no_complaint_repeats_a_value_that_might_be_secret() -> None:
    for _, _, _, _, said in _complaints("name: [geheim]\ncount: geheim\nloud: geheim\ntags: geheim\ninner: geheim\n"):
        assert "geheim" not in said
