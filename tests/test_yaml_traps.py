import pytest
import yaml

from kanal import yaml12
from kanal.model import Severity
from kanal.yaml12 import Document, parse

QUOTE = "needs quotation marks"
pytestmark = pytest.mark.usefixtures("_both_parsers")


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], ids=["libyaml", "pure"])
def _both_parsers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML has two parsers, and where libyaml is missing people get the other: both must say the same."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml12, "_LOADER", getattr(yaml, request.param))


def _only(document: Document) -> tuple[str, int, int, str]:
    (finding,) = document.findings
    assert finding.severity is Severity.ERROR
    assert finding.file == document.file
    return finding.rule, finding.place.line, finding.place.column, str(finding.message)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("id: a\n\ttext: b\n", 2, 1, "The line is indented with a tab. Use blanks."),
        ("a:\n \tb: 1\n", 2, 2, "The line is indented with a tab. Use blanks."),
        ("id: a\ntext: Termin: 12 Uhr\n", 2, 13, QUOTE),
        ("text: @kreis informiert\n", 1, 7, "cannot begin with this character"),
        ("text: `x`\n", 1, 7, "cannot begin with this character"),
        ("text: %x\n", 1, 7, "cannot begin with this character"),
        ("text: }\n", 1, 7, "cannot begin with this character"),
        ("text: - Hallo\n", 1, 7, "A value that begins with “- ” needs quotation marks."),
        ("text: | Hallo\n  Welt\n", 1, 9, "Begin the text on the next line, indented."),
        ("text: *wichtig* heute\n", 1, 7, "“*” and “&” at the beginning have a meaning of their own"),
        ("text: & Partner\n", 1, 7, "“*” and “&” at the beginning have a meaning of their own"),
        ("id: a\nchannels: [x, y\ntext: b\nlink: c\n", 2, 11, "A list that begins with “[” is not closed"),
        ("a: {b: 1\nc: 2\n", 1, 4, "A group that begins with “{” is not closed with “}”"),
        ("id: a\ntext: 'offen\nlink: b\n", 2, 7, "A quotation mark is opened and not closed."),
        ('id: a\ntext: "offen', 2, 7, "A quotation mark is opened and not closed."),
        ('text: "Er sagte "Hallo" heute"\n', 1, 18, "Something stands behind a closing quotation mark"),
        ("a: [b]]\n", 1, 7, "Something stands behind a closing quotation mark or bracket"),
        ("id: a\ntext\nlink: b\n", 2, 1, "This line has no colon"),
        ("a:\n    b: 1\n  c: 2\n", 3, 3, "This line is indented differently from the lines it belongs to."),
        ('text: "C:\\Daten"\n', 1, None, "A backslash inside double quotation marks has a meaning of its own."),
        ("text: !ja!nein\n", 1, 7, "Put the whole value in quotation marks."),
    ],
)
def test_a_slip_is_explained_where_it_happened(text: str, line: int, column: int | None, said: str) -> None:
    rule, at_line, at_column, message = _only(parse(text, "posts/f.yaml"))
    assert (rule, at_line) == ("format/yaml", line)
    assert column in (at_column, None)
    assert said in message


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("a: &x 1\nb: 2\n", 1, 4, "Anchors (“&x”) are not allowed."),
        ("a: 1\nb: *x\n", 2, 4, "References (“*x”) are not allowed here. Write the text out."),
        ("*x : 1\n", 1, 1, "References (“*x”) are not allowed here."),
        ("a: !!python/object:os.system b\n", 1, 4, "Tags (“tag:yaml.org,2002:python/object:os.system”)"),
        ("text: !Achtung\n", 1, 7, "Tags (“!Achtung”) are not allowed."),
        ("text: ! Achtung\n", 1, 7, "Tags (“!”) are not allowed."),
        ("? [a, b]\n: c\n", 1, 3, "A key must be a word, followed by a colon."),
    ],
)
def test_what_yaml_can_do_beyond_keys_and_values_is_refused(text: str, line: int, column: int, said: str) -> None:
    rule, at_line, at_column, message = _only(parse(text, "f.yaml"))
    assert (rule, at_line, at_column) == ("format/yaml", line, column)
    assert message.startswith(said)


