"""Mending a draft file: what was meant changes, and not a single byte beside it."""

import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanal.detect.tracking import without_tracking
from kanal.drafts import DraftSetting, parse_draft, parse_written
from kanal.lint.active import Active
from kanal.lint.edits import flattened, left_to_people
from kanal.lint.fixing import Change, mended, with_id, write
from kanal.lint.hits import Hit
from kanal.lint.places import Source
from kanal.message import msg
from kanal.model import Problem, Severity, Span
from kanal.rules import card

SETTING = DraftSetting(Path("posts"), ZoneInfo("Europe/Berlin"), "de")
RULE = Active(card("platform/tags"), Severity.ERROR, {})
FILE = "posts/f.yaml"


def _hits(text: str, changes: dict[str, str]) -> list[Hit]:
    """As if a rule proposed to replace each of the words in the text and the alternative text."""
    draft, findings = parse_draft(text, FILE, SETTING)
    assert findings == []
    assert draft is not None
    source = Source(text, draft.places)
    values = {"text": draft.text} | {f"media[{n}].alt": p.alt for n, p in enumerate(draft.media)}
    hits = []
    for field, value in values.items():
        for words, instead in changes.items():
            start = value.find(words)
            if start >= 0:
                span = Span(start, start + len(words))
                problem = Problem(field, msg("Please."), span, instead)
                hits.append(Hit(RULE, problem, source.find(field, value, span)))
    return hits


def _mended(text: str, changes: dict[str, str]) -> str | None:
    change = mended(FILE, text.encode(), _hits(text.removeprefix("\ufeff"), changes), SETTING)
    return change.after.decode() if change else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id:  a   # Kennung\nchannels: [ x ]\ntext: Alt und gut\n",
         "id:  a   # Kennung\nchannels: [ x ]\ntext: Neu und gut\n"),
        ("id: a\r\nchannels: [x]\r\ntext: |\r\n  Alt\r\n\r\n  Alt\r\n",
         "id: a\r\nchannels: [x]\r\ntext: |\r\n  Neu\r\n\r\n  Alt\r\n"),
        ("\ufeffid: a\nchannels: [x]\ntext: 'Alt'", "\ufeffid: a\nchannels: [x]\ntext: 'Neu'"),
        ("id: a\nchannels: [x]\n\n\ntext: >\n    Alt und\n    gut\n\n# Ende",
         "id: a\nchannels: [x]\n\n\ntext: >\n    Neu und\n    gut\n\n# Ende"),
        ('text: "Alt\\n\\u00e4"\nid: a\nchannels:\n- x\n', 'text: "Neu\\n\\u00e4"\nid: a\nchannels:\n- x\n'),
    ],
)  # fmt: skip
def test_everything_but_the_words_stays_byte_for_byte(before: str, after: str) -> None:
    assert _mended(before, {"Alt": "Neu"}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"A\\u006ct \\/ gut"', '"Neu \\/ gut"'),
        ('"\\n\\x26 Al\\\n  t\\_gut"', '"\\n\\x26 Neu\\_gut"'),
        ('"Alt: Neu \\"Alt\\""', '"Neu: Neu \\"Alt\\""'),
    ],
)
def test_words_written_with_escapes_are_replaced_and_escapes_beside_them_stay(before: str, after: str) -> None:
    assert _mended(f"id: a\nchannels: [x]\ntext: {before}\n", {"Alt": "Neu"}) == (
        f"id: a\nchannels: [x]\ntext: {after}\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"https:\\/\\/a.example\\/?id=1\\u0026utm_id=2#b"', '"https:\\/\\/a.example\\/?id=1#b"'),
        ("'https://a.example/?utm_id=2&q=''b'''", "'https://a.example/?q=''b'''"),
        ("https://a.example/?utm_id=2&id=1", "https://a.example/?id=1"),
    ],
)
def test_only_what_goes_out_of_a_link_is_written_anew(before: str, after: str) -> None:
    draft, _ = parse_draft(f"id: a\nchannels: [x]\ntext: {before}\n", FILE, SETTING)
    assert draft is not None
    changes = {draft.text: without_tracking(draft.text)}
    assert _mended(f"id: a\nchannels: [x]\ntext: {before}\n", changes) == f"id: a\nchannels: [x]\ntext: {after}\n"


