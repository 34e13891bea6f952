"""The check digits of German identifiers, on numbers that are already compact (no blanks, capitals).

Pure arithmetic, no search: this module must not know where in a text a number stands. What python-stdnum has is taken
from there, imported only for numbers that pass a cheap test, because its import takes longer than a whole lint.
"""

from collections.abc import Iterator

_SHORTEST_IBAN = 15
IBAN_COUNTRIES = frozenset({
    "AD", "AE", "AL", "AT", "AZ", "BA", "BE", "BG", "BH", "BI", "BR", "BY", "CH", "CR", "CY", "CZ", "DE", "DJ",
    "DK", "DO", "EE", "EG", "ES", "FI", "FK", "FO", "FR", "GB", "GE", "GI", "GL", "GR", "GT", "HN", "HR", "HU",
    "IE", "IL", "IQ", "IS", "IT", "JO", "KW", "KZ", "LB", "LC", "LI", "LT", "LU", "LV", "LY", "MC", "MD", "ME",
    "MK", "MN", "MR", "MT", "MU", "NI", "NL", "NO", "OM", "PK", "PL", "PS", "PT", "QA", "RO", "RS", "RU", "SA",
    "SC", "SD", "SE", "SI", "SK", "SM", "SO", "ST", "SV", "TL", "TN", "TR", "UA", "VA", "VG", "XK", "YE",
})  # fmt: skip
"""The countries that have IBANs (ISO 13616, the registrar's list, as python-stdnum has it)."""
_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_PENSION_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_HEALTH_WEIGHTS = (1, 2, 1, 2, 1, 2, 1, 2, 1, 2)


def iban_length(compact: str) -> int | None:
    """How many signs of `compact`, from its start, are a valid IBAN (ISO 13616); None if no number of them is."""
    for length in _fitting_lengths(compact):
        from stdnum import iban

        if iban.is_valid(compact[:length]):
            return length
    return None


def _fitting_lengths(compact: str) -> Iterator[int]:
    """Where the remainder by 97 is 1 (ISO 7064, MOD 97-10), the country and check digits moved to the end."""
    head = int(f"{_VALUES[compact[0]]}{_VALUES[compact[1]]}{compact[2:4]}")
    rest = 0
    for length, sign in enumerate(compact[4:], start=5):
        value = _VALUES[sign]
        rest = (rest * (100 if value > 9 else 10) + value) % 97  # noqa: PLR2004 -- two digits for a letter
        if length >= _SHORTEST_IBAN and (rest * 1_000_000 + head) % 97 == 1:
            yield length


def is_tax_id(compact: str) -> bool:
    """Whether eleven digits are a Steuer-ID (§ 139b AO; ISO 7064, MOD 11,10, and the rule of repeated digits)."""
    if len(set(compact[:10])) not in (8, 9):
        return False
    from stdnum.de import idnr

    return idnr.is_valid(compact)


def is_pension_number(compact: str) -> bool:
    """Whether twelve signs are a Rentenversicherungsnummer: area, birthday, letter, serial number (VKVV § 4)."""
    day, month = int(compact[2:4]), int(compact[4:6])
    return day <= 31 and month <= 12 and _check_digit(compact[:-1], _PENSION_WEIGHTS) == int(compact[-1])  # noqa: PLR2004


def is_health_insurance_number(compact: str) -> bool:
    """Whether a letter and nine digits are the unchangeable part of a Krankenversichertennummer (§ 290 SGB V)."""
    return _check_digit(compact[:-1], _HEALTH_WEIGHTS) == int(compact[-1])


def _check_digit(signs: str, weights: tuple[int, ...]) -> int:
    """The sum of the digits of all products, modulo 10; a letter counts as two digits, A as 01."""
    digits = "".join(sign if sign.isdigit() else f"{ord(sign) - 64:02}" for sign in signs)
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(sum(divmod(product, 10)) for product in products) % 10
