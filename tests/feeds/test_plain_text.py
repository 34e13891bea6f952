from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from kanal.feeds.plain_text import plain_text


def test_paragraphs_and_lists_become_lines() -> None:
    html = "<h2>Gesperrt</h2><p>Die Brücke<br>ist zu.</p>\n<ul>\n<li>Montag</li>\n<li>Dienstag</li>\n</ul>"
    assert plain_text(html) == "Gesperrt\n\nDie Brücke\nist zu.\n\n– Montag\n\n– Dienstag".replace("\n\n– D", "\n– D")


def test_what_runs_or_hides_is_gone() -> None:
    html = "Vor<script>alert('x')</script><style>p{}</style><!-- still --><svg><text>nein</text></svg>her"
    assert plain_text(html) == "Vorher"


def test_entities_are_signs() -> None:
    assert plain_text("Stra&szlig;e &amp; Br&#252;cke &lt;neu&gt;") == "Straße & Brücke <neu>"


def test_signs_that_turn_or_hide_text_are_gone() -> None:
    assert plain_text("a\u202eb\u200bc\u00add\x07e\u2028f") == "abcde f"


@given(st.text())
def test_any_text_comes_out_without_tags_control_signs_and_long_gaps(text: str) -> None:
    found = plain_text(f"<p>{text}</p>")
    assert not {category(sign) for sign in found if sign != "\n"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert "\n\n\n" not in found
    assert found == found.strip()
