"""Whatever somebody answers, the draft says exactly that."""

from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from kanal.drafting.yaml_writing import to_yaml
from kanal.drafts import DraftSetting
from kanal.yaml12 import parse
from kanal.yaml_document import CONTROL
from tests.documents import ROOT

SETTING = DraftSetting(ROOT / "posts", ZoneInfo("Europe/Berlin"), "de")
TRICKY = (
    *(
        "",
        " ",
        "null",
        "No",
        "true",
        "~",
        "12",
        "1_000",
        "12:30",
        "2027-01-02",
        "2027-01-02 08:00",
        "0x1f",
        ".5",
        "1e3",
    ),
    *(
        "# kein Kommentar",
        "#Musterbach",
        "a #b",
        "a: b",
        "a:",
        ": a",
        "- a",
        "? a",
        "[a]",
        "{a}",
        "a, b",
        "*a",
        "&a",
        "!a",
    ),
    *("|", ">", "%a", "@a", "`a`", "'a'", '"a"', "a'b", 'a"b', "a\\nb", "a\\", "---", "...", "--- a", "\ta", "a\tb"),
    *("a\nb", "a\n\nb", "\na", "a\n", "a\n\n", " a\nb", "a\n b", "a \nb", "a\n \nb", "#a\n#b", "a\n# b", "a\n---\nb"),
    *("ä: ö", "🌳 Linden", "a\u2028b", "a\u0085b", "a\u00a0b", "\ufeffa", "a\u200bb", "x" * 2000, "{ort}", "{{ort}}"),
)
WORDS = st.one_of(st.text(), st.sampled_from(TRICKY), st.text(alphabet="ab #:-'\"\\\n\t|>[]{},&*!%@`?", max_size=20))
VALUES = st.recursive(
    st.one_of(WORDS, st.booleans(), st.integers()),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(st.sampled_from(("text", "alt", "no", "on", "12", "ein kanal")), inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def readable(value: object) -> bool:
    """What no answer can hold (`read_answer` refuses it), and lists of lists, which no draft has."""
    if isinstance(value, str):
        return not CONTROL.search(value)
    if isinstance(value, list):
        return all(readable(one) and not isinstance(one, list) for one in value)
    return not isinstance(value, dict) or all(map(readable, value.values()))


@given(st.dictionaries(st.sampled_from(("text", "media", "link")), VALUES, min_size=1).filter(readable))
def test_any_values_are_read_as_they_were_written(values: dict[str, Any]) -> None:
    document = parse(to_yaml(values), "draft.yaml")
    assert (document.value, document.findings) == (values, [])


@given(WORDS.filter(readable), WORDS.filter(readable))
@example("Nacht: der Bücher #1", "- Zeile\n  - Zeile\n")
def test_any_two_texts_survive_beside_each_other(first: str, second: str) -> None:
    values = {
        "text": f"{first}\n",
        "media": [{"file": "a.jpg", "alt": second, "people": {"consent": first}}],
        "tag": second,
    }
    document = parse(to_yaml(values), "draft.yaml")
    assert (document.value, document.findings) == (values, [])
