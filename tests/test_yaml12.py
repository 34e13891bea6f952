import json
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kanal import yaml12
from kanal.model import Place, Severity
from kanal.yaml12 import MAX_BYTES, Document, parse, read


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], ids=["libyaml", "pure"])
def _both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML has two parsers, and where libyaml is missing people get the other: both must say the same."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml12, "_LOADER", getattr(yaml, request.param))


def _value(text: str) -> object:
    document = parse(text, "f.yaml")
    assert document.findings == []
    return document.value


def _only(document: Document) -> tuple[str, int, int, str]:
    (finding,) = document.findings
    assert finding.severity is Severity.ERROR
    assert finding.file == document.file
    return finding.rule, finding.place.line, finding.place.column, str(finding.message)


@pytest.mark.usefixtures("_both_parsers")
class TestValues:
    @pytest.mark.parametrize(
        "text",
        [
            *("no", "yes", "on", "off", "n", "y", "12:30", "8:00", "1_000", "2026-11-02", "2026-11-02 08:00", "5 Uhr"),
            *("0x1F", "0o17", ".inf", ".nan", "1.2.3", "1e", "+", "-x", "=", "<<", "null and void", "9" * 5000),
        ],
    )
    def test_what_people_mean_as_text_stays_text(self, text: str) -> None:
        assert _value(f"key: {text}\n") == {"key": text}

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("true", True),
            ("False", False),
            ("TRUE", True),
            ("null", None),
            ("~", None),
            ("", None),
            ("0", 0),
            ("007", 7),
            ("-12", -12),
            ("+3", 3),
            ("1.5", 1.5),
            (".5", 0.5),
            ("1e3", 1000.0),
            ("17840000000000001", 17840000000000001),
        ],
    )
    def test_the_few_plain_types_of_yaml_1_2_are_known(self, text: str, value: object) -> None:
        found = _value(f"key: {text}\n")
        assert found == {"key": value}
        assert isinstance(found, dict)
        assert type(found["key"]) is type(value)

    @pytest.mark.parametrize("text", ["true", "12", "null", "~", "1.5", ""])
    def test_what_stands_in_quotation_marks_is_text(self, text: str) -> None:
        assert _value(f"a: '{text}'\nb: \"{text}\"\n") == {"a": text, "b": text}

    def test_keys_are_text_too(self) -> None:
        assert _value("12: a\nno: b\nnull: c\n") == {"12": "a", "no": "b", "null": "c"}

    def test_windows_line_ends_and_a_byte_order_mark_change_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "f.yaml"
        path.write_bytes("\ufeffid: a\r\ntext: |\r\n  Zwei\r\n  Zeilen\r\nlist:\r\n  - x\r\n".encode())
        document = read(path, "f.yaml")
        assert document.findings == []
        assert document.value == {"id": "a", "text": "Zwei\nZeilen\n", "list": ["x"]}
        assert (document.places["id"].line, document.places["id"].column) == (1, 5)
        assert (document.places["list[0]"].line, document.places["list[0]"].column) == (6, 5)

    def test_umlauts_and_emoji_count_as_one_column_each(self) -> None:
        document = parse("media: [{alt: Größe 🌳🌳, file: x}]\n", "f.yaml")
        assert document.value == {"media": [{"alt": "Größe 🌳🌳", "file": "x"}]}
        assert document.places["media[0].file"].column == 31
        assert document.places["media[0].file:key"].column == 25

    def test_every_field_has_its_place(self) -> None:
        document = parse("id: a\nmedia:\n  - file: x\n    alt: y\nvariants:\n  x: {text: z}\n", "f.yaml")
        places = {path: (place.line, place.column) for path, place in document.places.items() if ":key" not in path}
        assert places == {
            "": (1, 1),
            "id": (1, 5),
            "media": (3, 3),
            "media[0]": (3, 5),
            "media[0].file": (3, 11),
            "media[0].alt": (4, 10),
            "variants": (6, 3),
            "variants.x": (6, 6),
            "variants.x.text": (6, 13),
        }
        assert document.places["variants:key"] == Place(5, 1)
        assert document.places["media[0].alt:key"] == Place(4, 5)
        assert len(document.places) == len(places) + 7

    def test_remarks_are_no_values(self) -> None:
        assert _value("# Kopf\ntext: a  # ein Hinweis\n#link: b\nlist:\n  # - weg\n  - x\n") == {
            "text": "a",
            "list": ["x"],
        }


