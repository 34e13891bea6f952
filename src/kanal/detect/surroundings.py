"""How people write long numbers, and what stands around a hit.

A check digit alone is weak evidence: one in ten numbers has a fitting one by chance. The words beside a number say
more. This module must not know which sort of number is searched for.
"""

from kanal.text.pattern import Pattern

# Sets of signs by what they are not: sre compiles a list of signs beyond Latin-1 in milliseconds, these at once.
BLANK = r"[^\S\n]"
"""A blank on one line, as typesetters have it: no-break, figure, thin and narrow no-break spaces among them."""

SEPARATOR = r"[^\w\n!-,:-@\[-`{-~]"
"""Between the groups of a number on one line: a blank, full stop, slash, hyphen, or a sign beyond ASCII (a dash)."""

GAP = r"(?:%20|_|[^\w!-*,:-@\[-`{-~])"
"""The same, and what links, file names and line breaks put there."""

_NO_PART = Pattern(r"(?>(?:%20|[^A-Za-z0-9])+)")
_ANOTHER_NUMBER = Pattern(
    r"(?i)(?<![^\W\d_])(?:"
    r"artikel|auftrag|ausschreib|bekanntmach|bestell|beschluss|chargen|drs\b|drucks|förder|inventar|isbn|issn|kunden"
    r"|modell|projekt|rechnung|sendung|serien|signatur|ticket|vergabe|vorgang|vorlage|(?:doi|ean|gtin|los|typ)\b"
    r")[^\n;,]{0,24}\Z"
)


def compact(written: str) -> str:
    """The ASCII letters and digits of a number as written, in capitals; nothing else."""
    return _NO_PART.sub("", written).upper()


def near(text: str, start: int, end: int, words: Pattern, *, before: int, after: int) -> bool:
    """Whether one of `words` stands at most `before` characters before `start` or `after` characters behind `end`."""
    return (
        words.search(text[max(0, start - before) : start]) is not None
        or words.search(text[end : end + after]) is not None
    )


def leads_another_number(text: str, start: int) -> bool:
    """Whether the words before `start` announce a number that belongs to a thing: an order, an invoice, a book."""
    return _ANOTHER_NUMBER.search(text[max(0, start - 48) : start]) is not None
