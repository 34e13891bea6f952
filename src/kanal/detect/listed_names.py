"""Where a text names somebody who is on a list: candidates, office-holders.

A family name alone is no sign: too many of them are ordinary words. So it takes the first name, a form of address or a
role, or a tag. “MAX MÜLLER”, “Max Mueller” and “#maxmueller” are he, too: handles hold no umlauts, and headlines shout.
Whose names these are, and whether they may stand there, this module must not know.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kanal.detect import Hit
from kanal.text.signs import small

_BETWEEN = r"(?:\s{1,2}(?:[A-ZÄÖÜ][\w.’'-]{0,30}|von|vom|van|de|der|zu|zur|\(\w{1,30}\))){0,3}?\s{1,2}"
_FORM_OF_ADDRESS = (
    r"Herrn?|Frau|Dr\.|Prof\.|Kandidat(?:in)?|Bewerber(?:in)?|(?:Ober|Erste[rn]? )?[Bb]ürgermeister(?:in|s)?"
    r"|Landrat(?:s|es)?|Landrätin|(?:Staats)?[Mm]inister(?:in|s)?|Ministerpräsident(?:in)?|Senator(?:in|s)?"
    r"|Abgeordneten?r?|Stadtr(?:at|ätin)"
)
_TITLES = frozenset({"dr.", "prof.", "herr", "frau", "dr", "prof"})
_SPELLINGS = {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)"}
_SPELLINGS |= {"Ä": "(?:Ä|Ae)", "Ö": "(?:Ö|Oe)", "Ü": "(?:Ü|Ue)"}
_IN_CAPITALS = {"Ä": "(?:Ä|AE)", "Ö": "(?:Ö|OE)", "Ü": "(?:Ü|UE)"}
_PLAIN = re.compile("[a-z]+")


def listed_names(text: str, names: tuple[str, ...], roles: tuple[str, ...] = ()) -> tuple[Hit, ...]:
    """Where one of `names` (first and family names) stands.

    It must stand in full or with an initial, behind a form of address or one of `roles`, or as a tag, handle or site.
    """
    said = small(text)
    if not any(piece in said for piece in _pieces(names)):
        return ()
    return tuple(Hit(*found.span(), "listed-name") for found in _pattern(names, roles).finditer(text))


@lru_cache(maxsize=8)
def _pieces(names: tuple[str, ...]) -> tuple[str, ...]:
    """Of each family name the longest piece that is the same in every spelling."""
    return tuple(_piece(_parts(name)[-1].casefold()) for name in names)


def _piece(surname: str) -> str:
    return max(_PLAIN.findall(surname), key=len, default=surname)


@lru_cache(maxsize=8)
def _pattern(names: tuple[str, ...], roles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(source for name in names for source in _sources(name, roles)))


def _sources(name: str, roles: tuple[str, ...]) -> Iterator[str]:
    first, *_, last = _parts(name) * 2
    given, surname = _in_text(first), _in_text(last)
    family = rf"{surname}(?:[sS]|’|')?(?!\w)"
    if len(_parts(name)) == 1:
        yield rf"(?<!\w){family}"
        return
    yield rf"(?<!\w){given}{_BETWEEN}{family}"
    yield rf"(?<!\w){_in_text(first[0])}\.\s{{0,2}}{family}"
    yield rf"(?<!\w){surname},\s{{1,2}}{given}(?!\w)"
    addressed = "|".join([_FORM_OF_ADDRESS, *(re.escape(role) for role in roles)])
    yield rf"(?<!\w)(?:{addressed})\s{{1,2}}(?:(?:Dr\.|Prof\.)\s{{0,2}}){{0,2}}{family}"
    yield rf"(?i:(?:[#＃@＠]|(?<=//)|(?<=//www\.)){_in_tag(first)}[_.-]?{_in_tag(last)})(?!\w)"


def _in_text(name: str) -> str:
    return f"(?:{_spelled(name)}|{_spelled(name.upper(), _IN_CAPITALS)})"


def _spelled(name: str, spellings: Mapping[str, str] = _SPELLINGS) -> str:
    return "".join(spellings.get(sign, re.escape(sign)) for sign in name)


def _in_tag(name: str) -> str:
    """As `_spelled`; tags hold no hyphens and apostrophes, so these may be left out."""
    return "[_.-]?".join(map(_spelled, re.split(r"[^\w]+", name)))


def _parts(name: str) -> list[str]:
    """First name first, family name last, titles left out."""
    return [part for part in name.split() if part.casefold() not in _TITLES] or name.split()
