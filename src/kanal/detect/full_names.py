"""How names are put together in German texts: titles, first names, particles, surnames.

This module must not know which names an office publishes on purpose.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kanal.detect.names import (
    is_first_name,
    is_frequent_surname,
    is_named_after_people,
    is_nothing_but_a_name,
    key,
    may_be_surname,
)
from kanal.detect.surroundings import BLANK
from kanal.detect.titles import REST, Announcement, announced, may_announce, next_word
from kanal.prose.words import PIECES_REMEMBERED
from kanal.text.pattern import Pattern

# What has a small letter in front is passed over at once; that a word has a capital is checked for the rest.
_CAPITALISED = Pattern(rf"[^\0-@\[-\x7fäöüß](?<=[^\W\d_])(?<![^\W\d_].)(?<![\u0300-\u036f'’\u2010\u2011-].){REST}")
_INITIAL = Pattern(rf"{BLANK}{{0,2}}+([^\W\d_])\.")
_PREVIOUS = Pattern(rf"([^\W\d_]++)(?:\.?{BLANK}|-|/)\Z")
_LONGEST_WORD_BEFORE = 30
# "al-Hassan": the article of Arabic surnames.
_ARTICLE = Pattern(r"\A(?i:al|el|ad|an|ar|as|at|az)[-\u2010\u2011]")
_FEW = 16
_MOST_GIVEN = 5
_MOST_PARTICLES = 3
_HYPHENS = ("-", "\u2010", "\u2011")

_FIRST_PARTICLES = frozenset({
    "von", "van", "de", "del", "della", "di", "da", "dos", "du", "ter", "ten", "la", "al", "el", "bin", "ibn", "ben",
    "af",
})  # fmt: skip
_FIRST_PARTICLES_BEHIND_TITLES = _FIRST_PARTICLES | {"zu", "vom"}
_PARTICLES = _FIRST_PARTICLES_BEHIND_TITLES | {"der", "den", "dem"}
_NO_PERSON_BEHIND = frozenset({
    "sankt", "st", "hl", "heilige", "heiligen", "heiliger", "santa", "sturm", "sturmtief", "orkan", "orkantief",
    "tief", "hoch", "hurrikan", "taifun", "ms", "cafe", "hotel", "gasthaus", "gasthof", "restaurant", "villa",
    "kita", "kindergarten", "schule", "grundschule", "gymnasium", "stiftung", "klinik", "klinikum", "krankenhaus",
    "kirche", "kapelle",
})  # fmt: skip


class Name(NamedTuple):
    """A name in a text, titles included; `words` are without. The last one is the surname, `given` may be empty."""

    start: int
    end: int
    given: tuple[str, ...]
    words: tuple[str, ...]


def full_names(text: str) -> Iterator[Name]:
    """The names in a text, from left to right."""
    end = 0
    for word in _beginnings(text):
        if word.start() < end:
            continue
        announcement = announced(text, word)
        name = _announced_name(text, announcement) if announcement else _bare_name(text, word)
        if name and not _is_part_of_something_named(text, name.end):
            yield name
            end = name.end


def _beginnings(text: str) -> list[re.Match[str]]:
    """The words with which a name may begin, or that may announce one, in order; most texts have none."""
    holding = set(filter(_holds_beginning, text.split()))
    everywhere = len(holding) > _FEW  # to look for each of them would take longer than to go through the text
    places = [(0, len(text))] if everywhere else [place for piece in holding for place in _places(piece, text)]
    found = [word for start, end in places for word in _CAPITALISED.finditer(text, start, end) if _may_begin(word[0])]
    return sorted(found, key=re.Match.start)


def _places(piece: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `piece` stands between blanks."""
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if not text[start - 1 : start].strip() and not text[end : end + 1].strip():
            yield start, end
        start = text.find(piece, end)