@pytest.mark.parametrize(("quote", "said"), [('"', '\\"Neu\\\\'), ("'", '"Neu\\'), ("", '"Neu\\')])
def test_what_comes_into_quotation_marks_is_written_as_they_need_it(quote: str, said: str) -> None:
    assert _mended(f"id: a\nchannels: [x]\ntext: {quote}Ein Alt{quote}\n", {"Alt": '"Neu\\'}) == (
        f"id: a\nchannels: [x]\ntext: {quote}Ein {said}{quote}\n"
    )


def test_a_line_that_ends_the_text_may_become_empty() -> None:
    assert _mended("id: a\nchannels: [x]\ntext: |\n  Gut\n  Alt\n", {"Alt": ""}) == (
        "id: a\nchannels: [x]\ntext: |\n  Gut\n  \n"
    )


def test_what_cannot_be_replaced_safely_proposes_nothing_and_says_what_to_do_by_hand() -> None:
    text = "id: a\nchannels: [x]\ntext: Waldtag:\u00a0Am\u00a0Markt\n"
    hits = [
        Hit(hit.active, hit.problem._replace(by_hand=msg("By hand.")), hit.stretch)
        for hit in _hits(text, {":\u00a0": ": ", "\u00a0Markt": " Markt"})
    ]
    left = [hit.problem for hit in left_to_people(text, hits, FILE, SETTING)]
    assert [(problem.instead, str(problem.message)) for problem in left] == [(None, "By hand."), (" Markt", "Please.")]


def test_a_thousand_replacements_that_are_not_safe_take_no_longer_than_a_rule_may() -> None:
    text = f"id: a\nchannels: [x]\ntext: {' '.join(f'Tag {number}:_Neu' for number in range(1200))}\n"
    hits = _hits(text, {f"Tag {number}:_": f"Tag {number}: " for number in range(1200)})
    began = time.process_time()
    left = list(left_to_people(text, hits, FILE, SETTING))
    assert time.process_time() - began < len(text) / 1000 * 0.050
    assert [hit for hit in left if hit.problem.instead is not None] == []


def test_several_changes_in_one_file_do_not_get_in_each_others_way() -> None:
    text = "id: a\nchannels: [x]\ntext: eins zwei drei\nmedia:\n  - {file: b.jpg, alt: zwei Linden}\n"
    assert _mended(text, {"eins": "1", "zwei": "zweihundert", "drei": "3"}) == (
        "id: a\nchannels: [x]\ntext: 1 zweihundert 3\nmedia:\n  - {file: b.jpg, alt: zweihundert Linden}\n"
    )


@pytest.mark.parametrize(
    "instead", ["Neu: mit Doppelpunkt", "Neu # kein Kommentar", "'", "- Neu", "\n\nid: b", "{", "*"]
)
@pytest.mark.parametrize("style", ["text: Alt\n", "text: 'Alt'\n", 'text: "Alt"\n', "text: |\n  Alt\n"])
def test_a_change_that_would_say_something_else_is_not_made(style: str, instead: str) -> None:
    text = f"id: a\nchannels: [x]\n{style}"
    after = _mended(text, {"Alt": instead})
    if after is not None:
        draft, _ = parse_draft(after, FILE, SETTING)
        assert draft is not None
        assert draft.text.strip() == instead.strip()


def test_overlapping_changes_are_made_one_run_after_the_other() -> None:
    text = "id: a\nchannels: [x]\ntext: eins zwei drei\n"
    once = _mended(text, {"eins zwei": "12", "zwei drei": "23"})
    assert once == "id: a\nchannels: [x]\ntext: eins 23\n"


