"""The words inside a hashtag without inner capitals: `#tagderoffenentür` is read as one word by screen readers.

German writes compounds as one word, so a tag of nouns alone (`#kreistagswahl`) is none of several words. This module
must not know how a network finds hashtags.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache

from kanal.detect.lists import entries

LONG = 20
"""From more letters on, even one compound is hard to read in lower case (a rule of thumb, no source)."""

_LONGEST_TAG = 80
_LONGEST_BLOCK = 30
_LINKS = ("s", "es", "n", "en", "er", "e")
_ASCII = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

_AFTER_PLACES = ("place", "joint", "between", "toplace", "verb", "adverb")
_FOLLOWS = {
    "": ("tag", "place", "noun", "adjective", "joint", "verb", "adverb"),
    "tag": _AFTER_PLACES,
    "place": _AFTER_PLACES,
    # A noun that follows a noun is the next part of one compound; so is what a linking "s" or "en" ties to it.
    "noun": ("noun", "link", "place", "joint", "between", "toplace", "verb"),
    "link": ("noun", "place", "joint", "between", "toplace", "verb"),
    "adjective": ("noun", "adjective", "between"),
    "joint": ("tag", "place", "noun", "adjective", "joint", "verb", "adverb", "toplace"),
    "between": ("tag", "place", "noun", "adjective", "joint", "verb", "adverb"),
    # "in", "mit", "aus" also begin words ("Mitarbeit"): only a place behind them is beyond doubt.
    "toplace": ("place",),
    "verb": ("place", "joint", "between", "toplace", "adverb", "adjective"),
    "adverb": ("place", "joint", "between", "toplace", "verb", "adverb"),
}
_LAST = ("tag", "place", "noun", "link", "verb", "adverb")
_Blocks = Mapping[str, tuple[tuple[str, str], ...]]


def multi_word(tag: str, known: Collection[str] = ()) -> str | None:
    """The same tag with a capital for each word (without `#`), if it certainly has several and shows none of them.

    `known` are the office's own tags and names ("NachtDerBibliothek", "Musterstadt"). `None` also means: not certain.
    """
    body = tag.lstrip("#＃")
    if len(body) > _LONGEST_TAG or "_" in body or not (_is_flat(body) or body.isupper()):
        return None
    letters = body.lower().rstrip("0123456789")
    own = [word.lstrip("#＃") for word in known]
    form = next((word for word in own if word.lower() == letters and not _is_flat(word)), None)
    form = form or _form(letters, _blocks(tuple(sorted(own))))
    return None if form is None or _capitals(form) < 2 else form + body[len(letters) :]  # noqa: PLR2004 (several words)


def is_long_and_flat(tag: str) -> bool:
    """Whether a tag has more than `LONG` letters and no capital inside, so that nobody sees its parts."""
    body = tag.lstrip("#＃")
    return _is_flat(body) and "_" not in body and sum(sign.isalpha() for sign in body) > LONG


def _is_flat(body: str) -> bool:
    return not any(sign.isupper() for sign in body[1:])


def _capitals(form: str) -> int:
    return sum(sign.isupper() for sign in form)


def _form(letters: str, blocks: _Blocks) -> str | None:
    """The reading of fewest words; `None` if there is none, or if there are two."""
    readings: list[dict[str, set[str]]] = [{} for _ in range(len(letters) + 1)]
    readings[0][""] = {""}
    for position, here in enumerate(readings):
        for end in range(position + 1, min(len(letters), position + _LONGEST_BLOCK) + 1):
            for sort, written in _pieces(letters[position:end], blocks):
                for before, forms in here.items():
                    if sort in _FOLLOWS[before]:
                        _keep_shortest(readings[end], sort, forms, written, glued=_is_glued(before, sort))
    forms = {form for sort, found in readings[-1].items() if sort in _LAST for form in found}
    fewest = min(map(_capitals, forms), default=0)
    shortest = [form for form in forms if _capitals(form) == fewest]
    return shortest[0] if len(shortest) == 1 else None


def _pieces(letters: str, blocks: _Blocks) -> Iterator[tuple[str, str]]:
    yield from blocks.get(letters, ())
    if letters in _LINKS:
        yield "link", letters


def _is_glued(before: str, sort: str) -> bool:
    return sort == "link" or (sort == "noun" and before in ("noun", "link"))


def _keep_shortest(at: dict[str, set[str]], sort: str, forms: set[str], written: str, *, glued: bool) -> None:
    """Add the readings that go on with `written`; of those with more words than others none is kept."""
    piece = written.lower() if glued else written[0].upper() + written[1:]
    all_forms = at.get(sort, set()) | {form + piece for form in forms}
    fewest = min(map(_capitals, all_forms))
    # Two are enough to know that it is not certain.
    at[sort] = set(sorted(form for form in all_forms if _capitals(form) == fewest)[:2])


@lru_cache(maxsize=8)
def _blocks(known: tuple[str, ...]) -> _Blocks:
    """The sorts and written forms of each block, in lower case, by its letters; umlauts also as ae, oe, ue, ss."""
    blocks = dict(_listed())
    for word in known:
        letters = word.lower()
        if word and len(word) <= _LONGEST_BLOCK and _form(letters, _listed()) is None:
            sort = "place" if _is_flat(word) else "tag"
            blocks[letters] = (*blocks.get(letters, ()), (sort, word))
    return blocks


@cache
def _listed() -> _Blocks:
    blocks: dict[str, tuple[tuple[str, str], ...]] = {}
    for entry in entries("compound_words"):
        sort, _, word = entry.partition(" ")
        for written in (word,) if word.isascii() else (word, _in_ascii(word)):
            letters = written.lower()
            blocks[letters] = (*blocks.get(letters, ()), (sort, written))
    return blocks


def _in_ascii(word: str) -> str:
    return word.replace("Ü", "Ue").replace("Ö", "Oe").translate(_ASCII)
