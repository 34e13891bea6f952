"""A YAML parser's complaint, in words that help somebody who has never heard of YAML.

It must not know what a file is about; it looks at the parser's error and at the line where it happened.
"""

import yaml

from kanal.message import Message, msg
from kanal.model import Place

_QUOTE = msg(
    'A value with a colon and a blank inside needs quotation marks: key: "Termin: 12 Uhr". '
    "For longer texts write “|” after the key and begin the text, indented, on the next line."
)
_SAYINGS: tuple[tuple[str, Message], ...] = (
    ("mapping values are not allowed", _QUOTE),
    (
        "cannot start any token",
        msg("A value cannot begin with this character. Put the whole value in quotation marks."),
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
    (
        "expected <block end>",
        msg("This line is indented differently from the lines it belongs to. Use the same number of blanks."),
    ),
    (
        "did not find expected key",
        msg("This line is indented differently from the lines it belongs to. Use the same number of blanks."),
    ),
    (
        "unknown escape",
        msg("A backslash inside double quotation marks has a meaning of its own. Use 'single' quotation marks."),
    ),
)


def in_plain_words(error: yaml.YAMLError, text: str) -> tuple[Place, Message]:
    """Where the parser stumbled, and what to do about it."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Place(1, 1), msg("This is not valid YAML: {problem}.", problem=str(error).splitlines()[0])
    place = Place(mark.line + 1, mark.column + 1)
    tab = _tab_near(place.line, text)
    if tab is not None:
        return tab, msg("The line is indented with a tab. Use blanks.")
    problem = str(getattr(error, "problem", "") or error)
    for sign, message in _SAYINGS:
        if sign in problem:
            return place, message
    return place, msg("This is not valid YAML: {problem}.", problem=problem)


def _tab_near(line: int, text: str) -> Place | None:
    """The first tab in the indentation of `line` or the lines beside it (parsers differ in the line they name)."""
    lines = text.splitlines()
    for number in (line - 1, line, line + 1):
        if 0 < number <= len(lines):
            content = lines[number - 1]
            indentation = content[: len(content) - len(content.lstrip())]
            if "\t" in indentation:
                return Place(number, indentation.index("\t") + 1)
    return None
