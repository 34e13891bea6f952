"""How hard a German text is to read, as a school year: the first Wiener Sachtextformel.

Source: Richard Bamberger, Erich Vanecek: Lesen – Verstehen – Lernen – Schreiben. Wien 1984. This module must not know
which figure is too high.
"""

from kanal.prose.sentences import sentences
from kanal.prose.syllables import syllables
from kanal.prose.words import bare
from kanal.text.pattern import Pattern

FEWEST_SENTENCES = 3
FEWEST_WORDS = 50
"""In a shorter text, a single long word moves the figure by a school year."""

# Numbers count as words of one syllable, which is how they look.
_WORD = Pattern(r"[^\W_]++(?>(?:[-’'*:·./,][^\W_]++)*)")
_LONG_WORD = 7
_MANY_SYLLABLES = 3


def wiener_sachtextformel(text: str) -> float | None:
    """About the school year (4 to 15) that a text asks for; None for texts that are too short to say."""
    if len(text) < FEWEST_WORDS:
        return None
    words = _WORD.compiled.findall(bare(text))
    if len(words) < FEWEST_WORDS or (count := len(sentences(text))) < FEWEST_SENTENCES:
        return None
    lengths = [syllables(word) for word in words]
    percent = 100 / len(words)
    many = percent * sum(length >= _MANY_SYLLABLES for length in lengths)
    long = percent * sum(len(word) >= _LONG_WORD for word in words)
    one = percent * lengths.count(1)
    return 0.1935 * many + 0.1672 * len(words) / count + 0.1297 * long - 0.0327 * one - 0.875
