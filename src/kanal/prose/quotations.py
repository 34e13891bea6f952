"""What stands in quotation marks: somebody else's words, titles, mottoes.

This module must not know who is quoted, nor whether a source is named.
"""

from typing import NamedTuple

from kanal.text.pattern import Pattern

LONGEST = 600
"""What is longer has lost its closing mark."""

# German, straight, French and English marks; within each pair, nothing of the same kind.
_QUOTED = Pattern(
    rf"„([^„“”\"]{{1,{LONGEST}}}+)[“”\"]|»([^»«]{{1,{LONGEST}}}+)«|«([^»«]{{1,{LONGEST}}}+)»"
    rf"|“([^“”]{{1,{LONGEST}}}+)”|\"([^\"\n]{{1,{LONGEST}}}+)\"",
)
_MARKS = '„“”"»«'


class Quotation(NamedTuple):
    """`text[start:end]` with its marks; `words` is what stands between them."""

    start: int
    end: int
    words: str


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, in order, without those inside others."""
    if not any(mark in text for mark in _MARKS):
        return ()
    return tuple(
        Quotation(found.start(), found.end(), next(filter(None, found.groups()))) for found in _QUOTED.finditer(text)
    )


def unquoted(text: str) -> str:
    """The text with blanks in place of its quotations; as long as it was."""
    if not any(mark in text for mark in _MARKS):
        return text
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)
