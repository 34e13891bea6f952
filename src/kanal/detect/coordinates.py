"""Geographic coordinates: where somebody was, or lives, to a few metres.

Decimal pairs, degrees and minutes, and the addresses of map services. This module must not know which places are
public.
"""

import re
from collections.abc import Iterator

from kanal.detect import Hit
from kanal.detect.surroundings import BLANK, near
from kanal.text.numbers import numbers
from kanal.text.pattern import Pattern

_DECIMAL = r"[+-]?[0-9]{1,3}\.[0-9]{3,16}+"
_PAIR = Pattern(
    rf"(?:(?<![^\W_])(?<![.,+-])|(?<=\b[NS]))(?P<first>{_DECIMAL})"
    rf"(?P<between>{BLANK}?°?{BLANK}?[NS]?(?:{BLANK}?(?:[,;/|_]|%2C){BLANK}?|{BLANK})(?:(?:[EOW]|[Ll](?:on|ng|änge):?){BLANK}?)?)"
    rf"(?P<second>{_DECIMAL})(?![.,]?[0-9])",
    starts="[+0-9-]",
)
_PAIR_WITH_COMMAS = Pattern(
    rf"(?<![\w.,+-])(?P<first>[+-]?[0-9]{{1,3}},[0-9]{{4,16}}+)"
    rf"(?P<between>{BLANK}?°?{BLANK}?[NS]?{BLANK}?[;/|,]?{BLANK}?(?:[EOW]{BLANK}?)?)"
    r"(?P<second>[+-]?[0-9]{1,3},[0-9]{4,16}+)(?![.,]?[0-9])",
    starts="[+0-9-]",
)
# geo: is RFC 5870; @…,…,17z and !3d…!4d… are Google's, mlat and mlon OpenStreetMap's.
_IN_LINK = Pattern(
    r"(?:geo:-?[0-9]{1,3}\.[0-9]{1,16}+,-?[0-9]{1,3}\.[0-9]{1,16}+"
    rf"|(?<=@){_DECIMAL},{_DECIMAL}|(?<=!3d){_DECIMAL}!4d{_DECIMAL}"
    rf"|(?<![^\W_])(?i:m?lat(?:itude)?)=-?{_DECIMAL}&(?:amp;)?(?i:m?(?:lon|lng|long|longitude))=-?{_DECIMAL})",
    *("geo:", "@", "!3d", "lat"),
)
_DECIMAL_NUMBER = Pattern(r"[0-9][.,][0-9]{3}")
_DIGITS_OF_A_DECIMAL = 4
_DEGREE_SIGNS = "°º˚"
_PART = r"[0-9]{1,3}+(?:[.,][0-9]{1,8}+)?"
_DEGREES = rf"{_PART}{BLANK}?[°º˚](?:{BLANK}?{_PART}{BLANK}?['’′´‘](?:{BLANK}?{_PART}{BLANK}?(?:[\"”″“]|['’′]{{2}}))?)?"
_DEGREES_PAIR = Pattern(
    rf"(?<![\w.,])(?:[NS]{BLANK}?)?(?P<first>{_DEGREES}){BLANK}?(?:[NS]|Nord|Süd)?{BLANK}?[,;/|]?{BLANK}?"
    rf"(?:und{BLANK})?(?:[EOW]{BLANK}?)?(?P<second>{_DEGREES})(?:{BLANK}?(?:[EOW](?![^\W_])|Ost|West))?"
)
_WORDS = Pattern(
    r"(?i)koordinat|gps|position|standort|breite|länge|(?<![^\W\d_])(?:lat|lon|lng|geo|wgs)(?![^\W\d_])|maps"
)

_EUROPE = ((34.0, 72.0), (-25.0, 45.0))
_ENOUGH_PLACES = 4
"""Three places look like a German thousand: 52.516."""


def coordinates(text: str) -> tuple[Hit, ...]:
    """Pairs of latitude and longitude (or the other way round), precise to about 100 metres; `geo:` links always."""
    has_pair = _has_two_decimals(text)
    if not has_pair and "geo:" not in text and not any(map(text.__contains__, _DEGREE_SIGNS)):
        return ()
    hits: list[Hit] = []
    for start, end in sorted(_spans(text, has_pair=has_pair)):
        if not hits or start >= hits[-1].end:
            hits.append(Hit(start, end, "coordinates"))
    return tuple(hits)


def _has_two_decimals(text: str) -> bool:
    decimals = 0
    for start, end, digits in numbers(text):
        if _DIGITS_OF_A_DECIMAL <= digits < end - start:
            decimals += len(_DECIMAL_NUMBER.compiled.findall(text, start, end))
    return decimals > 1


def _spans(text: str, *, has_pair: bool) -> Iterator[tuple[int, int]]:
    yield from (found.span() for found in _IN_LINK.finditer(text))
    for pattern in (_PAIR, _PAIR_WITH_COMMAS) if has_pair else ():
        yield from (found.span() for found in pattern.finditer(text) if _is_place(text, found))
    if any(map(text.__contains__, _DEGREE_SIGNS)):
        yield from (found.span() for found in _DEGREES_PAIR.finditer(text) if _is_precise(found))


def _is_place(text: str, found: re.Match[str]) -> bool:
    first, second = (float(found[part].replace(",", ".")) for part in ("first", "second"))
    on_earth = abs(first) <= 90 and abs(second) <= 180  # noqa: PLR2004 -- degrees from the equator, from Greenwich
    if any(sign in found["between"] for sign in "°NSEOW"):
        return on_earth
    places = min(len(found[part].replace(",", ".").partition(".")[2]) for part in ("first", "second"))
    said = near(text, *found.span(), _WORDS, before=40, after=15)
    if places < _ENOUGH_PLACES:
        return (said or found["between"] in (",", "/", "_", "%2C")) and _in_europe(first, second)
    return _in_europe(first, second) or _in_europe(second, first) or (said and on_earth)


def _in_europe(latitude: float, longitude: float) -> bool:
    (south, north), (west, east) = _EUROPE
    return south <= latitude <= north and west <= longitude <= east


def _is_precise(found: re.Match[str]) -> bool:
    """Both with minutes, or both with three decimal places: not “zwischen 12° und 15°”."""
    parts = (found["first"], found["second"])
    minutes = all(any(sign in part for sign in "'’′´‘") for part in parts)
    places = all(len(part.replace(",", ".").partition(".")[2].rstrip(" °º˚")) >= _ENOUGH_PLACES - 1 for part in parts)
    return minutes or places
