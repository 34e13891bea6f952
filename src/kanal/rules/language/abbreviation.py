"""Rule: abbreviations are explained."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kanal.message import msg
from kanal.model import Problem, Span
from kanal.prose.lists import entries
from kanal.prose.words import bare, vocabulary
from kanal.rules import Subject, rule
from kanal.text.pattern import Pattern
from kanal.text.signs import has_capitals_in_a_row

_FEWEST_CAPITALS = 3
_COMMON = Path(__file__).with_name("abbreviations.txt")
# Longer ones in capitals are words (`netiquette/shouting`), and a capital letter before or behind makes another word.
_CAPITALS = Pattern(r"(?<![\w.])[A-ZÄÖÜ]{3,5}+(?!\w|-[A-ZÄÖÜ]{1,2}[ -]?[0-9])")
_DOTTED = Pattern(r"(?<![\w.])(?<![0-9] )[A-Za-zÄÖÜäöü]\.(?>(?:[ \u00a0\u202f]?[A-Za-zÄÖÜäöü]{1,3}\.){1,3})(?!\w)")
_OFFICIALESE_WORDS = frozenset({
    "gem", "bzgl", "zzgl", "hinsichtl", "vsl", "voraussichtl", "lfd", "entspr", "ggü", "einschl", "betr", "mtl",
    "jährl", "unverz", "erforderl", "zust", "div", "gesetzl", "städt",
})  # fmt: skip
_OFFICIALESE = Pattern(rf"(?i)(?<!\w)(?:{'|'.join(sorted(_OFFICIALESE_WORDS))})\.(?!\w)")
# A quick look, without which there is nothing to find.
_TWO_STOPS = Pattern(r"\.[ \u00a0\u202f]?[A-Za-zÄÖÜäöü]{1,3}\.")
_ROMAN = Pattern(r"M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_INITIALS = Pattern(r"(?:[A-ZÄÖÜ]\.[ \u00a0\u202f]?)+")
_DAYS = Pattern(r"(?i)\b(?:mo|di|mi|do|fr|sa|so)\.")
_EXPLAINED_BEHIND = Pattern(r"\A\s?(?:\(|[–—-]\s|steht für|bedeutet|ist die Abkürzung|ist kurz für|=)")
_BLANK = Pattern(r"\s")


@rule("info")
def check(subject: Subject, *, known: tuple[str, ...] = ()) -> Iterator[Problem]:
    """An abbreviation that not everybody knows is explained or written out.

    Offices abbreviate what they say every day; to everybody else, SGB and ALG are riddles, and a screen reader reads
    them letter by letter. Common ones (NINA, ÖPNV, z. B.) are fine, and so are those in the office's register.

    Write the words out, or explain it once: “Agentur für Arbeit (BA)”.

    Source: § 11 BGG (plain language); Bundesfachstelle Barrierefreiheit (few abbreviations)

    Options:
        known: more abbreviations that need no explanation, besides those in the register

    Good:
        id: example
        channels: [mastodon]
        text: Der Allgemeine Soziale Dienst (ASD) berät Sie, z. B. bei Streit. Den ASD erreichen Sie täglich.
    Bad:
        id: example
        channels: [mastodon]
        text: Der ASD berät Sie i. d. R. am selben Tag.
    """
    if subject.draft.language != "de":
        return
    for passage in subject.texts():
        text = bare(passage.text)
        seen: set[str] = set()
        for start, end in _abbreviations(text, vocabulary(passage.text)):
            name = _compact(text[start:end])
            fine = name in seen or name in _fine((*subject.registers.abbreviations, *known))
            if not fine and not _is_explained(text, start, end):
                yield Problem(
                    passage.field,
                    msg("Does everybody know this abbreviation? Write it out, or explain it once."),
                    Span(start, end),
                )
            seen.add(name)


@lru_cache(4)
def _fine(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_compact, (*entries(_COMMON), *known)))


def _compact(written: str) -> str:
    return _BLANK.sub("", written).casefold()


def _abbreviations(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    for found in _CAPITALS.finditer(text) if has_capitals_in_a_row(text, _FEWEST_CAPITALS) else ():
        if not _ROMAN.fullmatch(found[0]):
            yield found.span()
    if _TWO_STOPS.search(text):
        for found in _DOTTED.finditer(text):
            name = found[0]
            if not (_INITIALS.fullmatch(name) or _DAYS.search(name)):
                yield found.span()
    if words & _OFFICIALESE_WORDS:
        yield from (found.span() for found in _OFFICIALESE.finditer(text))


def _is_explained(text: str, start: int, end: int) -> bool:
    """Whether it stands in brackets behind its words, or its words behind it, here or elsewhere in the text."""
    name = text[start:end]
    return f"({name})" in text or _EXPLAINED_BEHIND.search(text[end : end + 24]) is not None
