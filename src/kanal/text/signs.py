"""What dozens of questions about a text begin with, answered once for each text.

This module must not know who asks.
"""

from functools import lru_cache

REMEMBERED = 256
"""Many rules look at the same texts: more than the drafts that are looked at together have, and still no memory."""


@lru_cache(REMEMBERED)
def small(text: str) -> str:
    """The text casefolded."""
    return text.casefold()


@lru_cache(REMEMBERED)
def highest(text: str) -> str:
    """The sign with the highest code point, if that is beyond Latin-1, else “ÿ”: most texts have none up there.

    Not a pattern: to compile a set of signs beyond Latin-1 takes as long as to look through a thousand texts like this.
    """
    try:
        text.encode("latin-1")
    except UnicodeEncodeError as error:
        return max(text[error.start :])
    return "\xff"
