import re
from pathlib import Path

import kanal
from kanal.text.pattern import Pattern


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
