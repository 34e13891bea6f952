"""Public congratulations to people by name: a birthday, an age, a wedding anniversary.

Publishing them needs the consent of whoever is congratulated (State Commissioner for Data Protection of
Baden-Württemberg on “Alters- und Ehejubiläen”). Libraries, fire brigades and towns have birthdays as well, and may be
celebrated. This module must not know who has consented.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kanal.detect import Hit
from kanal.detect.people import people
from kanal.text.numbers import longest
from kanal.text.pattern import Pattern
from kanal.text.signs import small

_OCCASION = Pattern(
    r"(?:(?P<age>[1-9][0-9]{0,3})\.\s?)?(?:Geburtstag|Lebensjahr|Wiegenfest)|Happy Birthday"
    r"|(?<=\szum\s)(?P<bare>[1-9][0-9]{1,2})\.(?=[,!]|\s[–-])"
    r"|(?i:silber|gold|diamant|eisern|gnaden|kronjuwelen|platin|steiner)[a-z]{0,5}[ -]?[Hh]ochzeit"
)
_OCCASIONS = ("geburtstag", "lebensjahr", "wiegenfest", "birthday", "hochzeit")
_NAMELESS = Pattern(r"zum\s[1-9]")
"""“zum 90.”; the first word alone stands in every other text."""
_TURNS = Pattern(
    r"\s(?:wird|wurde|ist)\s(?:(?:heute|morgen|gestern|nun|stolze|am\s\S{1,10}(?:\s\S{1,10})?)\s){0,2}"
    r"(?P<age>[1-9][0-9]{1,3})(?:\sJahre?\s(?:alt|jung)|(?=[.!](?:\s|\Z)))",
    *("wird", "wurde", "ist"),
)
_DIGITS_OF_AN_AGE = 2
"""Without a word for the occasion, nobody is congratulated on fewer."""
_APPOSITION = Pattern(r"(?:,[^,.!?]{1,40},)?")
_OLDEST = 110
"""Whoever would be older is history."""

_CELEBRATES = Pattern(r"(?i)gratul|glückw|feier|beg(?:eht|ehen|ing)|alles gute|jubil|happy|hochleben|besucht|vollende")
_OTHERS_CONGRATULATE = Pattern(r"(?i)gratuliert|überbr|überreicht|besucht|lädt")
_OFFICE = Pattern(
    r"(?i)(?:bürgermeister|landr[aä]t|minister|präsident|dezernent|stadtr[aä]t|sekretär|senator|leiter|vorsteher|sprecher"
    r"|vorsitzende|beauftragte|abgeordnete)(?:in|r|n)?\s\Z"
)
_INSTITUTION = (
    r"(?:amt|bad|bahn|betrieb|bibliothek|brücke|bücherei|chor|dienst|dorf|garten|gemeinde|gericht|gesetz|gymnasium"
    r"|halle|haus|hof|institut|kapelle|kirche|kita|klinik|kreis|land|museum|orchester|park|portal|schule|sparkasse|stadt"
    r"|stiftung|straße|theater|turm|universität|verband|verein|wehr|werk|zeitung|zentrum|zoo)(?:e?s|en|n|er)?(?![^\W\d_])"
)
_WITH_AN_INSTITUTION = Pattern(
    r"(?i)(?<!in\s)(?<!auf\s)(?<![^\W\d_])(?:das|de[mnrs]|die|uns(?:er)?e?[mnrs]?|ihre?[mnrs]?)\s(?:[^\W\d_]{1,30}\s)?[^\W\d_]{0,30}?"
    + _INSTITUTION
)
_COUPLE = Pattern(r"(?<![^\W_])(?:Ehe|Jubel)(?:leuten?|paar[es]{0,2})\s[A-ZÄÖÜ][^\W\d_]{1,30}")
_OF_THE_PERSON = Pattern(
    r"[\s,:!–-]*(?:(?i:liebe[rs]?|frau|herrn?)\s)?|.*(?:\svon\s|(?i:gratul|glückw|jubilar|überbr|überreich).*)"
)
_GENITIVE = Pattern(r"\s(?:der|des|dieser|dieses|eines|unserer|unseres|vom)\s")
# Not behind an ordinal number or a title: “zum 90. Geburtstag”, “Dr. Muster”.
_SENTENCE_END = Pattern(r"(?<![0-9])(?<!Dr)(?<!Prof)[.!?](?=\s+[A-ZÄÖÜ„“])|\n\n")
_WIDTH = 160
_FARTHEST_GENITIVE = 20


Span = tuple[int, int]


def congratulations(text: str) -> tuple[Hit, ...]:
    """Where a person is congratulated (kind `anniversary`): from the name to the occasion, within one sentence."""
    has_age = longest(text) >= _DIGITS_OF_AN_AGE
    has_occasion = any(map(small(text).__contains__, _OCCASIONS)) or (has_age and _NAMELESS.search(text))
    occasions = tuple(_OCCASION.finditer(text)) if has_occasion else ()
    ages = tuple(_TURNS.finditer(text)) if has_age else ()
    if not occasions and not ages:
        return ()
    named = sorted(
        {*((hit.start, hit.end) for hit in people(text)), *(couple.span() for couple in _COUPLE.finditer(text))}
    )
    hits: list[Hit] = []
    for start, end in sorted((*_celebrations(text, occasions, named), *_birthdays(text, ages, named))):
        if not hits or start >= hits[-1].end:
            hits.append(Hit(start, end, "anniversary"))
    return tuple(hits)


def _celebrations(text: str, occasions: Iterable[re.Match[str]], named: Sequence[Span]) -> Iterator[Span]:
    for occasion in occasions:
        if int(occasion["age"] or occasion["bare"] or 0) <= _OLDEST:
            sentence = _sentence(text, occasion.start(), occasion.end())
            person = _celebrated(text, occasion, sentence, _within(named, sentence))
            if person is not None:
                yield min(person[0], occasion.start()), max(person[1], occasion.end())


def _celebrated(text: str, occasion: re.Match[str], sentence: Span, named: Sequence[Span]) -> Span | None:
    """Whose occasion it is: the first person of its sentence against whom nothing speaks."""
    genitive = _GENITIVE.compiled.match(text, occasion.end())
    if genitive is not None and not any(0 <= person[0] - genitive.end() <= _FARTHEST_GENITIVE for person in named):
        return None  # the birthday of the library
    celebrating = _CELEBRATES.search(text[slice(*sentence)]) is not None
    for person in named:
        said_of = celebrating or text[occasion.end() : person[0]] == " von "
        if said_of and not _is_guest(text, person, occasion, sentence):
            return person
    return None


def _within(spans: Sequence[Span], borders: Span) -> Sequence[Span]:
    """Those of the sorted `spans` that begin between the borders."""
    return spans[bisect_left(spans, (borders[0], 0)) : bisect_left(spans, (borders[1], 0))]


def _sentence(text: str, start: int, end: int) -> Span:
    """Where the sentence around an occasion begins and ends; it is cut off where it is very long."""
    first, last = max(0, start - _WIDTH), min(len(text), end + _WIDTH)
    for border in _SENTENCE_END.finditer(text, first, start):
        first = border.end()
    border_behind = next(_SENTENCE_END.finditer(text, end, last), None)
    return first, border_behind.start() if border_behind else last


def _is_guest(text: str, person: Span, occasion: re.Match[str], sentence: Span) -> bool:
    """The mayor who congratulates, the visitor who celebrates with the library: it is not their birthday."""
    between = text[min(person[1], occasion.end()) : max(person[0], occasion.start())]
    if _WITH_AN_INSTITUTION.search(between) is not None:
        return True
    if person[0] >= occasion.end() and _OF_THE_PERSON.fullmatch(between) is None:
        return True
    in_office = _OFFICE.search(text[max(sentence[0], person[0] - 40) : person[0]]) is not None
    return in_office and _OTHERS_CONGRATULATE.search(text[slice(*sentence)]) is not None


def _birthdays(text: str, ages: Iterable[re.Match[str]], named: Sequence[Span]) -> Iterator[Span]:
    """Whoever “wird heute 90 Jahre alt”."""
    for age in ages:
        if int(age["age"]) <= _OLDEST:
            for start, end in _within(named, (max(0, age.start() - _WIDTH // 2), age.start())):
                if _APPOSITION.fullmatch(text[end : age.start()]) is not None:
                    yield start, age.end()
