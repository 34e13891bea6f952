"""The check digits of German identifiers, on numbers that are already compact (no blanks, capitals).

Pure arithmetic, no search: this module must not know where in a text a number stands. What python-stdnum has is taken
from there, imported only for numbers that pass a cheap test, because its import takes longer than a whole lint.
"""

from collections.abc import Mapping

# ISO 13616, the registrar's list, as python-stdnum has it: signs of an IBAN, and the countries.
_DIGITS_ALONE = {
    15: "NO",
    16: "BE",
    18: "DK FI FO GL SD",
    19: "SI",
    20: "AT BA EE LT MN XK",
    21: "HR",
    22: "CR DE ME RS VA",
    23: "AE IL SO TL",
    24: "CZ ES SE SK TN",
    25: "LY PT ST",
    26: "IS",
    27: "BI DJ MR",
    28: "HU PL",
    29: "EG",
}
_LETTERS_AND_DIGITS = {
    18: "FK NL",
    19: "MK",
    20: "KZ LU",
    21: "CH LI LV",
    22: "BG BH GB GE IE",
    23: "GI IQ OM",
    24: "AD MD PK RO SA VG",
    26: "TR",
    27: "FR GR IT MC SM",
    28: "AL AZ BY CY DO GT HN LB NI SV",
    29: "BR PS QA UA",
    30: "JO KW MU YE",
    31: "MT SC",
    32: "LC",
    33: "RU",
}


def _by_country(countries: Mapping[int, str]) -> dict[str, int]:
    return {country: length for length, listed in countries.items() for country in listed.split()}


IBAN_DIGITS = _by_country(_DIGITS_ALONE)
"""Signs of the IBANs of each country that has nothing but digits behind the two letters."""
IBAN_LENGTHS = IBAN_DIGITS | _by_country(_LETTERS_AND_DIGITS)
"""Signs of the IBANs of each country."""
_PENSION_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_HEALTH_WEIGHTS = (1, 2, 1, 2, 1, 2, 1, 2, 1, 2)


def is_iban(compact: str) -> bool:
    """Whether as many signs as the country's IBANs have are one (ISO 13616; ISO 7064, MOD 97-10)."""
    # The country and the check digits count at the end, and letters as two digits, A as 10.
    if int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 != 1:
        return False
    from stdnum import iban

    # For Belgium, python-stdnum also looks for the bank, in a list that cannot have every bank.
    return iban.is_valid(compact, check_country=not compact.startswith("BE"))


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
