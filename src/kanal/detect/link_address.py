"""Host and path of an address, however it is written: without protocol, with a port, broken.

`urllib.parse` refuses some broken addresses and changes others; a lint has to look at all of them. This module must not
know what the hosts stand for.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kanal.text.pattern import Pattern
from kanal.text.signs import REMEMBERED

_PARTS = Pattern(r"(?s)\A\s*+(?:[A-Za-z][A-Za-z0-9+.-]{0,30}:)?(?://|\\\\)?([^/?#\\]*+)(.*)")
_LONGEST_HOST = 253
_MOST_LABELS = 10
"""No entry of a list has more."""
ANY_TLD = ".*"
_TLD = Pattern(r"(?:\.(?:ac|co|com|gov|net|org))?\.[a-z]{2,24}\Z")


class LinkAddress(NamedTuple):
    """The host in lower case without port and user; the rest from the first slash, `?` or `#` on, as it stands."""

    host: str
    rest: str

    def is_below(self, entry: str) -> bool:
        """Whether this is the host and path of `entry`, or below both.

        `entry` is a host, perhaps with the beginning of a path ("docs.google.com/forms"), perhaps with any top-level
        domain ("google.*").
        """
        host, slash, path = entry.partition("/")
        return self._has_host(host) and (not slash or self._has_path(f"/{path}"))

    def _has_host(self, entry: str) -> bool:
        if not entry.endswith(ANY_TLD):
            return self.host == entry or self.host.endswith(f".{entry}")
        name = entry.removesuffix(ANY_TLD)
        if f"{name}." not in self.host:
            return False
        head = _TLD.sub("", self.host)
        return head != self.host and (head == name or head.endswith(f".{name}"))

    def _has_path(self, path: str) -> bool:
        rest = self.rest.lower()
        return rest.startswith(path) and (path.endswith("/") or not rest[len(path) : len(path) + 1].isalnum())


class Places:
    """A list of entries for `LinkAddress.is_below`, found by the host of an address without going through all."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_host: dict[str, list[str]] = {}
        self._any_tld: list[str] = []
        for entry in entries:
            host = entry.partition("/")[0]
            wanted = self._any_tld if host.endswith(ANY_TLD) else self._by_host.setdefault(host, [])
            wanted.append(entry)

    def candidates(self, address: LinkAddress) -> Iterator[str]:
        """The entries that the address may be below; the others it certainly is not."""
        labels = address.host.split(".")
        for start in range(max(0, len(labels) - _MOST_LABELS), len(labels)):
            yield from self._by_host.get(".".join(labels[start:]), ())
        yield from self._any_tld


@lru_cache(REMEMBERED)
def link_address(url: str) -> LinkAddress:
    """The address of any text that may be a link; a host that is too long for one is empty."""
    found = _PARTS.fullmatch(url)
    if found is None:
        return LinkAddress("", url)
    host = found[1].rpartition("@")[2].partition(":")[0].strip().rstrip(".").lower()
    return LinkAddress(host if len(host) <= _LONGEST_HOST else "", found[2])
