"""Where a domain ends: the list of top-level domains, and the shape of a host name in running text.

The shapes are X's (twitter-text 3, which Mastodon uses as well), not those of RFC 1123: nearly every character that
is not ASCII punctuation may stand in a host name. This module must not know protocols, paths, or what a link costs.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = "\ufffe\ufeff\uffff"
_SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_PUNCTUATION = r"!'#%&()*+,\\\-./:;<=>?@\[\]\^_{|}~$"
HOST = rf"[^{_PUNCTUATION}{_SPACES}{_NONCHARACTERS}{_DIRECTION_MARKS}]"
"""One character of a host name; hyphen and underscore may stand between two of them."""

LATIN = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    "\u0300-\u036f\u1e00-\u1eff"
)
"""The accented letters that count as ASCII ones where a host name has no protocol before it, and in paths."""

BEFORE = rf"[^A-Za-z0-9@＠$#＃{_NONCHARACTERS}]"
"""What may stand directly before a URL."""

# DNS allows 253 characters (RFC 1035 section 2.3.4); the bound keeps the search linear on endless dotted text.
_LONGEST_HOST = 512
_LONGEST_NAME = 24
"""No top-level domain is longer."""
_AFTER = "(?![0-9A-Za-z@+-])"


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?>(?:{HOST}(?:(?:{HOST}|[_-])*{HOST})?\.)+)")


@cache
def _ascii_labels() -> re.Pattern[str]:
    return re.compile(rf"(?>(?:[-a-z0-9{LATIN}]+\.)+)", re.IGNORECASE)


@cache
def _list() -> str:
    """One name a line."""
    return f"\n{Path(__file__).with_name('tlds.txt').read_text(encoding='utf-8')}\n"


@lru_cache(maxsize=1024)
def _is_listed(name: str) -> bool:
    # For the few names of a text, a search is faster than making a set of 1,500.
    return f"\n{name}\n" in _list()


@cache
def _other_names() -> re.Pattern[str]:
    """The longest first; each has a letter beyond ASCII."""
    names = (line for line in _list().splitlines() if not line.startswith("#"))
    other = sorted((name for name in names if not name.isascii()), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, other))}){_AFTER}", re.IGNORECASE)


@cache
def _ascii_name() -> re.Pattern[str]:
    return re.compile(rf"[A-Za-z]++{_AFTER}")


@cache
def _punycode() -> re.Pattern[str]:
    return re.compile(r"xn--[-0-9a-z]+", re.IGNORECASE)


def _tld_end(text: str, start: int, end: int) -> int | None:
    found = _ascii_name().match(text, start, end)
    if found and len(found[0]) <= _LONGEST_NAME and _is_listed(found[0].lower()):
        return found.end()
    found = None
    if text[start : start + 4].lower() == "xn--":
        found = _punycode().match(text, start, end)
    elif not text[start : start + _LONGEST_NAME].isascii():
        found = _other_names().match(text, start, end)
    return found.end() if found else None


def _tlds_after_dots(text: str, labels: re.Match[str], end: int) -> Iterator[tuple[int, bool]]:
    """The end of each top-level domain after a dot of `labels`, from the right, and whether it ends a domain there.

    It does not if the label before the dot has an underscore.
    """
    dot = labels.end() - 1
    while dot > labels.start():
        previous = text.rfind(".", labels.start(), dot)
        after = _tld_end(text, dot + 1, end)
        if after is not None:
            yield after, "_" not in text[max(previous + 1, labels.start()) : dot]
        dot = previous


def domain_at(text: str, start: int) -> tuple[int | None, int]:
    """The end of the domain that starts at `start` (or `None`), and where a search for the next one goes on."""
    labels = _labels().match(text, start, start + _LONGEST_HOST)
    if labels is None:
        return None, _label_end(text, start)
    blocked = False
    for end, allowed in _tlds_after_dots(text, labels, len(text)):
        if allowed:
            return end, end
        blocked = True
    if not blocked:
        return None, labels.end() - 1
    # Behind the underscore that blocks it, a domain may still start.
    dot = text.index(".", start)
    underscore = text.rfind("_", start, dot)
    return None, dot if underscore < 0 else underscore


@cache
def _label() -> re.Pattern[str]:
    return re.compile(f"(?>(?:{HOST}|[_-])+)")


@cache
def _protocol_behind_letters() -> re.Pattern[str]:
    return re.compile(r".(?=https?\Z)", re.IGNORECASE | re.DOTALL)


def _label_end(text: str, start: int) -> int:
    """Behind the word at `start`, but not behind a protocol at its end (`…https://`)."""
    word = _label().match(text, start)
    end = word.end() if word else start + 1
    if text.startswith("://", end):
        glued = _protocol_behind_letters().search(text, max(start - 1, 0, end - len("?https")), end)
        return glued.start() if glued else end
    return end


def latin_domains(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The domains of ASCII and accented letters inside a host name, left to right, as pairs of start and end."""
    labels = _ascii_labels().search(text, start, end)
    while labels:
        after = next((after for after, _ in _tlds_after_dots(text, labels, end)), None)
        if after is not None:
            yield labels.start(), after
        labels = _ascii_labels().search(text, after or labels.end(), end)


def encoded_length(host: str) -> int | None:
    """How many characters a host name has on the wire (RFC 3490), or `None` if it cannot be written there."""
    if host.isascii():
        fits = all(0 < len(label) <= 63 for label in host.split("."))  # noqa: PLR2004 (RFC 1035 section 2.3.4)
        return len(host) if fits else None
    try:
        return len(host.encode("idna"))
    except UnicodeError:
        return None
