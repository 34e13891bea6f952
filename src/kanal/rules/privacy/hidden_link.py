"""Rule: every link shows where it leads."""

from collections.abc import Iterator

from kanal.message import msg
from kanal.model import Problem
from kanal.rules import Subject, rule
from kanal.rules.personal_data import links


@rule("error", when="link")
def check(subject: Subject) -> Iterator[Problem]:
    """No link goes through a shortener or a click counter; each one shows where it leads.

    Behind a short address, nobody sees the destination before the click, fraudsters use the same services, and a third
    party counts who clicks. Open the link, copy the address of the page on which you arrive, and use that one. Networks
    count a link as 23 characters or show it shortened anyway.

    Source: Art. 5(1)(a) GDPR (transparency); kanal's own advice.

    Good:
        id: example
        channels: [mastodon]
        text: "Das Programm: https://www.landkreis-musterland.example/kreisfest"
    Bad:
        id: example
        channels: [mastodon]
        text: "Das Programm: bit.ly/kreisfest27"
    Bad:
        id: example
        channels: [mastodon]
        text: Das Programm ist da.
        link: https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.landkreis-musterland.example%2Fkreisfest
    """
    from kanal.detect.links import redirector

    for passage, span, url in links(subject):
        if redirector(url):
            yield Problem(
                passage.field,
                msg("This link hides where it leads. Open it, and use the address of the page on which you arrive."),
                span=span,
            )