def test_a_second_document_is_refused() -> None:
    rule, line, column, message = _only(parse("---\nid: a\n---\nid: b\n", "f.yaml"))
    assert (rule, line, column) == ("format/yaml", 3, 1)
    assert (
        "A file holds one draft, or one list of settings: delete the line, or move the rest to a file of its own."
        in message
    )


def test_a_repeated_key_is_reported_with_both_lines_and_reading_goes_on() -> None:
    document = parse("a: 1\nb: 2\na: 3\nb: {c: 1, c: 2}\n", "f.yaml")
    found = [(f.place.line, f.place.column, f.field, str(f.message)) for f in document.findings]
    said = "The key “{}” stands here a second time; the first is in line {}. Keep one."
    assert found == [
        (3, 1, "a", said.format("a", 1)),
        (4, 1, "b", said.format("b", 2)),
        (4, 11, "b#2.c", said.format("c", 4)),
    ]
    assert document.value == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("".join(f"{'  ' * depth}a:\n" for depth in range(100)), 21, 41),
        ("a: " + "[" * 100 + "]" * 100, 1, 23),
        ("[" * 10_000, 1, 21),
    ],
)
def test_a_hundred_levels_are_too_deep(text: str, line: int, column: int) -> None:
    said = "Here the file is more than 20 levels deep. Check the indentation."
    assert _only(parse(text, "f.yaml")) == ("format/yaml", line, column, said)


def test_laughing_a_billion_times_is_refused_at_the_first_laugh() -> None:
    text = "a: &a [x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n"
    assert _only(parse(text, "f.yaml"))[1:3] == (1, 4)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("text: Neues aus dem #Kreistag\n", 1, 21),
        ("text: #Kreistag\nid: a\n", 1, 7),
        ("id: a\ntext: Neues\n  aus dem #Kreistag\n", 3, 11),
        ("text: Neues aus dem\n  #Kreistag\nid: a\n", 2, 3),
        ("channels: [a]\nlist:\n  - Größe 🌳 #Kreistag\n", 3, 13),
    ],
)
def test_a_hashtag_that_yaml_takes_for_a_remark_is_never_lost_silently(text: str, line: int, column: int) -> None:
    assert _only(parse(text, "f.yaml")) == (
        "format/yaml",
        line,
        column,
        "“#Kreistag” would be lost: behind a blank, “#” begins a remark. Put the whole value in quotation marks.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "text: '#Kreistag'  #Rest\n",
        "text: |\n  Neues\n  #Kreistag\n",
        "text: a\n#link: b\n",
        "x:\n  text: a\n  #link: b\n",
    ],
)
def test_hashtags_in_quotes_or_blocks_and_keys_taken_out_are_fine(text: str) -> None:
    assert parse(text, "f.yaml").findings == []


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("id: a\ntext: b\x07\n", 2, 8, "0007"),
        ("id: a\r\ntext: b\x00\r\n", 2, 8, "0000"),
        ("id: a\ufeff\n", 1, 6, "FEFF"),
        ('id: a\ntext: "b\\0"\n', 2, 7, "0000"),
        ('"i\\ed": a\n', 1, 1, "001B"),
        ("id: a\ud800\n", 1, 6, "D800"),
    ],
)
def test_invisible_characters_are_refused_even_as_escapes(text: str, line: int, column: int, code: str) -> None:
    assert _only(parse(text, "f.yaml")) == (
        "format/encoding",
        line,
        column,
        f"Here is an invisible control character (U+{code}). Delete it.",
    )


@pytest.mark.parametrize("text", ["", "\n\n", "# nur ein Hinweis\n", "\ufeff"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert _only(parse(text, "f.yaml")) == ("format/yaml", 1, 1, "The file is empty. Fill it, or delete it.")
