"""Political parties and their groups, by name, short name, hashtag and handle.

Some parties have names that are ordinary words: a green bin, the left lane, 230 volts, the twelfth week of a pregnancy
(SSW). Those count only where the words around them leave no doubt. Which parties there are comes in as an argument;
this module must not know elections or registers.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kanal.detect import Hit
from kanal.prose.words import vocabulary
from kanal.text.pattern import Pattern
from kanal.text.signs import without_umlauts

_OF_A_PARTY = (
    r"(?:[Ff]raktion|[Pp]olitiker|[Aa]bgeordnete|[Kk]andidat|[Cc]hef|[Vv]orsitzende|[Vv]erband|[Pp]artei|[Aa]ntrag|[Mm]itglied"
    r"|[Rr]ats|[Kk]reis|[Ss]tadt|[Ll]andes|[Bb]undes|[Ss]pitze|[Ll]iste|[Ww]ahl)"
)
_BEFORE_A_PARTY = (
    r"(?:Fraktion|Partei|Liste|Ortsverband|Kreisverband|Stadtverband|Landesverband|Abgeordneten?|Abgeordneter|Antrag"
    r"|Vorsitzende[nr]?|Mitglied(?:er|ern|s)?|Politiker|Politikerin|Kandidat|Kandidatin|Wählergruppe)"
)
# No thing is meant where no noun follows: “die Grünen Damen” are volunteers, “Die Linke Spur” is a lane.
_NO_NOUN = r"(?!\w)(?![ \u00a0]{1,2}[A-ZÄÖÜ])"


def _compound(word: str) -> str:
    """`Grünen-Fraktion`, `Fraktion der Grünen`, and nothing else."""
    before = rf"{_BEFORE_A_PARTY} (?:der |von |Die |den )?{word}(?!\w)"
    return rf"{word}(?=-{_OF_A_PARTY})|(?<=-){word}(?=-{_OF_A_PARTY})|{before}"


_GREENS = rf"(?:[Dd]ie|[Dd]er|[Dd]en|DIE) (?:Grünen|GRÜNEN){_NO_NOUN}|{_compound('Grünen?')}"
_LEFT = rf"(?:[Dd]ie Linken?|DIE LINKE){_NO_NOUN}|{_compound('Linken?')}"
_ORDINARY_WORDS = {
    "die grünen": _GREENS,
    "grüne": _GREENS,
    "die linke": _LEFT,
    "linke": _LEFT,
    "volt": _compound("Volt"),
    "piraten": _compound("Piraten"),
    "die partei": r"(?:Die|DIE) PARTEI(?!\w)",
    "ssw": r"SSW(?!\w)(?<!\d\. SSW)(?<!\d\.SSW)(?<!der SSW)(?! ?\d)",
    "bsw": r"BSW(?!\w)(?!-Solar| Solar)(?<!Stiftung BSW)",
}
_TAG = Pattern(
    r"[#＃@＠/](?:(?<=/)/(?:www\.)?|(?<!/)(?<![\w.&].))([\w-]{2,60})", "#", "＃", "@", "＠", "//", begins=True
)
_NO_TAGS = frozenset({"volt", "piraten", "ssw"})
_LONGEST_SHORT_NAME = 5


class _Known(NamedTuple):
    """Parties in the form in which a text is searched: names as a pattern, tags exact, and beginnings of tags.

    `words`: a text names no party unless it has all of one of them. `longest` has one of each, and an empty one if a
    name has no letters.
    """

    words: tuple[frozenset[str], ...]
    longest: frozenset[str]
    names: Pattern
    tags: frozenset[str]
    beginnings: tuple[str, ...]

    def may_be_named(self, words: frozenset[str]) -> bool:
        """Whether a text of these words may name one of them."""
        has_one = "" in self.longest or not words.isdisjoint(self.longest)
        return has_one and any(map(words.issuperset, self.words))


def parties(text: str, names: tuple[str, ...]) -> tuple[Hit, ...]:
    """Where a party of `names` is named: as a word or part of a compound (`CDU-Fraktion`), hashtag, handle or site."""
    if not names:
        return ()
    known = _known(names)
    hits: list[Hit] = []
    if known.may_be_named(vocabulary(text)):
        hits += (Hit(*found.span(), "party") for found in known.names.finditer(text))
    hits += _tagged(text, known)
    if not hits:
        return ()
    return tuple(_without_overlaps(sorted(hits, key=lambda hit: (hit.start, -hit.end))))


@lru_cache(maxsize=4)
def _known(names: tuple[str, ...]) -> _Known:
    plain = [name for name in names if name.casefold() not in _ORDINARY_WORDS]
    special = {_ORDINARY_WORDS[name.casefold()] for name in names if name.casefold() in _ORDINARY_WORDS}
    written = sorted(
        {*plain, *(name.upper() for name in plain if len(name) > _LONGEST_SHORT_NAME)}, key=len, reverse=True
    )
    sources = [*sorted(special), *(f"{_flexible(name)}(?!\\w)" for name in written)]
    words = [words for name in names for words in _words_of(name)]
    return _Known(
        words=tuple(words),
        longest=frozenset(max(needed, key=len, default="") for needed in words),
        names=Pattern(rf"(?<!\w)(?:{'|'.join(sources)})"),
        tags=frozenset(_squashed(name) for name in names if name.casefold() not in _NO_TAGS),
        beginnings=tuple(_squashed(name) for name in plain if _is_short(name)),
    )


def _words_of(name: str) -> Iterator[frozenset[str]]:
    """The words of a text that names the party; with the article or without, where that is an ordinary word."""
    words = vocabulary(name)
    if name.casefold() not in _ORDINARY_WORDS:
        yield words
    else:
        longest = max(words, key=len)
        yield frozenset((longest,))
        # “der Grünen”, “der Linken”
        yield frozenset((f"{longest}n",))


def _flexible(name: str) -> str:
    """A name with any blanks, also around a slash."""
    pieces = (r"\s{1,2}".join(map(re.escape, piece.split())) for piece in name.split("/"))
    return r"\s?/\s?".join(pieces)


def _is_short(name: str) -> bool:
    """Whether it is an abbreviation with which hardly any other word begins."""
    return name.isalpha() and len(name) <= _LONGEST_SHORT_NAME and sum(sign.isupper() for sign in name) > 1


@lru_cache(maxsize=1024)
def _squashed(name: str) -> str:
    """As people write it in tags: small letters, nothing between them, umlauts in two letters."""
    small = without_umlauts(name.casefold())
    return "".join(sign for sign in small if sign.isalnum())


def _tagged(text: str, known: _Known) -> Iterator[Hit]:
    for found in _TAG.finditer(text):
        tag = _squashed(found[1])
        first = _squashed(found[1].replace("-", "_").partition("_")[0])
        if tag in known.tags or first in known.tags or (known.beginnings and tag.startswith(known.beginnings)):
            yield Hit(*found.span(1), "party")


def _without_overlaps(hits: list[Hit]) -> Iterator[Hit]:
    end = 0
    for hit in hits:
        if hit.start >= end:
            yield hit
            end = hit.end
