"""Rule: no link follows readers."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Sort, Subject, rule
from kanal.rules.personal_data import links


@rule("error", when="link")
def check(subject: Subject) -> Iterator[Problem]:
    """No link carries parameters that follow people from one page to the next.

    `utm_source`, `fbclid` and their like tell the website, and often a network, where somebody came from and who
    he or she is. They get into a link when it is copied from a network or a newsletter. `kanal lint --fix` takes them
    out; the link leads to the same page.

    What a page needs to find its content (`id`, the numbers of a council information system) stays.

    Source: Art. 25(2) GDPR (privacy by default); § 25 TDDDG (nothing is read from a device without consent); the
    two-click principle of the district office Berlin-Mitte.

    Good:
        id: example
        channels: [mastodon]
        text: Die Termine stehen auf unserer Internetseite.
        link: https://www.landkreis-musterland.example/termine?id=12
    Bad:
        id: example
        channels: [mastodon]
        text: Die Termine stehen auf unserer Internetseite.
        link: https://www.landkreis-musterland.example/termine?id=12&utm_source=facebook
    Bad:
        id: example
        channels: [mastodon]
        text: "Unser Video: https://www.youtube.com/watch?v=abcdefghijk&si=QwErTy123"
    """
    from kanal.detect.links import redirector, tracking, without_tracking

    for passage, span, url in links(subject):
        if tracking(url) and not redirector(url):
            by_hand = msg("This link follows the people who click on it. Take the tracking part out.")
            # `--fix` writes no file with captions, and what an invisible sign cuts off would no longer be found.
            if passage.sort is Sort.CAPTIONS or _goes_on(passage.text, span.end):
                yield Problem(passage.field, by_hand, span)
            else:
                mended = msg(
                    "This link follows the people who click on it. kanal lint --fix takes the tracking part out."
                )
                yield Problem(passage.field, mended, span, without_tracking(url), by_hand=by_hand)


def _goes_on(text: str, end: int) -> bool:
    """Whether a link is not at its end but at a soft hyphen, or another sign without width, that somebody copied."""
    from kanal.detect.letters import odd_blanks

    sign = text[end : end + 1]
    return not sign.isascii() and any(hit.kind == "invisible" for hit in odd_blanks(sign))
