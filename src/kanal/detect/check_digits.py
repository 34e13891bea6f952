"""The check digits of German identifiers, on numbers that are already compact (no blanks, capitals).

Pure arithmetic, no search: this module must not know where in a text a number stands. What python-stdnum has is taken
from there, imported only for numbers that pass a cheap test, because its import takes longer than a whole lint.
"""

_COUNTRIES = {
    15: "NO",
    16: "BE",
    18: "DK FI FK FO GL NL SD",
    19: "MK SI",
    20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV",
    22: "BG BH CR DE GB GE IE ME RS VA",
    23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG",
    25: "LY PT ST",
    26: "IS TR",
    27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HN HU LB NI PL SV",
    29: "BR EG PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}
IBAN_LENGTHS = {country: length for length, countries in _COUNTRIES.items() for country in countries.split()}
"""Signs of each country's IBANs (ISO 13616, the registrar's list, as python-stdnum has it)."""
_PENSION_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_HEALTH_WEIGHTS = (1, 2, 1, 2, 1, 2, 1, 2, 1, 2)


def is_iban(compact: str) -> bool:
    """Whether as many signs as the country's IBANs have are one (ISO 13616; ISO 7064, MOD 97-10)."""
    # The country and the check digits count at the end, and letters as two digits, A as 10.
    if int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 != 1:
        return False
    from stdnum import iban

    return iban.is_valid(compact)


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
