"""A text taken apart at its blanks: what stands between them comes again from text to text, and is looked into once.

Links, hashtags, mentions and addresses are left out. This module must not know what a sentence is, nor a hard text.
"""

from functools import lru_cache
from typing import NamedTuple

from kanal.prose.words import PIECES_REMEMBERED, bare
from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

# Tokens with a letter; 9b, 18:30, 1.200 and the signs of gender inside a word make no words.
_COUNTED = Pattern(r"[^\W\d_](?<![\w-].)[^\W\d_]*+(?>(?:[-’'*:·_/][^\W\d_]++)*)")
# Numbers count as words of one syllable, which is how they look.
_SPOKEN = Pattern(r"[^\W_]++(?>(?:[-’'*:·./,][^\W_]++)*)")
# A vowel, and a second one that is the same sound; every other one is a syllable of its own (In-for-ma-ti-on). The u of
# “qu” is none, nor the y of “Yoga”. With the capitals in the set, consonants are passed over at once.
_VOWELS = "aeiouyäöüáàâåãéèêëíìîïóòôõøúùûæœ"
_NUCLEUS = Pattern(
    rf"[{_VOWELS}{_VOWELS.upper()}ıİ\u212b](?i:(?<!qu)(?<!y)(?:(?<=a)[aiuy]|(?<=e)[eiuy]|(?<=i)e|(?<=o)[oi]|(?<=ä)u)?"
    r"|(?<=y)(?![aeiouäöü]))"
)
_LONG_WORD = 7
_MANY_SYLLABLES = 3
_STOPS = ".!?…:;"
_CLOSING = '“”"»«’‘)]'
_OPENING = '„“"»«([‚‘'
_FIRST_WORD = Pattern(r"\A\w*+")
_LAST_WORD = Pattern(r"[\w.]++\Z")
_LONGEST_ABBREVIATION = 4
_LONGEST_WORD = 24


LINE_END = "\n"
PARAGRAPH_END = "\n\n"


class Spoken(NamedTuple):
    """Words and numbers: how many, and how many of them have three syllables, more than six letters, one syllable."""

    words: int
    many: int
    long: int
    short: int


class Piece(NamedTuple):
    """What stands between two blanks, or the end of a line.

    `words` are those with letters. `stop` are the signs at its end with which a sentence may end, closing marks
    included; `last` is what stands before a full stop, if that may be an abbreviation or an ordinal, and `first` the
    word at the beginning, without opening marks.
    """

    written: str
    words: int
    commas: int
    spoken: Spoken
    stop: str
    last: str
    first: str


class Pieces(NamedTuple):
    """The pieces of a text, attribute by attribute: `stop[0]` belongs to the first."""

    written: tuple[str, ...]
    words: tuple[int, ...]
    commas: tuple[int, ...]
    spoken: tuple[Spoken, ...]
    stop: tuple[str, ...]
    last: tuple[str, ...]
    first: tuple[str, ...]


_LINE_END = Piece("", 0, 0, Spoken(0, 0, 0, 0), LINE_END, "", "")
_PARAGRAPH_END = _LINE_END._replace(stop=PARAGRAPH_END)


@lru_cache(REMEMBERED)
def pieces(text: str) -> Pieces:
    """The pieces of a text, with one for the end of each line, whose `stop` is `LINE_END` or `PARAGRAPH_END`.

    Two ends of paragraphs come last, so that whoever looks at what follows a word need not ask whether anything does.
    """
    found: list[Piece] = []
    for line in bare(text).split("\n"):
        written = line.split()
        if written:
            found += map(_piece, written)
            found.append(_LINE_END)
        elif found:
            found[-1] = _PARAGRAPH_END
    found[-1:] = [_PARAGRAPH_END, _PARAGRAPH_END]
    return Pieces(*zip(*found, strict=True))


def count_letter_words(text: str) -> int:
    """The words of a text that have letters."""
    return len(_COUNTED.compiled.findall(text))


@lru_cache(PIECES_REMEMBERED)
def _piece(written: str) -> Piece:
    stem = written.rstrip(_CLOSING).rstrip(_STOPS)
    stop = written[len(stem) :].lstrip(_CLOSING)
    last = _last_word(stem) if stop == "." else ""
    first = _FIRST_WORD.compiled.findall(written.lstrip(_OPENING))[0]
    return Piece(written, count_letter_words(written), written.count(","), _spoken(written), stop, last, first)


def _spoken(written: str) -> Spoken:
    words = _SPOKEN.compiled.findall(written)
    many = long = short = 0
    for word in words:
        length = syllables(word)
        many += length >= _MANY_SYLLABLES
        short += length == 1
        long += len(word) >= _LONG_WORD
    return Spoken(len(words), many, long, short)


def _last_word(stem: str) -> str:
    """What may be abbreviated; nothing if it has too many letters for that."""
    if stem[-_LONGEST_ABBREVIATION - 1 :].isalpha() and len(stem) > _LONGEST_ABBREVIATION:
        return ""
    found = _LAST_WORD.search(stem[-_LONGEST_WORD:])
    return found[0].rpartition(".")[2] if found else ""


def syllables(word: str) -> int:
    """The number of syllables of a word, by its vowels; at least one.

    Good for averages over a text, not for a single word. Hyphenation (as in pyphen) misses syllables of one letter at
    the ends of words, and needs a dictionary.
    """
    return max(len(_NUCLEUS.compiled.findall(word)), 1)
