"""The words of a text, and the text without what only looks like words: links, hashtags, mentions, addresses.

This module must not know which words matter.
"""

import re
import unicodedata
from functools import lru_cache

from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

WORD = Pattern(r"[^\W\d_]++(?>(?:[\u0300-\u036f]++[^\W\d_]*+)*)")
"""Letters in a row, with their accents where these are signs of their own."""

# Each begins with a sign that is rare, so that the rest of a text is passed over at once.
_LINK = Pattern(
    r"(?:https?://|www\.)(?>(?:[^\s<>„“”\"»«.,;:!?)]++|[.,;:!?)]++(?=[^\s<>„“”\"»«]))*)", *("://", "www."), in_word=True
)
_TAG = Pattern(r"[#＃](?<![\w&].)\w++", "#", "＃", begins=True)
_ADDRESS = Pattern(
    r"(?<![\w.+-])[\w.+-]{1,64}+@[\w.-]++|(?<!\w)@\w[\w.-]*+(?:@[\w.-]++)?|\{@[^{}\s]{1,100}+\}", "@", in_word=True
)


PIECES_REMEMBERED = 2048
"""What stands between blanks comes again from text to text: what is asked about a piece is answered once."""


def folded(word: str) -> str:
    """A word in the form in which lists are compared: small letters, `ss` for `ß`, one code point for `ü`."""
    return unicodedata.normalize("NFC", word).casefold()


@lru_cache(REMEMBERED)
def vocabulary(text: str) -> frozenset[str]:
    """All words of a text, folded. A cheap look before patterns are tried."""
    return frozenset().union(*map(_words_in, text.split()))


@lru_cache(PIECES_REMEMBERED)
def _words_in(piece: str) -> tuple[str, ...]:
    return tuple(WORD.compiled.findall(folded(piece)))


@lru_cache(REMEMBERED)
def bare(text: str) -> str:
    """The text with blanks in place of links, e-mail addresses, hashtags and mentions; as long as it was."""
    if "{link}" in text:
        text = text.replace("{link}", " " * len("{link}"))
    return _TAG.sub(_blanks, _ADDRESS.sub(_blanks, _LINK.sub(_blanks, text)))


def _blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