@lru_cache(PIECES_REMEMBERED)
def _holds_beginning(piece: str) -> bool:
    """Whether a name may begin somewhere in what stands between blanks."""
    return not piece.islower() and any(_may_begin(word[0]) for word in _CAPITALISED.finditer(piece))


@lru_cache(maxsize=4096)
def _may_begin(word: str) -> bool:
    """Whether a name may begin with this word, or be announced by it; most nouns come back in text after text."""
    return word[0].isupper() and (len(word) == 1 or is_first_name(word) or may_announce(word))


def _announced_name(text: str, announcement: Announcement) -> Name | None:
    name = _name(text, announcement.start, announcement.end, titled=True)
    if name is None or announcement.sure or is_frequent_surname(name.words[-1]):
        return name
    return name if name.given and is_nothing_but_a_name(name.given[0]) else None


def _bare_name(text: str, word: re.Match[str]) -> Name | None:
    is_initial = len(word[0]) == 1 and text.startswith(".", word.end())
    if not is_initial and not is_first_name(word[0]):
        return None
    name = _name(text, word.start(), word.end() + is_initial, titled=False, given=word[0])
    if name is None or not (any(map(is_nothing_but_a_name, name.given)) or is_frequent_surname(name.words[-1])):
        return None
    before = _PREVIOUS.search(text[max(0, word.start() - _LONGEST_WORD_BEFORE) : word.start()])
    # "z. B. Koch": a single letter before another is an abbreviation.
    if before and (key(before[1]) in _NO_PERSON_BEHIND or (is_initial and len(before[1]) == 1)):
        return None
    return name


def _name(text: str, start: int, position: int, *, titled: bool, given: str | None = None) -> Name | None:
    """The name that goes on behind `position`, after a first name that is already known."""
    names = [] if given is None else [given]
    word = next_word(text, position)
    while len(names) < _MOST_GIVEN:
        initial = _INITIAL.compiled.match(text, position)
        found = initial if initial and initial[1].isupper() else word
        if not found or not (found is initial or is_first_name(found[1])):
            break
        names.append(found[1])
        position = found.end()
        word = next_word(text, position)
    particles, word = _particles(text, word, titled=titled)
    if word and may_be_surname(_ARTICLE.sub("", word[1]), titled=titled):
        words = (*names, *particles, word[1])
        return Name(start, _second_surname(text, word.end()), tuple(names), words)
    is_whole = len(names) > (0 if titled else 1) and len(names[-1]) > 1
    # The last first name is the surname: "Frau Peter", "Jonas Simon".
    return Name(start, position, tuple(names[:-1]), tuple(names)) if is_whole else None


def _particles(text: str, word: re.Match[str] | None, *, titled: bool) -> tuple[list[str], re.Match[str] | None]:
    """The words between first name and surname ("von der", "de la") from `word` on, and the word behind them."""
    found: list[str] = []
    allowed = _FIRST_PARTICLES_BEHIND_TITLES if titled else _FIRST_PARTICLES
    while word and len(found) < _MOST_PARTICLES and word[1].casefold() in (_PARTICLES if found else allowed):
        following = next_word(text, word.end())
        if word[1][0].isupper() and not following:
            break
        found.append(word[1])
        word = following
    return found, word


def _second_surname(text: str, end: int) -> int:
    """Behind a second surname without hyphen, if there is one ("García López")."""
    word = next_word(text, end)
    is_second = word and is_frequent_surname(word[1]) and may_be_surname(word[1], titled=False)
    return word.end() if word and is_second else end


def _is_part_of_something_named(text: str, end: int) -> bool:
    """Whether a school, street, firm or the like follows: "Alfred Nobel Schule", "Willy-Brandt- und …"."""
    if text.startswith(_HYPHENS, end):
        return True
    for _ in range(2):
        word = next_word(text, end)
        if not word or not word[1][0].isupper():
            return False
        if is_named_after_people(word[1]):
            return True
        end = word.end()
    return False
