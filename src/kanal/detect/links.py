"""Links in texts, and what is wrong with where they lead: redirectors that hide it, services of others.

Which parameters follow readers stands in `tracking`. This module must not know an office's own domains.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from kanal.detect import Hit
from kanal.detect.link_address import Places, link_address
from kanal.detect.lists import entries
from kanal.detect.tracking import tracking, without_tracking
from kanal.text import find_links
from kanal.text.pattern import Pattern

__all__ = ["links_in", "redirector", "third_party_service", "tracking", "without_tracking"]

# Quotation marks and what cannot stand in a link end it; so does a comma with the next link behind it.
_CHARACTERS = r"(?:[\w\-.~:/?#\[\]@!$&'()*+=%|^`{}–]++|(?![,;]{1,3}https?://)[,;])"
# "www." and the domain for examples (RFC 2606), in which people practise, need no top-level domain that exists.
_EXAMPLE = r"[a-z0-9äöüß-]{1,63}+(?>(?:\.[a-z0-9äöüß-]{1,63}+){1,4})(?<=\.example)(?![\w@-]|\.\w)"
_LINK = Pattern(
    rf"(?i)(?:(?:https?|ftp)://(?=[^\W_]|\[)|(?<![\w@./:-])(?:www\.(?=[^\W_])|{_EXAMPLE}))(?>{_CHARACTERS}*)",
    *("://", "www.", ".example"),
    in_word=True,
)
_NEVER_LAST = ".,:;!?'*_~|^`–"
_OPENING = {")": "(", "]": "[", "}": "{"}
# What is rather the next word, or the end of a file's name, than a top-level domain: "Feuer.Am", "plan.zip".
_RATHER_WORDS = frozenset({
    "am", "an", "da", "der", "es", "im", "in", "ist", "jetzt", "man", "med", "ing", "so", "zu", "zip", "mov", "md",
    "py", "sh", "ps", "rs",
})  # fmt: skip


def links_in(text: str) -> tuple[Hit, ...]:
    """The links of a text (kind `link`), with protocol or without ("www.…", "bit.ly/xyz", "landkreis.example")."""
    if "." not in text and "://" not in text:
        return ()
    hits = list(_unmistakable(text))
    pieces, position = [], 0
    for hit in hits:
        pieces += [text[position : hit.start], " " * (hit.end - hit.start)]
        position = hit.end
    rest = "".join([*pieces, text[position:]])
    hits += [Hit(link.start, link.end, "link") for link in find_links(rest) if _is_meant(link.url)]
    return tuple(sorted(hits, key=lambda hit: hit.start))


def redirector(url: str) -> str | None:
    """`shortener` or `click` if the link hides where it leads: by a short address, or by counting the clicks."""
    address = link_address(url)
    kinds, places = _redirectors()
    return next((kinds[place] for place in places.candidates(address) if address.is_below(place)), None)


def third_party_service(url: str, more: Mapping[str, str] | None = None, own: Collection[str] = ()) -> str | None:
    """The name of the form, poll, event or embed service that `url` belongs to ("Google Forms"), or `None`.

    `more` are further services, host and perhaps path to name; `own` are hosts that are never such a service, for
    example a rented survey tool with a contract.
    """
    address = link_address(url)
    if any(address.is_below(host) for host in own):
        return None
    names, places = _services()
    services = {place: names[place] for place in places.candidates(address)} | dict(more or {})
    fitting = [place for place in services if address.is_below(place)]
    return services[max(fitting, key=len)] if fitting else None


@cache
def _redirectors() -> tuple[Mapping[str, str], Places]:
    listed = [entry.partition(" ") for entry in entries("redirectors")]
    return {place: kind for kind, _, place in listed}, Places([place for _, _, place in listed])


@cache
def _services() -> tuple[Mapping[str, str], Places]:
    listed = [entry.partition(" ") for entry in entries("third_party_services")]
    return {place: name for place, _, name in listed}, Places([place for place, _, _ in listed])


def _unmistakable(text: str) -> Iterator[Hit]:
    for found in _LINK.finditer(text):
        end = _end(found[0])
        if end:
            yield Hit(found.start(), found.start() + end, "link")


def _end(candidate: str) -> int:
    """How much of it is the link: not the punctuation of the sentence, nor a bracket that was opened before it."""
    end = len(candidate)
    open_brackets = {close: candidate.count(close) - candidate.count(opening) for close, opening in _OPENING.items()}
    while end:
        last = candidate[end - 1]
        if open_brackets.get(last, 0) > 0:
            open_brackets[last] -= 1
        elif last not in _NEVER_LAST:
            break
        end -= 1
    return end


def _is_meant(url: str) -> bool:
    """Whether a link without protocol is one, and no missing blank: "vorbei.So" is an address in Somalia."""
    if "/" in url:
        return True
    tld = url.rpartition(".")[2]
    return tld.islower() and tld not in _RATHER_WORDS
