"""Signs inside words that name several genders: Bürger*innen, Bürger:innen, Bürger_innen, BürgerInnen, Bürger/-innen.

Whether they are wanted, allowed or forbidden is an office's affair; this module must not know it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from kanal.detect import Hit
from kanal.detect.links import links_in
from kanal.detect.lists import entries
from kanal.text.pattern import Pattern

_KINDS = {"*": "star", "＊": "star", ":": "colon", "_": "underscore", "/": "slash", "": "binnen-i"}
_CANDIDATE = Pattern(
    r"(?<=[^\W\d_])(?P<sign>[*＊:_·•‧∙・]|/-?|(?=I))"
    r"(?P<ending>[Ii]nnen[^\W\d_]{0,30}+|[Ii]n|[rnmse]|en|er|frau|mann|die|der|sie|ihr|ihm|ihn|eine)(?!\w)"
)
_WORD_BEFORE = Pattern(r"(?<![@\w])[^\W\d_](?>(?:[^\W\d_]|-(?=[^\W\d_]))*)\Z")
_LONGEST_WORD = 60

_NO_STEMS = frozenset({"log", "sit"})
_ARTICLES = frozenset({
    "ein", "kein", "mein", "dein", "sein", "ihr", "unser", "euer", "jed", "dies", "welch", "manch", "lieb",
    "geehrt", "all",
})  # fmt: skip
_INFLECTED = frozenset({
    "eine", "keine", "meine", "deine", "seine", "ihre", "unsere", "jede", "diese", "welche", "manche", "liebe",
    "geehrte", "alle",
})  # fmt: skip
_PRONOUNS = frozenset({"der", "die", "er", "sie", "ihm", "ihr", "ihn", "eine", "einer", "ein"})
_NOUNS_WITH_INNEN = Pattern(
    r"(?i)innen(?:st[aä]dt|r[aä]um|h[oöe]f|minist|politi|ausschuss|senat|verwaltung|einrichtung|ausbau|dienst|bereich"
    r"|tür|wand|behörde|teil|leben|hafen)"
)


def gender_signs(text: str) -> tuple[Hit, ...]:
    """The words with such a sign, as a whole; kinds `star`, `colon`, `underscore`, `middot`, `binnen-i`, `slash`."""
    hits = list(_all(text))
    if not hits:
        return ()
    links = [(link.start, link.end) for link in links_in(text)]
    return tuple(hit for hit in hits if not _is_within(hit, links))


def _all(text: str) -> Iterator[Hit]:
    end = 0
    for found in _CANDIDATE.finditer(text):
        stem = _WORD_BEFORE.search(text[max(end, found.start() - _LONGEST_WORD) : found.start()])
        if stem and len(stem[0]) > 1 and _names_genders(stem[0], found) and text[found.end() : found.end() + 1] != "@":
            end = found.end()
            yield Hit(found.start() - len(stem[0]), end, _KINDS.get(found["sign"][:1], "middot"))


def _names_genders(stem: str, found: re.Match[str]) -> bool:
    sign, ending = found["sign"], found["ending"]
    if not sign:
        return stem[-1].islower() and _is_person(stem) and (ending == "In" or _is_free_of_nouns(ending))
    if ending.lower().startswith("in"):
        return ending.islower() and _takes_feminine(
            stem, sign, ending, after=found.string[found.end() : found.end() + 1]
        )
    word = stem.lower()
    if ending in ("frau", "mann"):
        return sign == "/-" and word.endswith(("mann", "frau"))
    if word in _PRONOUNS and ending in _PRONOUNS:
        return True
    if ending in ("e", "en", "er"):
        return word in _ARTICLES
    return ending in "rnms" and word.endswith("e") and (ending == "r" or sign[0] != "/" or word in _INFLECTED)


def _takes_feminine(stem: str, sign: str, ending: str, *, after: str) -> bool:
    """Whether "in" or "innen" behind the sign belongs to the stem: "Kita/in der …" and *emphasis* do not."""
    if sign in "*＊":
        return after != sign
    if ending == "in" and sign[0] in ":/_":
        return _is_person(stem)
    return not stem.lower().endswith(entries("no_persons"))


def _is_person(stem: str) -> bool:
    """Whether words for people end like `stem` when "in" or "innen" follows."""
    word = stem.lower()
    return (
        word.endswith(entries("person_endings")) and not word.endswith(entries("no_persons")) and word not in _NO_STEMS
    )


def _is_free_of_nouns(ending: str) -> bool:
    return _NOUNS_WITH_INNEN.compiled.match(ending) is None


def _is_within(hit: Hit, spans: list[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (hit.start, hit.end)) - 1
    return any(start <= hit.start < end for start, end in spans[max(0, index) : index + 1])
