"""A YAML parser's complaint, in words that help somebody who has never heard of YAML.

It must not know what a file is about; it looks at the parser's error and at the line where it happened. The words of
both parsers are known, libyaml's and the one in pure Python.
"""

import re

import yaml

from kanal.message import Message, msg
from kanal.model import Place

_QUOTE = msg(
    'A value with a colon and a blank inside needs quotation marks: key: "Termin: 12 Uhr". '
    "For longer texts write “|” after the key and begin the text, indented, on the next line."
)
_QUOTE_WHOLE = msg("A value cannot begin with this character. Put the whole value in quotation marks.")
_TRAILING = msg(
    "Something stands behind a closing quotation mark or bracket. "
    "A text with \"double\" quotation marks inside needs 'single' ones around it."
)
_INDENTED = msg("This line is indented differently from the lines it belongs to. Use the same number of blanks.")
_HASHTAG = re.compile(r"[ \t]+(#\w+)")
_SAYINGS: tuple[tuple[str, Message], ...] = (
    ("mapping values are not allowed", _QUOTE),
    ("cannot start any token", _QUOTE_WHOLE),
    ("node content", _QUOTE_WHOLE),
    ("mapping keys are not allowed", _QUOTE_WHOLE),
    ("undefined tag handle", _QUOTE_WHOLE),
    (
        "sequence entries are not allowed",
        msg(
            "A value that begins with “- ” needs quotation marks. "
            "If it is a list, begin it on a line of its own below the key."
        ),
    ),
    (
        "line break",
        msg("After “|” or “>” nothing may follow in the line. Begin the text on the next line, indented."),
    ),
    (
        "alphabetic or numeric character",
        msg(
            "“*” and “&” at the beginning have a meaning of their own in YAML. Put the whole value in quotation marks."
        ),
    ),
    ("expected ',' or ']'", msg("A list that begins with “[” is not closed with “]”, or a comma is missing.")),
    ("expected ',' or '}'", msg("A group that begins with “{{” is not closed with “}}”, or a comma is missing.")),
    ("unexpected end of stream", msg("A quotation mark is opened and not closed.")),
    ("unexpected document", msg("A quotation mark is opened and not closed.")),
    (
        "could not find expected ':'",
        msg(
            "This line has no colon: either it is missing after the key, "
            "or the line belongs to the text above and must be indented further."
        ),
    ),
    ("expected <block end>", _INDENTED),
    ("did not find expected key", _INDENTED),
    (
        "escape",
        msg("A backslash inside double quotation marks has a meaning of its own. Use 'single' quotation marks."),
    ),
)
_WHERE_IT_BEGINS = (
    "alphabetic or numeric character",
    "expected ',' or",
    "unexpected end of stream",
    "unexpected document",
    "could not find expected ':'",
)
"""Complaints that arise where the parser gives up; the mistake is where the thing begins."""


def in_plain_words(error: yaml.YAMLError, text: str) -> tuple[Place, Message]:
    """Where the parser stumbled, and what to do about it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Place(1, 1), msg("This is not valid YAML: {problem}.", problem=str(error).splitlines()[0])
    lines = text.splitlines()
    tab = _tab_near(mark.line + 1, lines)
    if tab is not None:
        return tab, msg("The line is indented with a tab. Use blanks.")
    problem = str(getattr(error, "problem", "") or error)
    if any(sign in problem for sign in _WHERE_IT_BEGINS):
        mark = getattr(error, "context_mark", None) or mark
    place = _inside(Place(mark.line + 1, mark.column + 1), lines)
    for sign, message in _SAYINGS:
        if sign in problem:
            trailing = message is _INDENTED and lines[place.line - 1][: place.column - 1].strip()
            return place, _TRAILING if trailing else message
    return place, msg("This is not valid YAML: {problem}.", problem=problem)


def lost_hashtag(event: yaml.ScalarEvent, lines: list[str], key: Place | None) -> tuple[Place, Message] | None:
    """Where a hashtag follows a bare value, in its line or indented below it: YAML takes it for a remark."""
    mark = event.end_mark
    if mark is None or not event.implicit[0]:
        return None
    starts = [(mark.line, mark.column)]
    if event.value and key:
        starts.append((mark.line + 1, 0))
    for line, column in starts:
        found = _HASHTAG.match(lines[line], column) if line < len(lines) else None
        if found and (line == mark.line or (key and found.start(1) >= key.column)):
            return Place(line + 1, found.start(1) + 1), msg(
                "“{word}” would be lost: behind a blank, “#” begins a remark. Put the whole value in quotation marks.",
                word=found[1],
            )
    return None


def _inside(place: Place, lines: list[str]) -> Place:
    """The parser sees a line after the last one; people do not."""
    if place.line <= len(lines):
        return place
    return Place(max(len(lines), 1), len(lines[-1]) + 1 if lines else 1)


def _tab_near(line: int, lines: list[str]) -> Place | None:
    """The first tab in the indentation of `line` or the lines beside it (parsers differ in the line they name)."""
    for number in (line - 1, line, line + 1):
        if 0 < number <= len(lines):
            content = lines[number - 1]
            indentation = content[: len(content) - len(content.lstrip())]
            if "\t" in indentation:
                return Place(number, indentation.index("\t") + 1)
    return None
