"""Telephone numbers: what looks like one in German texts, links and file names, and is valid.

The phonenumbers library decides what is valid. Loading it takes longer than linting a draft, so a number must look like
one first, and official ones are left out before. This module must not know why a number is official.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kanal.detect import Hit
from kanal.detect.official import FEWEST_DIGITS, international, is_official
from kanal.detect.readings import FILE_ENDING
from kanal.detect.surroundings import BLANK, SEPARATOR
from kanal.text.numbers import numbers
from kanal.text.pattern import Pattern

_FEWEST_DIGITS = 5
_WIDEST_GAP = 4
"""Between two digits: three signs and a bracket."""
_LONGEST_BEGINNING = 3
"""Before the first digit: bracket, plus and blank."""
_LONGEST_END = 2
"""Behind the last digit: the bracket of a zero, and what must not follow it."""

# Behind a blank or a slash, a zero may begin an extension (23125 010) or, with enough digits, the next number.
_NEXT_NUMBER = rf"{BLANK}?/?{BLANK}?(?:0[1-9](?:{SEPARATOR}{{0,3}}[0-9]){{7}}|\+)"
_INSIDE = rf"(?:(?!{_NEXT_NUMBER}){SEPARATOR}){{0,3}}"
_NUMBER = Pattern(
    r"(?:(?<![^\W_])(?<![0-9][.,])(?<![A-Z0-9]-)(?<!\+)|(?<=[Tt]el)|(?<=[Ff][oa][nx]))(?:"
    rf"\(?(?:\+|%2B|00){BLANK}?[1-9][0-9]{{0,2}}\)?{SEPARATOR}?(?:\({BLANK}?0{BLANK}?\)|0)?{SEPARATOR}?\(?"
    rf"|\(?0{BLANK}?\(?"
    r"|(?<=wa\.me/)|(?<=phone=)"
    rf")[1-9](?>(?:{BLANK}?[0-9]){{1,4}})\)?(?>(?:{_INSIDE}(?:[0-9]|\(0\))){{1,11}})(?![^\W_])",
    # Other digits than zero begin one behind `wa.me/` and `phone=` alone.
    starts=r"[+(%0-9](?<![0-9].)(?:(?<=[+(%0])|(?<=[/=].))",
)
# Without area code, as local papers print it; then a word must say that it is a telephone number.
_LOCAL = Pattern(
    r"(?i)(?<![^\W_])(?:(?:tel(?:efon)?|fon|fax)(?:\.?:|\.)|(?:telefon|telefax|ruf|fax|tel\.)-?(?:nummer|nr\.):?"
    rf"|telefonisch unter(?: der nummer)?|telefon(?= [0-9]{{2,6}}[/-])){BLANK}{{0,2}}"
    rf"(?P<number>[1-9](?>(?:{SEPARATOR}{{0,3}}[0-9]){{4,9}}))(?![^\W_])",
)
_ANNOUNCEMENT = Pattern(r"[TtFfRr](?<![^\W_].)(?i:el(?:ef|[.:])|on[.:]|ax(?:[.:]|-?n)|uf-?n)")
"""How whatever `_LOCAL` finds begins: a small pattern, sooner compiled than that."""
_LONGEST_ANNOUNCEMENT = 32
_SHORT_NUMBERS = Pattern(r"116[0-9]{3}|118[0-9]{2,3}|19222|19240")

_DATE_OR_TIME = Pattern(
    r"\A(?:(?:[0-3]?[0-9]\.){2}|[0-3]?[0-9]([/-])[01]?[0-9]\1(?:19|20)[0-9]{2}(?![0-9])"
    r"|[01]?[0-9][./-](?:19|20)[0-9]{2}(?![0-9])|[0-9]{1,5}[./-](?:19|20)[0-9]{2}\Z|0[0-9]\.[0-9]{2}(?![0-9]))"
    r"|[/-](?:19|20)[0-9]{2}[/-]"
)
_OTHER_NUMBER = Pattern(
    r"(?i)(?<![^\W\d_])(?:az|beleg|bic|blz|doi|drs|drucksache|ean|flurst\w{0,6}|gtin|gz|iban|isbn|issn|konto|kto|plz|titel"
    r"|ust|version|vorlage|(?:auftrag|bestellung|rechnung|ticket)(?=\s\Z)|(?:art|best|bg|inv|kd|mat|re|rg|vers)\.?-?(?:nr|nummer)"
    r"|(?:akte|antrag|artikel|auftrag|ausweis|beleg|bestell|buchung|fall|geräte|geschäft|inventar|kasse"
    r"|konto|kunde|los|mitglied|personal|projekt|rechnung|sendung|serie|steuer|teil|ticket|vergabe|versicher|vertrag|vorgang"
    r"|zähler)[^\W\d_]{0,16}-?(?:id|kennung|nr|nummer|zeichen))(?![^\W\d_])(?:\W{0,3}(?:ist|lautet|nr))?\W{0,3}\Z"
)
_AREA_CODE = Pattern(r"\(?0\s?\(?(?P<digits>[1-9][0-9]*)[^0-9]")
_IBAN_BEFORE = Pattern(rf"(?i)[a-z]{{2}}[0-9]{{2}}(?:{BLANK}[0-9]{{4}}){{0,5}}{BLANK}\Z")
_PENSION_NUMBER_GOES_ON = Pattern(rf"{BLANK}?[A-Za-z]{BLANK}?[0-9]{{2}}")
_OPENING_HOURS_GO_ON = Pattern(rf"{BLANK}?(?:Uhr|:[0-9]{{2}})")
# The whole width without a blank is a long link, too.
_IN_A_LINK = Pattern(r"(?:[=#&]|(?:[a-z]\.[a-z]|://|\S{40})\S*)\Z")
_LINK_TO_A_PHONE = Pattern(
    r"(?i)(?:tel|telefon|phone|mobil|mobile|handy|fon|fax|callto|sms|whatsapp|nummer)(?:[=:/]|://)\Z|wa\.me/\Z"
)
_FEWEST_DIGITS_IN_A_FILE_NAME = 10
_FILE_NAME_GOES_ON = Pattern(rf"(?i)[\w.-]{{0,60}}?{FILE_ENDING}")


def phones(text: str, official: tuple[str, ...] = ()) -> tuple[Hit, ...]:
    """Valid telephone numbers that are not in the register `official` (see `is_official`).

    Emergency and service numbers (110, 112, 115, 116 117) are none; local numbers without area code need a word such as
    “Tel.:” before them.
    """
    runs = list(_runs_of_digits(text))
    if not runs:
        return ()
    full = (
        _borders(text, found)
        for start, end in runs
        for found in _NUMBER.finditer(text, max(0, start - _LONGEST_BEGINNING), end + _LONGEST_END)
    )
    unknown = (span for span in full if not is_official(text[slice(*span)], official))
    valid = [span for span in unknown if _looks_like_a_phone(text, *span) and _is_valid(text, *span)]
    local = [span for span in _local_numbers(text) if not is_official(text[slice(*span)], official)]
    return tuple(Hit(start, end, "phone") for start, end in sorted(valid + local))


def _runs_of_digits(text: str) -> Iterator[tuple[int, int]]:
    """Where enough digits stand, no more than what may be between those of one number apart."""
    first, last, digits = 0, -_WIDEST_GAP, 0
    for start, end, more in numbers(text):
        if start - last > _WIDEST_GAP:
            if digits >= _FEWEST_DIGITS:
                yield first, last
            first, digits = start, 0
        last, digits = end, digits + more
    if digits >= _FEWEST_DIGITS:
        yield first, last


def _borders(text: str, found: re.Match[str]) -> tuple[int, int]:
    """The number without a bracket of the sentence, and without opening hours: “(030 23125400 9–12 Uhr)”."""
    start = found.start() + (found[0].startswith("(") and found[0].count("(") > found[0].count(")"))
    if _OPENING_HOURS_GO_ON.compiled.match(text, found.end()) is None:
        return start, found.end()
    number = found[0].rpartition(" ")[0].rstrip(" –-")
    return start, found.start() + len(number) if number else found.end()


def _looks_like_a_phone(text: str, start: int, end: int) -> bool:
    """As far as its digits and what stands before and behind it go."""
    written, before = text[start:end], text[max(0, start - 48) : start]
    digits = sum(map(str.isdigit, written))
    if digits < FEWEST_DIGITS or _DATE_OR_TIME.search(written) or _PENSION_NUMBER_GOES_ON.compiled.match(text, end):
        return False
    in_word = before.endswith("-") and before[-2:-1].isalnum()
    if in_word and _FILE_NAME_GOES_ON.compiled.match(text, end) is None:
        return False
    if in_word or before.endswith("_"):
        return digits >= _FEWEST_DIGITS_IN_A_FILE_NAME and _OTHER_NUMBER.search(f"{before[:-1]} ") is None
    if before.endswith(("=", "/", "#", "&")) and written[0] not in "+%" and _IN_A_LINK.search(before):
        return _LINK_TO_A_PHONE.search(before) is not None
    return _OTHER_NUMBER.search(before) is None and _IBAN_BEFORE.search(before) is None


def _is_valid(text: str, start: int, end: int) -> bool:
    """Whether a network could put a call through, and whether the first group is the whole area code.

    No area code is the beginning of another one: 0301/231 is in no town.
    """
    # Behind wa.me/ a number begins with its country code, without a plus.
    length = _area_code_length(f"+{international(text[start:end]).removeprefix('+')}")
    area = _AREA_CODE.compiled.match(text, start, end)
    return length is not None and (area is None or length in (0, len(area["digits"])))


@lru_cache(maxsize=1024)
def _area_code_length(number: str) -> int | None:
    """For a valid number like +493023125400 (the library's Leniency.VALID); 0 for mobile and service numbers."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.length_of_geographical_area_code(parsed) if phonenumbers.is_valid_number(parsed) else None


def _local_numbers(text: str) -> Iterator[tuple[int, int]]:
    # Nothing but words stands before such a number, and most numbers here begin with the zero of an area code.
    before = 0
    for start, end, digits in numbers(text):
        if digits >= _FEWEST_DIGITS and text[start] != "0":
            announced = _ANNOUNCEMENT.compiled.search(text, max(before, start - _LONGEST_ANNOUNCEMENT), start)
            found = _LOCAL.compiled.search(text, announced.start(), end + 1) if announced else None
            if found and _is_local(found["number"]):
                yield found.span("number")
        before = end


def _is_local(written: str) -> bool:
    digits = "".join(filter(str.isdigit, written))
    return _SHORT_NUMBERS.fullmatch(digits) is None and _DATE_OR_TIME.search(written) is None
