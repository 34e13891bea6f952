"""What the rules about privacy share: where they look, who is private, what to do about a hit.

It stands outside of `privacy/`, where every module is a rule, and must not know severities or options. What several
rules ask about the same text is remembered until they have all looked at it.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kanal.config.registers import Election, OfficeHolder, StaffMember
from kanal.detect import Hit
from kanal.detect.hits import apart
from kanal.message import Message, msg
from kanal.model import Picture, Span
from kanal.rules.subject import Passage, Sort, Subject
from kanal.text.numbers import longest
from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

if TYPE_CHECKING:  # most texts have no such words
    from kanal.text.escapes import Unescaped

# Cheap to look for, and no link is without: a protocol, or a dot with the letters of a top-level domain behind it.
_MAYBE_LINK = Pattern(r"\.(?<=\S\.)[^\W\d_]{2}")
_GREETING = Pattern(
    r"(?i)\A\W{0,3}(?:@\S{1,60}\s)?(?:guten (?:abend|morgen|tag)|grüß gott|hallo|hi|liebe[rs]?|moin|sehr geehrte[rs]?"
    r"|servus|werte[rs]?)[, ]{1,2}\Z"
)
_LONGEST_GREETING = 90
_CREDIT_BEFORE = Pattern(
    r"(?i)(?:©|\(c\)|(?<![^\W\d_])(?:fotos?|fotografie|grafik|illustration|karte|zeichnung):)\s?\Z"
)
_CREDIT_BEHIND = Pattern(r"\A\s?(?:[)\]/|,;]|\.?\s{0,3}(?:\n|\Z))")
_LONGEST_CREDIT = 16

_OF_PICTURES = frozenset({Sort.ALT, Sort.FILE, Sort.CAPTIONS, Sort.SHOWN})
_NO_LINKS = frozenset({Sort.FILE, Sort.SHOWN})


def found(
    subject: Subject, detect: Callable[[str], Iterable[Hit]], *, digits: int = 0
) -> Iterator[tuple[Passage, Span]]:
    """What `detect` finds in all words that go out; only in those with a number of at least so many digits."""
    for passage in subject.passages:
        for hit in with_escapes(detect, passage.text, digits):
            yield passage, Span(hit.start, hit.end)


def with_escapes(detect: Callable[[str], Iterable[Hit]], text: str, digits: int = 0) -> Iterable[Hit]:
    """What `detect` finds in a text, and in what its links and file names say."""
    hits = detect(text) if digits <= longest(text) else ()
    words = _escaped_words(text)
    return apart((*hits, *_in_words(words, detect, digits))) if words else hits


def _in_words(
    words: "Iterable[tuple[int, Unescaped]]", detect: Callable[[str], Iterable[Hit]], digits: int
) -> Iterator[Hit]:
    for place, word in words:
        for hit in detect(word.text) if digits <= longest(word.text) else ():
            yield Hit(place + word.begins[hit.start], place + word.begins[hit.end], hit.kind)


def links(subject: Subject) -> Iterator[tuple[Passage, Span, str]]:
    """Every link that readers can follow, with its address as it is written."""
    for passage in subject.passages:
        for hit in () if passage.sort in _NO_LINKS else _links(passage.text):
            yield passage, Span(hit.start, hit.end), passage.text[hit.start : hit.end]


def remedy(passage: Passage) -> Message:
    """The sentence that says how to get rid of something there."""
    match passage.sort:
        case Sort.ALT:
            return msg("Describe the picture without it, and make it unreadable in the picture.")
        case Sort.SHOWN:
            return msg("Make it unreadable in the picture, and leave it out here.")
        case Sort.FILE:
            return msg("Rename the file: its name can go out with the picture.")
        case Sort.LINK:
            return msg("Use a link without it.")
        case Sort.CAPTIONS:
            return msg("Take it out of the captions, and out of the video.")
        case _:
            return msg("Take it out.")


def private_people(subject: Subject, passage: Passage) -> tuple[Hit, ...]:
    """Names of people who are neither in a register nor agreed to be named, as far as the draft says.

    Left out are makers of pictures, who have a right to be named (§ 13 UrhG), candidates, of whom the rules about
    elections speak, and whom a reply greets.
    """
    if passage.sort is Sort.CREDIT or subject.draft.consent:
        return ()
    text = passage.text
    registers = subject.registers
    people = _people(text, _named(registers.office_holders, registers.staff, registers.elections))
    if not people or _is_of_picture_with_consent(subject, passage):
        return ()
    return tuple(
        hit for hit in people if not _is_credited(text, hit) and not (subject.is_reply and _is_greeted(text, hit))
    )


def private_addresses(subject: Subject, passage: Passage) -> tuple[Hit, ...]:
    """Addresses that are not in the register of buildings."""
    return _addresses(passage.text, subject.registers.buildings)


def may_be_shown(picture: Picture) -> bool:
    """Whether somebody wrote down why the people in it may be shown."""
    people = picture.people
    return people is not None and bool(people.consent or people.ground or people.parents)


@lru_cache(REMEMBERED)
def _links(text: str) -> tuple[Hit, ...]:
    if "://" not in text and _MAYBE_LINK.search(text) is None:
        return ()
    from kanal.detect.links import links_in

    return links_in(text)


@lru_cache(REMEMBERED)
def _escaped_words(text: str) -> "tuple[tuple[int, Unescaped], ...]":
    if "%" not in text and "+" not in text:
        return ()
    from kanal.text.escapes import escaped_words

    return tuple(escaped_words(text))


@lru_cache(REMEMBERED)
def _people(text: str, known: tuple[str, ...]) -> tuple[Hit, ...]:
    from kanal.detect.people import people

    return tuple(with_escapes(lambda words: people(words, known), text))


@lru_cache(REMEMBERED)
def _addresses(text: str, buildings: tuple[str, ...]) -> tuple[Hit, ...]:
    from kanal.detect.addresses import addresses

    return tuple(with_escapes(lambda words: addresses(words, buildings), text))


@lru_cache(4)
def _named(
    office_holders: tuple[OfficeHolder, ...], staff: tuple[StaffMember, ...], elections: tuple[Election, ...]
) -> tuple[str, ...]:
    """The names of all who may be named, the same for all drafts."""
    return (
        *(holder.name for holder in office_holders),
        *(member.name for member in staff),
        *(name for election in elections for name in election.candidates),
    )


def _is_of_picture_with_consent(subject: Subject, passage: Passage) -> bool:
    pictures = dict(subject.pictures()) if passage.sort in _OF_PICTURES else {}
    picture = pictures.get(passage.field.rpartition(".")[0])
    return picture is not None and picture.people is not None and picture.people.consent is not None


def _is_credited(text: str, hit: Hit) -> bool:
    return (
        _CREDIT_BEFORE.search(text[max(0, hit.start - _LONGEST_CREDIT) : hit.start]) is not None
        and _CREDIT_BEHIND.search(text[hit.end : hit.end + _LONGEST_CREDIT]) is not None
    )


def _is_greeted(text: str, hit: Hit) -> bool:
    return hit.start <= _LONGEST_GREETING and _GREETING.search(text[: hit.start]) is not None
