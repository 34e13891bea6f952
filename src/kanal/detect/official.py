"""The register of official contacts: which addresses and telephone numbers an office publishes on purpose.

Compares what people write, however they write it; needs no telephone library, so that an office that publishes only its
own numbers never waits for one. This module must not know how contacts are found in a text.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kanal.text.pattern import Pattern

FEWEST_DIGITS = 7
"""What is shorter is no complete telephone number in Germany, area code and all."""

_AT = Pattern(r"(?i)\s?[(\[{<]\s?(?:at|ät|@)\s?[)\]}>]\s?|%40|＠")
_DOT = Pattern(r"(?i)\s?[(\[{<]\s?(?:dot|punkt|\.)\s?[)\]}>]\s?")
# +49 (0) 30 …: not dialled behind a country code. In 9(0)23125, as offices in Berlin write, it is.
_OPTIONAL_ZERO = Pattern(r"\A([^0-9+]*(?:\+|00)[^0-9]?[1-9][0-9]{0,2}[^0-9(]{0,2})\(\s?0\s?\)", "(")
# +49 and two to five digits; what is left of a number without them may be short, but not as short as an extension.
_WITH_AREA_CODE = range(5, 9)
_SHORTEST_LOCAL = 4
# Nobody dials what is left of a freephone number without its 0800.
_FREEPHONE = "+49800"
_SHORTEST_STEM = 3


class OfficialContacts(NamedTuple):
    """A register in the form in which contacts are compared: plain addresses, numbers like +493023125400.

    `stems` are the beginnings of numbers of which every extension is official.
    """

    addresses: frozenset[str]
    domains: frozenset[str]
    numbers: frozenset[str]
    stems: tuple[str, ...]

    def has_address(self, address: str) -> bool:
        """Whether a plain address is listed itself, or its domain, or a domain above that."""
        domain = address.rpartition("@")[2]
        labels = domain.split(".")
        return address in self.addresses or any(".".join(labels[i:]) in self.domains for i in range(len(labels)))

    def has_number(self, number: str) -> bool:
        """Whether a number is listed: as a whole, by its stem, or (without area code) by its end."""
        if number in self.numbers or number.startswith(self.stems):
            return True
        return not number.startswith("+") and (self.has_number(f"+{number}") or self._has_local_number(number))

    def _has_local_number(self, number: str) -> bool:
        ends = {
            listed[length:]
            for listed in self.numbers
            if not listed.startswith(_FREEPHONE)
            for length in _WITH_AREA_CODE
        }
        stems = {stem[length:] for stem in self.stems for length in _WITH_AREA_CODE}
        return (len(number) >= _SHORTEST_LOCAL and number in ends) or number.startswith(
            tuple(stem for stem in stems if len(stem) >= _SHORTEST_STEM)
        )


def is_official(found: str, official: tuple[str, ...]) -> bool:
    """Whether an address or number, as it stands in a text, is in the register.

    The entries: `presse@landkreis.example`, `@landkreis.example` (everybody there), `030 23125-400`,
    `+49 30 23125 *` (all extensions), `115`.
    """
    if not official:
        return False
    register = _register(official)
    # No letter but the one of an encoded plus: then the patterns for addresses need not be compiled.
    if not any(map(str.isalpha, found.replace("%2B", "+"))):
        return any(register.has_number(international(reading)) for reading in _readings(found))
    return register.has_address(_plain_address(found))


def _readings(found: str) -> Iterator[str]:
    """The number, and what is left of it without its last groups: opening hours or a second extension may follow."""
    yield found
    for end in range(len(found) - 1, FEWEST_DIGITS - 1, -1):
        if found[end - 1].isdigit() and not found[end].isdigit() and _count_digits(found[:end]) >= FEWEST_DIGITS:
            yield found[:end]


def _count_digits(written: str) -> int:
    return sum(map(str.isdigit, written))


@lru_cache(maxsize=4)
def _register(entries: tuple[str, ...]) -> OfficialContacts:
    addresses = [entry.strip().casefold() for entry in entries if "@" in entry]
    numbers = [entry for entry in entries if "@" not in entry]
    return OfficialContacts(
        addresses=frozenset(address for address in addresses if not address.startswith("@")),
        domains=frozenset(address[1:] for address in addresses if address.startswith("@")),
        numbers=frozenset(international(number) for number in numbers if not number.rstrip().endswith("*")),
        stems=tuple(filter(None, (international(number) for number in numbers if number.rstrip().endswith("*")))),
    )


def _plain_address(written: str) -> str:
    """An e-mail address without its disguise (`name [at] example (dot) org`) and escapes, in small letters."""
    if "%" in written:
        from kanal.text.escapes import unescaped

        said = unescaped(written)
        written = said.text if said else written
    return _DOT.sub(".", _AT.sub("@", written)).strip().casefold().removesuffix(".")


def international(written: str) -> str:
    """A telephone number as +493023125400; digits only where no zero and no plus says that an area code comes first."""
    short = _OPTIONAL_ZERO.sub(r"\1", written.replace("%2B", "+").replace("%20", " "))
    digits = "".join(filter("0123456789".__contains__, short))
    if short.lstrip(" (").startswith("+"):
        number = digits
    elif digits.startswith("00"):
        number = digits[2:]
    else:
        return f"+49{digits[1:]}" if digits.startswith("0") else digits
    # +49 030 … is a common slip: the zero belongs to calls from inside the country.
    return f"+49{number[3:]}" if number.startswith("490") else f"+{number}"
