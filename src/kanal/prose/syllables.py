"""How many syllables a German word has, by its vowels.

Hyphenation (as in pyphen) misses syllables of one letter at the ends of words, and needs a dictionary; counting vowels
needs none. Good for averages over a text, not for a single word. This module must not know what the figures are for.
"""

from kanal.text.pattern import Pattern

# Two vowels that are one sound come first; every other vowel is a syllable of its own (In-for-ma-ti-on).
# The u of “qu” is none, nor the y of “Yoga”.
_NUCLEUS = Pattern(
    r"(?i)aa|ee|oo|ai|ei|au|äu|eu|ie|ey|ay|oi|(?<![q])u|y(?![aeiouäöü])|[aeioäöüáàâåãéèêëíìîïóòôõøúùûæœ]"
)


def syllables(word: str) -> int:
    """The number of syllables of a word; at least one."""
    return max(len(_NUCLEUS.compiled.findall(word)), 1)
