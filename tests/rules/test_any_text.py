"""Whatever stands in a draft: no rule fails, none takes long, none points outside of what it looked at."""

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kanal import rules
from kanal.config import Project, load
from kanal.lint.inspecting import Inspector
from kanal.model import Draft, DraftType, Picture
from kanal.platforms import names as platform_names
from kanal.rules import LooksAt, discover
from kanal.rules.subject import passages_of
from kanal.rules.traits import traits_of

ROOT = Path(__file__).parents[2]
NOW = datetime(2027, 2, 1, 9, tzinfo=ZoneInfo("Europe/Berlin"))
MILLISECONDS_PER_KB = 50
BUSY = 4
"""How much slower a machine with other work may be."""
OF_TEXT = [rule for rule in discover() if rule.looks_at in {LooksAt.DRAFT, LooksAt.FILE}]
SPICE = [
    *(
        "Am 12.3. um",
        "DE02 1203",
        "https://a.example/?utm_source=x",
        "bit.ly/a",
        "#stadt",
        "@amt",
        "Herr Muster",
        "geb. ",
    ),
    *("Az. 12", "030 23125 1", "Lindenallee 12", "heute", "Montag, 3. März", "Stand:", "„", "“", "!!", "😀", "\u202e"),
    *("\ud800", "\u200b", "CDU", "*innen", "(", ")", "]", "\n", "\n\n", ". ", "K 29", "HH-AB 12", "52.516, 13.377"),
    *("Bürger:innen", "TODO"),
]
TEXTS = st.text(max_size=200) | st.lists(st.sampled_from(SPICE) | st.text(max_size=4), max_size=40).map("".join)
HOSTILE = (
    *(
        "a",
        "A",
        "1",
        "12 ",
        " ",
        "\n",
        ".",
        "a-",
        "a/",
        "!?",
        "„",
        "((",
        "\ud800",
        "\u202e",
        "😀",
        "👨\u200d👩\u200d👧",
    ),
    *("#a", "@a ", "a@b", "?a=b&", "a.de", "http://a.b/?", "z.B.", "1.2. ", "DE02", "HH-AB 1 ", "Alle Straße 1 "),
    *("Anna Muster ", "heute um 12 Uhr ", "Die Verwaltung der Wahlen "),
)


@pytest.fixture(scope="module")
def project() -> Project:
    return load(ROOT, platform_names(), rules)


def _draft(text: str, kind: DraftType = DraftType.ANNOUNCEMENT) -> Draft:
    picture = Picture(ROOT / "posts" / "media" / "sturm.jpg", text[:500], text[:100], "CC BY 4.0")
    return Draft("a", "posts/a.yaml", kind, ("mastodon", "x"), text, "de", media=(picture,), publish_at=NOW)


@settings(max_examples=80)
@given(text=TEXTS, kind=st.sampled_from(DraftType))
def test_no_rule_fails_or_points_outside_of_any_text(text: str, kind: DraftType) -> None:
    found = load(ROOT, platform_names(), rules)
    draft = _draft(text, kind)._replace(link="https://a.example/" + "".join(text.split())[:60])
    values = {passage.field: passage.text for passage in passages_of(draft, found.posts)}
    for hit in Inspector(found, NOW, publishing=True).verdict(draft, "").hits:
        span = hit.problem.span
        assert str(hit.problem.message)
        if span is not None:
            assert 0 <= span.start < span.end <= len(values[hit.problem.field]), hit.active.rule.id


@settings(max_examples=80)
@given(text=TEXTS, kind=st.sampled_from(DraftType), pictured=st.booleans())
def test_a_rule_finds_nothing_in_drafts_without_the_trait_that_it_asks_for(
    text: str, kind: DraftType, *, pictured: bool
) -> None:
    found = load(ROOT, platform_names(), rules)
    draft = _draft(text, kind) if pictured else _draft(text, kind)._replace(media=(), publish_at=None)
    subject = Inspector(found, NOW).subject(draft)
    traits = traits_of(subject)
    for rule in OF_TEXT:
        if rule.when and rule.when not in traits:
            assert list(rule.check(subject)) == [], rule.id


@pytest.mark.parametrize("piece", HOSTILE, ids=ascii)
def test_no_rule_takes_long_over_text_that_was_made_to_be_slow(project: Project, piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    slow = {}
    for rule in OF_TEXT:
        took = _seconds(project, rule.id, text)
        if took * 1000 > MILLISECONDS_PER_KB * BUSY * len(text) / 1024:
            slow[rule.id] = f"{took:.1f} s"
    assert slow == {}


def _seconds(project: Project, name: str, text: str) -> float:
    only: Callable[[str], bool] = lambda rule: rule == name  # noqa: E731
    inspector = Inspector(project, NOW, only=only)
    draft = _draft(text)
    start = time.process_time()
    inspector.verdict(draft, "")
    list(inspector.in_text(draft.path, text))
    return time.process_time() - start
