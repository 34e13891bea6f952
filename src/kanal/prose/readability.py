"""How hard a German text is to read, as a school year: the first Wiener Sachtextformel.

Source: Richard Bamberger, Erich Vanecek: Lesen – Verstehen – Lernen – Schreiben. Wien 1984. This module must not know
which figure is too high.
"""

from kanal.prose.pieces import pieces
from kanal.prose.sentences import sentence_lengths

FEWEST_SENTENCES = 3
FEWEST_WORDS = 50
"""In a shorter text, a single long word moves the figure by a school year."""


def wiener_sachtextformel(text: str) -> float | None:
    """About the school year (4 to 15) that a text asks for; None for texts that are too short to say."""
    if len(text) < FEWEST_WORDS:
        return None
    count = len(sentence_lengths(text))
    if count < FEWEST_SENTENCES:
        return None
    words, many, long, short = map(sum, zip(*pieces(text).spoken, strict=True))
    if words < FEWEST_WORDS:
        return None
    percent = 100 / words
    return (
        0.1935 * (percent * many)
        + 0.1672 * words / count
        + 0.1297 * (percent * long)
        - 0.0327 * (percent * short)
        - 0.875
    )
