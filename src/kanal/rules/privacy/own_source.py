"""Rule: what is posted also stands on the office's own website."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from kanal.detect.link_address import link_address
from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import links


@rule("error")
def check(subject: Subject) -> Iterator[Problem]:
    """Every post links to the office's own website, or notes under `source` where the same information stands there.

    Nobody must need an account on a network to learn what an authority has to say. So the website comes first, and a
    network is an additional way. A link to one of the office's own domains is enough, in `link`, in a variant or in the
    text; subdomains count. Without a link for readers, write the address under `source`.

    Own domains stand in config/policy.yaml under `registers`, `domains`. While none is entered there, kanal cannot know
    and says nothing. Replies need no source.

    Source: Federal Commissioner for Data Protection on social media of federal authorities (the same information must
    be available elsewhere); State Commissioner of Rhineland-Palatinate, framework for social networks (cross-media
    principle).

    Good:
        id: example
        channels: [mastodon]
        text: Die Bibliothek hat am Montag geschlossen.
        link: https://www.landkreis-musterland.example/bibliothek
    Good:
        id: example
        channels: [mastodon]
        text: Nachts um drei klingelt in der Straßenmeisterei der Wecker.
        source: https://www.landkreis-musterland.example/winterdienst
    Bad:
        id: example
        channels: [mastodon]
        text: Die Bibliothek hat am Montag geschlossen.
    Bad:
        id: example
        channels: [mastodon]
        text: Die Bibliothek hat am Montag geschlossen.
        link: https://www.zeitung.example/bibliothek
    """
    own = subject.registers.domains
    if not own or subject.is_reply or _leads_to(own, _addresses(subject)):
        return
    if subject.draft.source:
        field, message = "source", msg("This address is not on the office's own website. Note one that is.")
    else:
        field = "link" if subject.draft.link else "text"
        message = msg(
            "This can be read on the network only. Put it on the office's website, and write the address under “link”"
            " or “source”."
        )
    yield Problem(field, message)


def _addresses(subject: Subject) -> Iterator[str]:
    if subject.draft.source:
        yield subject.draft.source
    yield from (url for _, _, url in links(subject))


def _leads_to(domains: tuple[str, ...], urls: Iterable[str]) -> bool:
    own = _hosts(domains)
    hosts = (link_address(url).host for url in urls)
    return any(host == domain or host.endswith(f".{domain}") for host in hosts for domain in own)


@lru_cache(4)
def _hosts(domains: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, (link_address(domain).host.removeprefix("www.") for domain in domains)))
