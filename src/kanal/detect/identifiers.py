"""Numbers that belong to one person for life or for years: account, tax, pension, health insurance, identity card.

In running text as in file names and links. The formats: ISO 13616 (IBAN), § 139b AO (Steuer-ID), § 147 SGB VI and VKVV
(Versicherungsnummer), § 290 SGB V (Krankenversichertennummer), BSI TR-03105 and the Federal Ministry's specimens
(Ausweise). This module must not know which numbers an office may publish.
"""

import re
from collections.abc import Iterator

from kanal.detect import Hit
from kanal.detect.check_digits import (
    IBAN_DIGITS,
    IBAN_LENGTHS,
    is_health_insurance_number,
    is_iban,
    is_pension_number,
    is_tax_id,
)
from kanal.detect.surroundings import BLANK, GAP, compact, leads_another_number, near
from kanal.text.numbers import numbers
from kanal.text.pattern import Pattern

_IBAN = Pattern(rf"[A-Za-z]{{2}}{GAP}{{0,2}}[0-9]{{2}}(?:{GAP}{{0,2}}[A-Za-z0-9]){{11,30}}")
_COUNTRY_BEFORE = Pattern(rf"[A-Za-z]{{2}}{GAP}{{0,2}}\Z")
_FARTHEST_COUNTRY = 4
"""Two letters, and two signs between them and the digits."""

_TAX_ID = Pattern(rf"[1-9](?<![0-9].)(?:{GAP}?[0-9]){{10}}(?![0-9])")
_TAX_ID_GROUPS = Pattern(r"[0-9]{2}([^0-9]{1,3})[0-9]{3}\1[0-9]{3}\1[0-9]{3}")
_TAX_DIGITS = 11
_TAX_WORDS = Pattern(
    r"(?i)steuer|(?<![^\W_])id-?(?:nr|nummer)|identifikations|(?<![^\W_])(?:tin|tax)(?![^\W\d_])|finanzamt|elster"
    r"|bescheid|kindergeld|familienkasse"
)
_QUANTITY = Pattern(rf"{BLANK}?(?:€|%|EUR|Euro|Mio|Mrd|Cent|Einwohner|Stück|Tonnen|kWh|km)")

_PENSION_NUMBER = Pattern(
    rf"(?<![^\W_])[0-9]{{2}}{GAP}?(?:[0-9]{{2}}{GAP}?){{3}}[A-Za-z]{GAP}?[0-9]{{2}}{GAP}?[0-9](?![^\W_])"
)
_DIGITS_BEFORE_LETTER = 8
_LONGEST_END = 14
"""The letter, the digits behind it, and whatever may stand between them."""

_HEALTH_NUMBER = Pattern(rf"[A-Za-z](?<![^\W_].)(?:{GAP}?[0-9]){{9}}(?![^\W_])")
_HEALTH_DIGITS = 9
_HEALTH_WORDS = Pattern(
    r"(?i)versicher|krankenkasse|gesundheitskarte|(?<![^\W_])(?:e?gk|kv|kvnr|aok|barmer|dak|ikk|bkk|tk)(?![^\W\d_])"
    r"|patient|rezept"
)

# The letters of the serial number: no vowels, so that no words arise, and none that look like a digit (BSI TR-03105).
_ID = "[CFGHJKLMNPRTVWXYZcfghjklmnprtvwxyz0-9]"
_ID_CARD = Pattern(
    rf"(?<![^\W_])(?![0-9])"
    rf"(?:{_ID}{{9}}|{_ID}{{4}}[ -]{_ID}{{5}}|{_ID}{{3}}[ -]{_ID}{{3}}[ -]{_ID}{{3}})(?:[0-9][Dd]?)?(?![^\W_])"
)
_ID_CARD_WORDS = Pattern(
    r"(?i)ausweis|aufenthaltstitel|(?<![^\W\d_])(?:reise|kinder|kinderreise)?pass(?:es|nummer|-?nr)?(?![^\W\d_])"
    r"|passport|(?<![^\W\d_])(?:npa|eat|perso)(?![^\W\d_])|<<",
    *("ausweis", "aufenthaltstitel", "pass", "npa", "eat", "perso", "<<"),
)
_FEWEST_ID_DIGITS = 2


def ibans(text: str) -> tuple[Hit, ...]:
    """IBANs of all countries, in capitals or not, grouped or not."""
    return tuple(_ibans(text))


def _ibans(text: str) -> Iterator[Hit]:
    position = 0
    for number, _, digits in numbers(text):
        # In links, the number begins with the blank's own digits: NO%2093…
        first = number + 2 if text.startswith("%20", number - 1) else number
        before = _COUNTRY_BEFORE.compiled.search(text, max(position, number - _FARTHEST_COUNTRY), first)
        country = before[0][:2].upper() if before else ""
        # Many streets end like a country: Schulweg 12, Lindenallee 40.
        if before and country in IBAN_LENGTHS and digits >= IBAN_DIGITS.get(country, 4) - 2:
            candidate = _IBAN.compiled.match(text, before.start())
            end = candidate and _iban_end(text, candidate, IBAN_LENGTHS[country])
            if end:
                yield Hit(before.start(), end, "iban")
                position = end


