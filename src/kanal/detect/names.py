"""What is known about the names of people: which words are first names, which may be surnames, which are neither.

German writes every noun with a capital, so a first name alone makes no person of the word behind it. This module must
not know how a name is put together in a text.
"""

import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache

from kanal.detect.lists import entries

LONGEST = 40
"""Longer words are not looked up; the longest surname of the lists has 14 letters."""

# What NFD does not take apart: "Łukasz" and "Lukasz", "Yıldız" and "Yildiz" are the same name.
_PLAIN_LETTERS = str.maketrans("łıøđ", "liod")
_SURNAME_ENDINGS = (
    "mann", "meier", "meyer", "maier", "mayer", "muller", "schmidt", "bauer", "berger", "huber", "hofer", "inger",
    "ski", "sky", "ska", "cki", "wicz", "enko", "vic", "ova", "owa", "oglu", "poulos",
)  # fmt: skip
_NOUN_ENDINGS = (
    "heit", "keit", "schaft", "tion", "tionen", "tat", "taten", "ung", "ungen", "ismus",
    "strasse", "platz", "schule", "gymnasium", "stiftung", "universitat", "institut", "preis",
    "amt", "behorde", "verwaltung", "buro", "stelle", "dienst", "verein", "ministerium", "feuerwehr", "polizei",
    "stadt", "stadts", "lands", "kreis", "kreises", "innen",
)  # fmt: skip
_INNER_CAPITAL_AFTER = ("Mc", "Mac", "De", "Di", "La", "Le", "Van", "Von")
_SHORTEST_ENDING = 4


@lru_cache(maxsize=4096)
def key(word: str) -> str:
    """The form in which names are compared: no capitals, no accents."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFD", word.casefold().translate(_PLAIN_LETTERS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def parts(word: str) -> list[str]:
    """What stands between the hyphens of a word."""
    return word.replace("\u2010", "-").replace("\u2011", "-").split("-")


def is_first_name(word: str) -> bool:
    """Whether `word` is a first name, or several with hyphens; it may be another word as well."""
    return len(word) <= LONGEST and _is_first_name(word)


def is_nothing_but_a_name(word: str) -> bool:
    """Whether a first name is one beyond doubt; "Rosa", "Ernst" and "Mark" are also other words."""
    sure, _ = _first_names()
    return len(word) <= LONGEST and any(key(part) in sure for part in parts(word))


def is_frequent_surname(word: str) -> bool:
    """Whether `word` is a surname beyond doubt, or one of its parts; "Müllers" counts too."""
    return len(word) <= LONGEST and _is_frequent_surname(word)


def may_be_surname(word: str, *, titled: bool) -> bool:
    """Whether `word` can be the surname behind a first name or, with `titled`, behind "Frau" or "Dr."."""
    return word[0].isupper() and 1 < len(word) <= LONGEST and _may_be_surname(word, titled)


def is_named_after_people(word: str) -> bool:
    """Whether `word` is what bears a name, by itself or by its ending: "Grundschule", "Platz", "GmbH"."""
    known, endings = _keys("named_after_people"), _endings()
    last = key(parts(word)[-1][-LONGEST:])
    return last in known or last.endswith(endings)


def is_historic(words: Collection[str]) -> bool:
    """Whether these words are the whole name of somebody whom history books know."""
    return " ".join(key(word) for word in words) in _keys("historic_people")


@lru_cache(maxsize=4096)
def _is_first_name(word: str) -> bool:
    sure, doubtful = _first_names()
    return all(part in sure or part in doubtful for part in map(key, parts(word)))


@lru_cache(maxsize=4096)
def _is_frequent_surname(word: str) -> bool:
    known = _keys("surnames")
    plain = [key(part) for part in parts(word)]
    stems = [*plain, plain[-1].removesuffix("s")]
    return any(stem in known or stem.endswith(_SURNAME_ENDINGS) for stem in stems)


@lru_cache(maxsize=4096)
def _may_be_surname(word: str, titled: bool) -> bool:
    frequent = _is_frequent_surname(word)
    if word.isupper() or (_has_inner_capital(word) and not word.startswith(_INNER_CAPITAL_AFTER)):
        return frequent
    if frequent and titled:
        return True
    return all(_is_no_noun(part, frequent=frequent) for part in parts(word))


def _is_no_noun(part: str, *, frequent: bool) -> bool:
    word = key(part)
    if len(word) < 2 or word in _keys("not_surnames"):  # noqa: PLR2004 (one letter is an initial)
        return False
    return frequent or not (word.endswith(_NOUN_ENDINGS) or word in _keys("named_after_people"))


def _has_inner_capital(word: str) -> bool:
    return any(letter.isupper() for part in parts(word) for letter in part.replace("’", "'").rpartition("'")[2][1:])


@cache
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    """Those that are nothing else, and those that are also other words."""
    names = entries("first_names")
    return (
        frozenset(name for name in names if not name.endswith("?")),
        frozenset(name[:-1] for name in names if name.endswith("?")),
    )


@cache
def _keys(name: str) -> frozenset[str]:
    """The entries of a list, which are written as `key` makes them: a commit hook has no time to do that again."""
    return frozenset(entries(name))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(word for word in _keys("named_after_people") if len(word) >= _SHORTEST_ENDING)
