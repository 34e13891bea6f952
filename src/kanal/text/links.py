"""The links that a network finds in running text: X also without protocol, Mastodon only with one.

Written from the facts of twitter-text 3 (grammar, conformance examples) and of Mastodon's own character classes for
paths. This module must not know weights and limits: it says where links are, not what they cost.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kanal.text.domains import BEFORE, HOST, LATIN, domain_at, encoded_length, latin_domains
from kanal.text.signs import REMEMBERED

MAX_URL_LENGTH = 4096
_TCO_SLUG_LENGTH = 40
_DEFAULT_PROTOCOL = "https://"


class Link(NamedTuple):
    """A link in a text: `text[start:end] == url`; offsets count code points."""

    start: int
    end: int
    url: str
    has_protocol: bool


def _parentheses(one: str) -> str:
    """A balanced pair, which may hold one more pair."""
    return rf"\((?:{one}++\)|{one}*+\({one}++\){one}*+\))"


class Tail(NamedTuple):
    """What may follow a host name, as patterns of one character (or pair of parentheses) each."""

    path: str
    parentheses: str
    path_end: str
    query: str
    query_end: str


_X_PATH = rf"[a-z\u0400-\u04ff0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{LATIN}]"
X_TAIL = Tail(
    path=_X_PATH,
    parentheses=_parentheses(_X_PATH),
    path_end=rf"[+\-a-z\u0400-\u04ff0-9=_#/{LATIN}]",
    query=r"[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]",
    query_end=r"[a-z0-9\-_&=#/]",
)
_BEYOND_ASCII = "\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\uffef\U00010000-\U0010fffd"
_MASTODON_PATH = r"[^\s<>()?]"
# Here a pair of parentheses ends a path wherever it stands; for X only right behind a character that could end it, too.
MASTODON_TAIL = Tail(
    path=_MASTODON_PATH,
    parentheses=_parentheses(_MASTODON_PATH),
    path_end=rf"""(?:[^\s()?!*"'「」<>;:=,.$%\[\]~&|@]|{_parentheses(_MASTODON_PATH)})""",
    query=rf"[a-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@\^{_BEYOND_ASCII}]",
    query_end=rf"[a-z0-9_&=#/\-{_BEYOND_ASCII}]",
)


class _Found(NamedTuple):
    """A candidate: `start` ≤ `host` < `host_end` ≤ `end` in the text; `before` is the character before it."""

    before: str
    start: int
    host: int
    host_end: int
    has_path: bool
    end: int


@lru_cache(REMEMBERED)
def find_links(text: str) -> tuple[Link, ...]:
    """The links that X makes of a text, in order (twitter-text 3, “Extractor”).

    Without protocol only the part of a host name counts that has ASCII or accented letters and a known top-level
    domain, and a port or query only after a path. `vorbei.So` is such a link: .so is Somalia.
    """
    if "." not in text:
        return ()
    found: list[Link] = []
    for candidate in _candidates(text, X_TAIL):
        if candidate.host > candidate.start:
            found.extend(_with_protocol(text, candidate))
        elif candidate.before not in ("-", "_", ".", "/"):
            found.extend(_without_protocol(text, candidate))
    return tuple(found)


@lru_cache(REMEMBERED)
def web_links(text: str) -> tuple[Link, ...]:
    """The links with `http://` or `https://` that Mastodon makes of a text, in order.

    Source: Mastodon's `config/initializers/twitter_regex.rb`.
    """
    if "://" not in text:
        return ()
    candidates = (found for found in _candidates(text, MASTODON_TAIL) if found.host > found.start)
    return tuple(link for candidate in candidates for link in _with_protocol(text, candidate))


def _with_protocol(text: str, found: _Found) -> Iterator[Link]:
    url = text[found.start : found.end]
    shortened = _shortened().match(url)
    if shortened is None:
        yield Link(found.start, found.end, url, has_protocol=True)
    elif len(shortened[1]) <= _TCO_SLUG_LENGTH:
        yield Link(found.start, found.start + shortened.end(), shortened[0], has_protocol=True)


def _without_protocol(text: str, found: _Found) -> Iterator[Link]:
    spans = list(latin_domains(text, found.host, found.host_end))
    for number, (start, end) in enumerate(spans, 1):
        stop = found.end if found.has_path and number == len(spans) else end
        yield Link(start, stop, text[start:stop], has_protocol=False)


def _candidates(text: str, tail: Tail) -> Iterator[_Found]:
    """What has the shape of a URL, from left to right; each begins behind a character that the one before left over."""
    start_at, position = _beginning(), 0
    while beginning := start_at.search(text, _next_dotted(text, position)):
        start, host = beginning.end(1), beginning.end()
        host_end, after = domain_at(text, host)
        if host_end is None:
            position = max(after, start, position + 1)
            continue
        path_end, position = _ends(text, host_end, tail)
        if _fits(text[host:host_end], position - start, host - start):
            has_path = "/" in text[host_end:path_end]
            yield _Found(beginning[1], start, host, host_end, has_path, position)


def _ends(text: str, host_end: int, tail: Tail) -> tuple[int, int]:
    """Where the path ends, and where the query after it."""
    path_pattern, query_pattern = _patterns(tail)
    path = path_pattern.match(text, host_end)
    end = path.end() if path else host_end
    query = query_pattern.match(text, end)
    return end, query.end() if query else end


def _fits(host: str, length: int, protocol_length: int) -> bool:
    encoded = encoded_length(host)
    if encoded is None:
        return False
    protocol = 0 if protocol_length else len(_DEFAULT_PROTOCOL)
    # twitter-text adds a protocol that is there a second time.
    return protocol + protocol_length + length + encoded - len(host) <= MAX_URL_LENGTH


def _next_dotted(text: str, position: int) -> int:
    """Where the next word with a dot inside begins, the blank before it included; the end of the text if none does.

    Most of a text is words without, and no link is without a dot inside or reaches across a blank.
    """
    dot = _inner_dot().search(text, max(position, 1))
    if dot is None:
        return len(text)
    start = dot.start() - 1
    while start > position and not text[start].isspace():
        start -= 1
    return start


@cache
def _inner_dot() -> re.Pattern[str]:
    # It begins with the dot, so that the rest of a text is passed over at once.
    return re.compile(r"\.(?<=[^\s.]\.)[^\s.]")


@cache
def _beginning() -> re.Pattern[str]:
    return re.compile(rf"({BEFORE}|\A)(?:https?://)?(?={HOST})", re.IGNORECASE)


@cache
def _patterns(tail: Tail) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Port and path; and the query."""
    path = rf"/(?>(?:(?:{tail.path}|{tail.parentheses})*{tail.path_end})?)(?>(?:{tail.parentheses})*)"
    return (
        re.compile(rf"(?::[0-9]+)?(?:{path})?", re.IGNORECASE),
        re.compile(rf"\?{tail.query}*{tail.query_end}", re.IGNORECASE),
    )


@cache
def _shortened() -> re.Pattern[str]:
    query = rf"\?{X_TAIL.query}*{X_TAIL.query_end}"
    return re.compile(rf"https?://t\.co/([a-z0-9]+)(?:{query})?", re.IGNORECASE)
