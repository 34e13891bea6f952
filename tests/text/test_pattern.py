import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kanal
import kanal.detect
import kanal.prose
import kanal.rules
import kanal.text
from kanal.text.pattern import Pattern

SENTENCES = Path(__file__).parents[1] / "corpus" / "sentences.txt"


def test_a_pattern_is_compiled_when_it_is_first_needed() -> None:
    broken = Pattern("(")
    try:
        broken.search("a")
    except re.error:
        return
    raise AssertionError("compiled before")


def test_what_lies_outside_of_the_borders_is_as_if_it_were_not_there() -> None:
    found = [match.span() for match in Pattern(r"\Aa|a\Z|b").finditer("abcba", 1, 4)]
    assert found == [(1, 2), (3, 4)]


def test_no_group_is_repeated_possessively() -> None:
    """Before Python 3.11.5, which Debian 12 has, `(?:ab)*+` keeps half of a failed repetition (CPython gh-106052)."""
    group = re.compile(r"\)(?:[*+?]|\{\{?[0-9,]+\}?\})\+")
    literal = re.compile(r"_PUNCTUATION|_CHARACTER|quote\(|never as `")
    for file in Path(kanal.__file__).parent.rglob("*.py"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            assert literal.search(line) or not group.search(line), f"{file.name}:{number}"


def _patterns() -> Iterator[tuple[str, Pattern]]:
    for package in (kanal.detect, kanal.prose, kanal.rules, kanal.text):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            yield from ((f"{found.name}.{n}", p) for n, p in vars(module).items() if isinstance(p, Pattern))


HASTY = {name: pattern for name, pattern in _patterns() if pattern._needs or pattern._starts}
TEXTS = [line for line in SENTENCES.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_there_are_patterns_that_do_not_look_at_every_text() -> None:
    assert len(HASTY) > 10


@pytest.mark.parametrize("name", HASTY)
def test_a_hasty_pattern_finds_what_a_thorough_one_finds(name: str) -> None:
    hasty, thorough = HASTY[name], re.compile(HASTY[name]._source)
    for text in TEXTS:
        assert [m.span() for m in hasty.finditer(text)] == [m.span() for m in thorough.finditer(text)], text


@pytest.mark.parametrize("name", HASTY)
@given(data=st.data())
def test_a_hasty_pattern_finds_what_a_thorough_one_finds_in_anything(name: str, data: st.DataObject) -> None:
    hasty, thorough = HASTY[name], re.compile(HASTY[name]._source)
    text = data.draw(st.text() | st.from_regex(thorough).filter(lambda text: len(text) < 300))
    assert [m.span() for m in hasty.finditer(text)] == [m.span() for m in thorough.finditer(text)]