def test_a_file_of_ten_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    with path.open("wb") as opened:
        opened.truncate(10_000_000)
    rule, line, column, message = _only(read(path, "posts/f.yaml"))
    assert (rule, line, column) == ("format/size", 1, 1)
    assert message == ("The file has 10000000 bytes; more than 1000000 cannot be meant. Is it a picture or an export?")


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text(f"text: {'a' * (MAX_BYTES - 6)}", encoding="utf-8")
    assert read(path, "f.yaml").findings == []


@pytest.mark.parametrize(
    ("raw", "line", "column"),
    [
        ("id: a\ntext: Bürger".encode("latin-1"), 2, 8),
        ("id: a\r\nälter: b\r\ntext: B".encode() + b"\xfcrger", 3, 8),
        ("\ufeffid: a\ntext: B".encode() + b"\xfcrger", 2, 8),
        ("\ufefftext: B".encode() + b"\xfcrger", 1, 8),
        ("id: a".encode("utf-16"), 1, 1),
        (b"text: \xc3", 1, 7),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused_at_the_byte(tmp_path: Path, raw: bytes, line: int, column: int) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(raw)
    assert _only(read(path, "f.yaml")) == (
        "format/encoding",
        line,
        column,
        "Here is a byte that is not UTF-8. Save the file as “UTF-8”, not as “ANSI” or “Windows-1252”.",
    )


def test_a_file_that_is_gone_is_a_finding(tmp_path: Path) -> None:
    rule, line, column, message = _only(read(tmp_path / "gone.yaml", "posts/gone.yaml"))
    assert (rule, line, column) == ("format/unreadable", 1, 1)
    assert message.startswith("The file cannot be read: ")


YAMLISH = st.lists(
    st.sampled_from(
        ["a", "b:", " ", "  ", "\n", "- ", ": ", "'", '"', "[", "]", "{", "}", "|", ">", "#x", "&a", "*a", "!"]
    )
    | st.sampled_from(
        ["---", "...", "\t", "%", "@", "\\", ",", "?", "1", "no", "ä🌳", "\r\n", "\x85", "\u2028", "\ufeff"]
    ),
    max_size=30,
).map("".join)


@given(YAMLISH | st.text())
@example("a: [1")
@example("---")
@example("a: 'x\n")
@example('"\\')
def test_any_text_is_a_value_or_a_finding_inside_the_file(text: str) -> None:
    document = parse(text, "f.yaml")
    lines = text.splitlines() or [""]
    last = len(lines) + text.endswith(("\n", "\r", "\x85", "\u2028", "\u2029"))
    for finding in document.findings:
        assert str(finding.message)
        assert 1 <= finding.place.line <= last
        content = lines[finding.place.line - 1] if finding.place.line <= len(lines) else ""
        assert 1 <= finding.place.column <= len(content) + 1
    if not document.findings:
        json.dumps(document.value)


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"), max_size=20
)
LEAVES = WORDS.map(lambda word: f"{word}\n\t{word}") | WORDS | st.integers() | st.booleans() | st.none()
JSONISH = st.recursive(
    LEAVES | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=10,
)


@given(JSONISH)
def test_quoted_json_comes_back_as_it_is(value: object) -> None:
    document = parse(json.dumps(value, ensure_ascii=False), "f.yaml")
    assert document.findings == []
    assert document.value == value
