"""Names of people: a form of address or title with a surname, or a first name with a surname.

A hint, not a proof: `Rosa Linde` may be a shrub. This module must not know which names an office publishes on purpose;
the register of office-holders and staff comes in as an argument.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache

from kanal.detect import Hit
from kanal.detect.full_names import Name, full_names
from kanal.detect.hits import apart
from kanal.detect.names import is_frequent_surname, is_historic, key, may_be_surname
from kanal.detect.readings import Reading, readings
from kanal.detect.titles import WORD
from kanal.text.pattern import Pattern
from kanal.text.signs import without_umlauts

_WORDS = Pattern(WORD)
_PAPER = Pattern(
    rf"(?:Antrag|Bescheid|Bewerbung|Lebenslauf|Urkunde|Zeugnis|Vertrag|Ausweis|Portr(?:ai|ä|ae)t) (?P<name>{WORD})",
    *("Antrag", "Bescheid", "Bewerbung", "Lebenslauf", "Urkunde", "Zeugnis", "Vertrag", "Ausweis", "Portr"),
)


def people(text: str, known: Collection[str] = ()) -> tuple[Hit, ...]:
    """Names of people (kind `person`), forms of address and titles included, offices ("Landrätin") not.

    In file names, too: `portrait_erika_muster.jpg`. `known` are full names ("Dr. Sabine Muster"): no hit for them, nor
    for their surname behind a form of address.
    """
    registered = _register(tuple(known))
    return tuple(
        apart(
            reading.hit(name.start, name.end, "person")
            for reading in readings(text)
            for name in _names(reading)
            if not is_historic(name.words) and not any(_same(name, words) for words in registered)
        )
    )


def _names(reading: Reading) -> Iterator[Name]:
    yield from full_names(reading.text)
    if reading.is_file_name:
        yield from _names_on_paper(reading.text)


def _names_on_paper(file_name: str) -> Iterator[Name]:
    """The surname alone behind the word for a document: `Bescheid_Muster.pdf`."""
    for paper in _PAPER.finditer(file_name):
        name = paper["name"]
        if is_frequent_surname(name) and may_be_surname(name, titled=True):
            yield Name(paper.start("name"), paper.end("name"), (), (name,))


@lru_cache(4)
def _register(known: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The register's names as words, with and without umlauts, taken apart once for all drafts."""
    spelled = dict.fromkeys((*known, *map(without_umlauts, known)))
    return tuple(words for words in map(_words_of_register, spelled) if words)


def _words_of_register(name: str) -> tuple[str, ...]:
    """The words of an entry, the surname last; "Muster, Sabine" is turned round."""
    surname, comma, given = name.partition(",")
    turned = f"{given} {surname}" if comma and " " not in surname.strip() else name
    return tuple(key(word[0]) for word in _WORDS.finditer(turned))


def _same(name: Name, words: tuple[str, ...]) -> bool:
    surname = key(name.words[-1])
    if words[-1] not in (surname, surname.removesuffix("s")):
        return False
    if not name.given or len(words) == 1:
        return True
    first = key(name.given[0])
    return any(word == first or (len(first) == 1 and word.startswith(first)) for word in words[:-1])
