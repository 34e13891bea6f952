"""How hard a German text is to read, as a school year: the first Wiener Sachtextformel.

Source: Richard Bamberger, Erich Vanecek: Lesen – Verstehen – Lernen – Schreiben. Wien 1984. This module must not know
which figure is too high.
"""

from functools import lru_cache

from kanal.prose.sentences import sentences
from kanal.prose.syllables import syllables
from kanal.prose.words import PIECES_REMEMBERED, bare
from kanal.text.pattern import Pattern

FEWEST_SENTENCES = 3
FEWEST_WORDS = 50
"""In a shorter text, a single long word moves the figure by a school year."""

# Numbers count as words of one syllable, which is how they look.
_WORD = Pattern(r"[^\W_]++(?>(?:[-’'*:·./,][^\W_]++)*)")
_LONG_WORD = 7
_MANY_SYLLABLES = 3
_NO_WORDS = (0, 0, 0, 0)


def wiener_sachtextformel(text: str) -> float | None:
    """About the school year (4 to 15) that a text asks for; None for texts that are too short to say."""
    if len(text) < FEWEST_WORDS:
        return None
    words, many, long, one = map(sum, zip(_NO_WORDS, *map(_words_in, bare(text).split()), strict=True))
    if words < FEWEST_WORDS or (count := len(sentences(text))) < FEWEST_SENTENCES:
        return None
    percent = 100 / words
    return (
        0.1935 * (percent * many)
        + 0.1672 * words / count
        + 0.1297 * (percent * long)
        - 0.0327 * (percent * one)
        - 0.875
    )


@lru_cache(PIECES_REMEMBERED)
def _words_in(piece: str) -> tuple[int, int, int, int]:
    """How many words, and how many of them have many syllables, many letters, one syllable."""
    words = _WORD.compiled.findall(piece)
    lengths = [syllables(word) for word in words]
    return (
        len(words),
        sum(length >= _MANY_SYLLABLES for length in lengths),
        sum(len(word) >= _LONG_WORD for word in words),
        lengths.count(1),
    )
