"""Number plates of cars: a district's letters, one or two letters, up to four digits.

The shape alone is everywhere in German administration (EU-VO 2016, RT-AB 12, DIN EN 301), so the letters must be a
district's, and either a word for a vehicle stands nearby or the plate is written in full, as on the car. This module
must not know whose car it is: plates of an office's own fleet are found, too.
"""

import re
from functools import cache

from kanal.detect import Hit
from kanal.detect.lists import entries
from kanal.detect.surroundings import BLANK, leads_another_number, near
from kanal.text.numbers import numbers
from kanal.text.pattern import Pattern

_BEGINNING = r"(?<![^\W_].)(?<![^\W_][-/].)"
_CAPITALS = rf"[A-ZÄÖÜ]{_BEGINNING}[A-ZÄÖÜ]{{0,2}}"
_BEHIND_CODE = (
    rf"(?P<first>{BLANK}?[-\u2010-\u2013·:]{BLANK}?|{BLANK}|_)"
    rf"(?P<letters>[A-Z]{{1,2}}|[a-z]{{1,2}})(?P<second>{BLANK}|[-_])?"
    r"(?P<number>[1-9][0-9]{0,3})(?P<suffix>[EHeh])?(?![^\W_])(?![-/.,:][0-9])"
)
# Most texts have no plate in small letters, and capitals are fewer to look at.
_PLATE_IN_CAPITALS = Pattern(rf"(?P<code>{_CAPITALS}){_BEHIND_CODE}")
_PLATE = Pattern(rf"(?P<code>{_CAPITALS}|[a-zäöü]{_BEGINNING}[a-zäöü]{{0,2}}(?=-)){_BEHIND_CODE}")
_MAYBE_SMALL = Pattern(rf"-(?<=[a-zäöü]-)[A-Za-z]{{1,2}}(?:{BLANK}|[-_])?[1-9]")
_LONGEST = 8  # letters and digits together (FZV annex 4)

_VEHICLE_WORDS = Pattern(
    r"(?i)kennzeichen|nummernschild|zulassungsbescheinigung"
    r"|(?<![^\W\d_])(?:autos?|autofahrer\w{0,5}|falschparker\w{0,5}|fahrer\w{0,3}|halter|halterin|kfz|kombi|krad|limousine|lkw|mofa"
    r"|motorr[aä]d\w{0,3}|pkw|roller|suv|taxi|transporter|wohnmobil|zulassung|(?:ge|falsch)?parkt\w{0,2}|abgeschleppt)"
    r"(?![^\W\d_])"
    r"|(?:fahrzeug|anhänger|auto|halter|wagen)(?:e[ns]?|s|in|n)?(?![^\W\d_])"
)
_PLATE_WORDS = Pattern(r"(?i)kennz(?:eichen|\.)|nummernschild|(?<![^\W\d_])halter(?:in)?(?![^\W\d_])")

# Districts, too: Eggenfelden, Dinslaken, Ennepe-Ruhr, Euskirchen, Dessau, Gütersloh, Unna.
_STANDARDS_AND_LAWS = frozenset({"DIN", "EN", "EG", "EU"})
_NO_CODE_ON_ITS_OWN = _STANDARDS_AND_LAWS | {"DE", "GT", "UN"}
# Gerätewagen of fire brigades: GW-L 2, GW-G 1.
_FIRE_ENGINE = Pattern(r"GW.?[A-Z].?[1-3]")
_YEAR = Pattern(r"(?:19|20)[0-9]{2}")
_ENOUGH_DIGITS_ON_ITS_OWN = 3


def plates(text: str) -> tuple[Hit, ...]:
    """Number plates with a vehicle's word within 40 characters, or in the form “HH-AB 1234”."""
    if not any(_may_be_of_a_plate(text, number.start) for number in numbers(text)):
        return ()
    pattern = _PLATE if _MAYBE_SMALL.search(text) else _PLATE_IN_CAPITALS
    return tuple(Hit(found.start(), found.end(), "plate") for found in pattern.finditer(text) if _is_plate(text, found))


def _may_be_of_a_plate(text: str, digits: int) -> bool:
    """Whether the number is no zero, and one or two letters stand before it, with or without a sign between."""
    before = text[max(0, digits - 4) : digits]
    letters = before if before[-1:].isalpha() else before[:-1]
    return text[digits] != "0" and letters[-1:].isalpha() and not (len(letters) > 2 and letters[-3:].isalpha())  # noqa: PLR2004


def _is_plate(text: str, found: re.Match[str]) -> bool:
    code = found["code"].upper()
    length = len(code) + len(found["letters"]) + len(found["number"]) + len(found["suffix"] or "")
    if length > _LONGEST or code in _STANDARDS_AND_LAWS or code not in _codes() or _FIRE_ENGINE.fullmatch(found[0]):
        return False
    if near(text, *found.span(), _PLATE_WORDS, before=40, after=40):
        return True
    if leads_another_number(text, found.start()) or (found["code"].islower() and not _has_digits_of_its_own(found)):
        return False
    if found["code"].isupper() and _is_written_in_full(found) and code not in _NO_CODE_ON_ITS_OWN:
        return True
    return near(text, *found.span(), _VEHICLE_WORDS, before=40, after=40)


def _is_written_in_full(found: re.Match[str]) -> bool:
    """With hyphen, blank and three or four digits that are no year: “HH-AB 1234”, not “RT-AB 12” or “MV-VO 2016”."""
    in_form = found["first"] in tuple("-\u2010\u2011") and found["second"] not in (None, "-", "_")
    return in_form and _has_digits_of_its_own(found)


def _has_digits_of_its_own(found: re.Match[str]) -> bool:
    number = found["number"]
    return len(number) >= _ENOUGH_DIGITS_ON_ITS_OWN and _YEAR.fullmatch(number) is None


@cache
def _codes() -> frozenset[str]:
    return frozenset(entries("plate_codes"))