def test_nothing_to_mend_is_no_change() -> None:
    assert _mended("id: a\nchannels: [x]\ntext: Gut\n", {"Alt": "Neu"}) is None


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=30),
    st.sampled_from(["'{}'", "|\n  {}\n", '"{}"']),
)
def test_whatever_is_proposed_only_that_field_ever_changes(instead: str, style: str) -> None:
    text = f"id: a\nchannels: [x] # Kanäle\nlink: https://a.example/\ntext: {style.format('Ein Alt hier')}\n"
    after = _mended(text, {"Alt": instead})
    if after is not None:
        old, _ = parse_written(text, FILE, SETTING)
        new, _ = parse_written(after, FILE, SETTING)
        assert old is not None
        assert new is not None
        said, says = flattened(old), flattened(new)
        assert {name for name in says if said.get(name) != says[name]} <= {"text"}
        assert str(says["text"]).strip("\n") == f"Ein {instead} hier"


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("posts/Straßen-Sperrung Süd.yaml", "channels: [x]\ntext: a\n",
         "id: strassen-sperrung-sued\nchannels: [x]\ntext: a\n"),
        ("posts/a.yaml", "# Hinweis\n\nchannels: [x]\r\ntext: a\r\n",
         "# Hinweis\n\nid: a\r\nchannels: [x]\r\ntext: a\r\n"),
        ("posts/linden.yaml", "channels: [x]\ntext: a\n", "id: linden-2\nchannels: [x]\ntext: a\n"),
        ("posts/z.yaml", "---\nchannels: [x]\ntext: a\n", "---\nid: z\nchannels: [x]\ntext: a\n"),
        ("posts/f.yaml", "{channels: [x], text: a}", "{id: f, channels: [x], text: a}"),
        ("posts/f.yaml", "--- { text: a, channels: [x]}\n", "--- { id: f, text: a, channels: [x]}\n"),
        ("posts/f.yaml", "# {\r\n{\r\n  # innen\r\n  text: a,\r\n  channels: [x]\r\n}\r\n",
         "# {\r\n{\r\n  # innen\r\n  id: f,\r\n  text: a,\r\n  channels: [x]\r\n}\r\n"),
        ("posts/f.yaml", "{\n\ttext: a,\n\tchannels: [x]\n}\n", "{\n\tid: f,\n\ttext: a,\n\tchannels: [x]\n}\n"),
        ("posts/f.yaml", '{"channels": ["x"], "text": "a"}\n', '{"id": "f", "channels": ["x"], "text": "a"}\n'),
        ("posts/f.yaml", "{? text : a, channels: [x]}\n", "{? id: f, text : a, channels: [x]}\n"),
        ("posts/f.yaml", "? text\n: a\nchannels: [x]\n", "id: f\n? text\n: a\nchannels: [x]\n"),
        ("posts/f.yaml", "  channels: [x]\n  text: a\n", "  id: f\n  channels: [x]\n  text: a\n"),
        ("posts/f.yaml", "%YAML 1.2\n---\nchannels: [x]\ntext: a\n", "%YAML 1.2\n---\nid: f\nchannels: [x]\ntext: a\n"),
        ("posts/2026.yaml", "channels: [x]\ntext: a\n", 'id: "2026"\nchannels: [x]\ntext: a\n'),
        ("posts/True.yaml", "{channels: [x], text: a}", '{id: "true", channels: [x], text: a}'),
        (f"posts/{'z' * 100}.yaml", "channels: [x]\ntext: a\n",
         f"id: {'z' * 98}-2\nchannels: [x]\ntext: a\n"),
    ],
)  # fmt: skip
def test_a_missing_id_is_made_of_the_files_name(file: str, before: str, after: str) -> None:
    change = with_id(file, before.encode(), ["linden", "z" * 100], SETTING)
    assert change is not None
    assert change.after.decode() == after


@pytest.mark.parametrize(
    ("file", "text"), [("posts/日本.yaml", "channels: [x]\ntext: a\n"), ("posts/a.yaml", "text: a\n")]
)
def test_no_id_is_made_up_where_the_name_gives_none_or_more_is_missing(file: str, text: str) -> None:
    assert with_id(file, text.encode(), [], SETTING) is None


@pytest.mark.parametrize("name", ["日本", "!!"])
def test_a_missing_id_is_only_called_fixable_where_the_name_gives_one(name: str) -> None:
    for file, fixable in ((f"posts/{name}.yaml", False), ("posts/a.yaml", True)):
        _, findings = parse_draft("channels: [x]\ntext: a\n", file, SETTING)
        assert [finding.fixable for finding in findings] == [fixable]


def test_a_full_disk_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.yaml").write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kanal.lint.fixing.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(Change("a.yaml", b"old", b"new"), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.yaml": b"old"}


def test_rights_of_the_file_stay_and_a_link_is_followed(tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    mode = real.stat().st_mode
    try:
        (tmp_path / "a.yaml").symlink_to(real)
    except OSError:
        pytest.skip("links need rights that this user lacks")
    write(Change("a.yaml", b"old", b"new"), tmp_path)
    assert (real.read_bytes(), real.stat().st_mode) == (b"new", mode)
    assert (tmp_path / "a.yaml").is_symlink()
