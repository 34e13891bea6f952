"""How many syllables a German word has, by its vowels.

Hyphenation (as in pyphen) misses syllables of one letter at the ends of words, and needs a dictionary; counting vowels
needs none. Good for averages over a text, not for a single word. This module must not know what the figures are for.
"""

from kanal.text.pattern import Pattern

# A vowel, and a second one that is the same sound; every other one is a syllable of its own (In-for-ma-ti-on). The u of
# “qu” is none, nor the y of “Yoga”. With the capitals in the set, consonants are passed over at once.
_VOWELS = "aeiouyäöüáàâåãéèêëíìîïóòôõøúùûæœ"
_NUCLEUS = Pattern(
    rf"[{_VOWELS}{_VOWELS.upper()}ıİ\u212b](?i:(?<!qu)(?<!y)(?:(?<=a)[aiuy]|(?<=e)[eiuy]|(?<=i)e|(?<=o)[oi]|(?<=ä)u)?"
    r"|(?<=y)(?![aeiouäöü]))"
)


def syllables(word: str) -> int:
    """The number of syllables of a word; at least one."""
    return max(len(_NUCLEUS.compiled.findall(word)), 1)