def _iban_end(text: str, candidate: re.Match[str], length: int) -> int | None:
    number = compact(candidate[0])[:length]
    if len(number) < length or not is_iban(number):
        return None
    start, end = candidate.start(), _end_of(text, candidate.start(), length)
    before = " " if text.endswith("%20", 0, start) else text[start - 1 : start]
    behind = text[end : end + 1]
    # “IBANDE02…” and “…51EUR” are written; but a country that has letters in its numbers needs clear borders.
    border = str.isdigit if number[4:].isdigit() else str.isalnum
    return None if border(behind) or (border(before) and border is str.isalnum) else end


def _end_of(text: str, start: int, length: int) -> int:
    """Where the first `length` letters and digits from `start` on end."""
    position = start
    while length:
        if text.startswith("%20", position):
            position += 3
            continue
        length -= text[position].isascii() and text[position].isalnum()
        position += 1
    return position


def tax_ids(text: str) -> tuple[Hit, ...]:
    """Steuer-IDs, in the usual groups or beside a word: one in 260 numbers of eleven digits passes by chance."""
    return tuple(
        Hit(found.start(), found.end(), "tax-id")
        for found in _without_leading_zero(text)
        if is_tax_id(compact(found[0])) and _is_meant_as_tax_id(text, found)
    )


def _without_leading_zero(text: str) -> Iterator[re.Match[str]]:
    # Most long numbers are those of telephones, with eleven digits, the zero of the area code included.
    for number in numbers(text):
        if number.digits - (text[number.start] == "0") >= _TAX_DIGITS:
            yield from _TAX_ID.finditer(text, number.start, number.end + 1)


def _is_meant_as_tax_id(text: str, found: re.Match[str]) -> bool:
    start, end = found.span()
    if leads_another_number(text, start):
        return False
    if near(text, start, end, _TAX_WORDS, before=60, after=30):
        return True
    alone = not text[start - 1 : start].isalnum() and not _touches_digits(text, start, end)
    return alone and _is_grouped(found[0]) and not _QUANTITY.compiled.match(text, end)


def _is_grouped(written: str) -> bool:
    groups = _TAX_ID_GROUPS.fullmatch(written)
    return groups is not None and groups[1] != "."


def _touches_digits(text: str, start: int, end: int) -> bool:
    """Whether the number goes on before or behind, after one sign: then it is a part of something longer."""
    return text[max(0, start - 2) : max(0, start - 1)].isdigit() or text[end + 1 : end + 2].isdigit()


def pension_numbers(text: str) -> tuple[Hit, ...]:
    """Rentenversicherungsnummern."""
    return tuple(
        Hit(*found.span(), "pension-number")
        for found in _digits_before_a_letter(text)
        if is_pension_number(compact(found[0]))
    )


def _digits_before_a_letter(text: str) -> Iterator[re.Match[str]]:
    for start, end, digits in numbers(text):
        if digits >= _DIGITS_BEFORE_LETTER and any(map(str.isalpha, text[end : end + 2])):
            found = _PENSION_NUMBER.compiled.search(text, start, end + _LONGEST_END)
            if found and found.start() < end:
                yield found


def health_insurance_numbers(text: str) -> tuple[Hit, ...]:
    """Krankenversichertennummern.

    One in ten such numbers passes the check: in links, in small letters and with blanks only beside a word of health
    insurance; never where another sort of number is announced.
    """
    return tuple(
        Hit(start, end, "health-insurance-number")
        for start, end in _letters_with_nine_digits(text)
        if is_health_insurance_number(compact(text[start:end])) and _is_meant_as_health_number(text, start, end)
    )


def _letters_with_nine_digits(text: str) -> Iterator[tuple[int, int]]:
    # From the digits back to the letter, which stands directly before them or with a sign between.
    for number in numbers(text):
        if number.digits >= _HEALTH_DIGITS:
            found = _HEALTH_NUMBER.compiled.search(text, max(0, number.start - 2), number.end + 1)
            if found:
                yield found.span()


def _is_meant_as_health_number(text: str, start: int, end: int) -> bool:
    if near(text, start, end, _HEALTH_WORDS, before=60, after=30):
        return True
    number = text[start:end]
    plain = number[0].isupper() and number[1:].isdigit() and text[max(0, start - 1) : start] not in tuple("/=-.#&+")
    return plain and not leads_another_number(text, start)


def id_cards(text: str) -> tuple[Hit, ...]:
    """Serial numbers of identity cards, passports and residence permits, beside a word that says so.

    No check digit: the printed number has none, it follows in the machine-readable zone only.
    """
    if not _ID_CARD_WORDS.may_match(text):
        return ()
    return tuple(
        Hit(found.start(), found.end(), "id-card")
        for found in _ID_CARD.finditer(text)
        if sum(sign.isdigit() for sign in found[0]) >= _FEWEST_ID_DIGITS
        and near(text, found.start(), found.end(), _ID_CARD_WORDS, before=60, after=40)
    )
